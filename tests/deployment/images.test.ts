import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Copy, DockerfileParser, From, type Instruction } from 'dockerfile-ast';
import { readComposeFile, ROOT } from './support/compose-file.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
interface PackageFile {
  workspaces: string[];
  engines: { node: string };
  dependencies: Record<string, string>;
  id: string;
}
const json = (path: string) => JSON.parse(read(path)) as PackageFile;

const images = ['docker/services.Dockerfile', 'docker/grafana.Dockerfile'];
const instructionsOf = (path: string) => DockerfileParser.parse(read(path)).getInstructions();
const argumentsOf = (instruction: Instruction) => instruction.getArguments().map((argument) => argument.getValue());
const bases = (path: string) =>
  instructionsOf(path).flatMap((instruction) =>
    instruction instanceof From ? [{ image: instruction.getImage() ?? '', stage: instruction.getBuildStage() }] : [],
  );
/** The sources of each COPY out of the repository. */
const copies = (path: string) =>
  instructionsOf(path).flatMap((instruction) => {
    const isFromHere = instruction instanceof Copy && instruction.getFromFlag() === null;
    return isFromHere ? argumentsOf(instruction).slice(0, -1) : [];
  });

describe.each(images)('%s', (path) => {
  test('is used by the Compose file, from the root', () => {
    const builds = Object.values(readComposeFile().services).flatMap(({ build }) => build ?? []);
    expect(builds.filter((build) => build.dockerfile === path && build.context === '.').length).toBeGreaterThan(0);
  });

  test('starts from images of one version, in more than one stage', () => {
    expect(bases(path).length).toBeGreaterThan(1);
    for (const { image } of bases(path)) expect(image).toMatch(/^[a-z/]+:\d+\.\d+\.\d+(-[a-z-]+)?$/);
  });

  test('copies what is there and what .dockerignore lets in', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    for (const source of copies(path)) {
      expect(existsSync(join(ROOT, source))).toBe(true);
      expect(allowed.filter((entry) => source === entry || source.startsWith(`${entry}/`))).not.toEqual([]);
    }
  });

  test('gives npm ci the description of each workspace', () => {
    const { workspaces } = json('package.json');
    expect(copies(path)).toEqual(expect.arrayContaining(workspaces.map((name) => `${name}/package.json`)));
    expect(copies(path)).toEqual(expect.arrayContaining(['package-lock.json', '.npmrc']));
  });

  test('does not end as root', () => {
    const users = instructionsOf(path).flatMap((instruction) =>
      instruction.getKeyword() === 'USER' ? argumentsOf(instruction) : [],
    );
    const isGrafana = bases(path).at(-1)?.image.startsWith('grafana/');
    // Grafana's own image ends as its user 472.
    expect(users).toEqual(isGrafana ? [] : ['node']);
  });
});

test('both images build with the same Node, the oldest major that the product supports', () => {
  const nodes = new Set(
    images.flatMap((path) => bases(path).map(({ image }) => image)).filter((it) => /^node:/.test(it)),
  );
  expect(nodes.size).toBe(1);
  const [oldest] = json('package.json').engines.node.match(/\d+/) ?? [];
  expect([...nodes][0]).toMatch(new RegExp(`^node:${oldest}\\.`));
});

describe('the image of the services', () => {
  const path = 'docker/services.Dockerfile';
  const install = instructionsOf(path)
    .map((instruction) => instruction.getRawArgumentsContent() ?? '')
    .find((content) => content.startsWith('npm ci'));

  test('has each package that a service imports, and no tool of the developers', () => {
    expect(install).toContain('--omit=dev');
    const { workspaces } = json('package.json');
    const installed = [...(install ?? '').matchAll(/-w (\S+)/g)].map(([, name]) => name);
    const copied = copies(path).filter((source) => workspaces.includes(source));
    expect(installed.sort()).toEqual(copied.sort());
    // What every command of it starts with.
    expect(install).toContain('--include-workspace-root');
    expect(json('package.json').dependencies).toHaveProperty('tsx');
    for (const workspace of copied) {
      const { dependencies } = json(`${workspace}/package.json`);
      const own = Object.keys(dependencies).filter((name) => name.startsWith('@fair-underwriting/'));
      expect(copied).toEqual(expect.arrayContaining(own.map((name) => name.replace('@fair-underwriting/', ''))));
    }
  });

  test('has the packages of each workspace as well, wherever npm put them', () => {
    expect(read(path)).toContain('\nCOPY --from=packages /app ./\n');
  });

  test('places the add-on of Cube as the installation does', () => {
    expect(read('stack/bin/prepare.mjs')).toContain('placeNative(root)');
    expect(read(path)).toContain("import { placeNative } from '/app/cube/bin/place-native.mjs'");
    expect(copies(path)).toEqual(expect.arrayContaining(['cube/bin', 'cube/native-stand-in']));
  });

  test('has the folders that the volumes are mounted on', () => {
    const mounts = Object.values(readComposeFile().services)
      .filter(({ image }) => image.startsWith('fair-underwriting/services:'))
      .flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[1] ?? ''));
    expect(mounts.length).toBeGreaterThan(0);
    for (const mount of mounts) expect(read(path)).toMatch(new RegExp(`--owner=node .*${mount}( |\\n)`));
  });
});

describe('the image of Grafana', () => {
  const path = 'docker/grafana.Dockerfile';

  test('is the Grafana whose packages the plugin is built with', () => {
    const { dependencies } = json('grafana-plugin/package.json');
    expect(bases(path).at(-1)?.image).toBe(`grafana/grafana:${dependencies['@grafana/data']}`);
  });

  test('builds the backend as the script does, with a Go that is new enough', () => {
    const script = read('grafana-plugin/scripts/build-backend.mjs');
    const dockerfile = read(path);
    expect(script).toContain("['build', '-trimpath', '-ldflags', '-s -w', '-o', target, './pkg']");
    expect(dockerfile).toContain("go build -trimpath -ldflags '-s -w'");
    expect(script).toContain("CGO_ENABLED: '0'");
    expect(dockerfile).toContain('CGO_ENABLED=0');
    const [, name] = /const name = '(\w+)'/.exec(script) ?? [];
    expect(dockerfile).toContain(`-o ${name}_\${TARGETOS}_\${TARGETARCH} ./pkg`);
    const [, wanted = ''] = /^go (\S+)/m.exec(read('grafana-plugin/go.mod')) ?? [];
    const [, given = ''] = /golang:([\d.]+)/.exec(dockerfile) ?? [];
    expect(given.localeCompare(wanted, 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
  });

  test('puts plugin and provisioning where the settings say', () => {
    const dockerfile = read(path);
    const { id } = json('grafana-plugin/src/plugin.json');
    expect(dockerfile).toContain(`dist /opt/grafana/plugins/${id}\n`);
    expect(dockerfile).toContain(`/opt/grafana/plugins/${id}/datasource/`);
    expect(readdirSync(join(ROOT, 'grafana-plugin', 'src'))).toContain('datasource');
    expect(dockerfile).toMatch(
      /GF_PATHS_PLUGINS=\/opt\/grafana\/plugins \\\n\s+GF_PATHS_PROVISIONING=\/opt\/grafana\/provisioning\n/,
    );
    const folders = readdirSync(join(ROOT, 'provisioning'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['src', 'node_modules', 'dist'].includes(entry.name))
      .map(({ name }) => name);
    expect(folders.length).toBeGreaterThan(0);
    for (const name of folders) {
      expect(dockerfile).toContain(`COPY provisioning/${name} /opt/grafana/provisioning/${name}\n`);
    }
    const home = readComposeFile().services['grafana']?.environment?.['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH'];
    expect(existsSync(join(ROOT, home?.replace('/opt/grafana/', '') ?? ''))).toBe(true);
  });
});

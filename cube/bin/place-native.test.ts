import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
// @ts-expect-error plain JavaScript, because it runs before anything is installed
import * as placeNativeModule from './place-native.mjs';

type PlaceNative = (root: string, run?: (args: string[]) => boolean) => 'native' | 'portable';
const { placeNative } = placeNativeModule as { placeNative: PlaceNative };

let root: string;
let addOn: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fua-native-'));
  addOn = join(root, 'node_modules', '@cubejs-backend', 'native');
  await mkdir(addOn, { recursive: true });
  await describePackage('http://127.0.0.1');
  delete process.env['FUA_NATIVE'];
  // Makes the real attempt count without asking any host.
  process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
});
afterEach(async () => {
  delete process.env['HTTPS_PROXY'];
  await rm(root, { recursive: true });
});

const describePackage = (host: string) =>
  writeFile(join(addOn, 'package.json'), JSON.stringify({ resources: { files: [{ host }] } }));
const standInPath = () => join(addOn, 'native', 'index.node', 'index.js');

test('a failed download ends with the stand-in, and again after the next install', () => {
  const run = jest.fn<(args: string[]) => boolean>(() => false);
  expect(placeNative(root, run)).toBe('portable');
  expect(placeNative(root, run)).toBe('portable');
  expect(existsSync(standInPath())).toBe(true);
  expect(run).toHaveBeenCalledWith(['rebuild', '@cubejs-backend/native', '--ignore-scripts=false']);
});

test('a download that is no working add-on is replaced', async () => {
  await mkdir(join(addOn, 'native'));
  const { writeFileSync } = await import('node:fs');
  const run = () => {
    writeFileSync(join(addOn, 'native', 'index.node'), 'half a file');
    return true;
  };
  expect(placeNative(root, run)).toBe('portable');
  expect(existsSync(standInPath())).toBe(true);
});

test('a real add-on is left alone', async () => {
  await mkdir(join(addOn, 'native'));
  await writeFile(join(addOn, 'native', 'index.node'), 'binary');
  const run = jest.fn<(args: string[]) => boolean>(() => false);
  expect(placeNative(root, run)).toBe('native');
  expect(run).not.toHaveBeenCalled();
  expect(await readFile(join(addOn, 'native', 'index.node'), 'utf8')).toBe('binary');
});

test('nothing is tried when told not to, or when the host does not answer', async () => {
  const run = jest.fn<(args: string[]) => boolean>(() => true);
  process.env['FUA_NATIVE'] = 'skip';
  expect(placeNative(root, run)).toBe('portable');
  delete process.env['FUA_NATIVE'];
  delete process.env['HTTPS_PROXY'];
  await describePackage('https://nowhere.invalid');
  const started = performance.now();
  expect(placeNative(root, run)).toBe('portable');
  expect(performance.now() - started).toBeLessThan(30_000);
  expect(run).not.toHaveBeenCalled();
});

test('a missing install is said', async () => {
  await rm(addOn, { recursive: true });
  expect(() => placeNative(root)).toThrow('run npm ci first');
});

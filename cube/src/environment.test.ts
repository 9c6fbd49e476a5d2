import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiSecret, fromFileOrValue, listenHost, required } from './environment.ts';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fua-settings-'));
  path = join(folder, 'secret');
  writeFileSync(path, `${'s'.repeat(32)}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a setting that may be a secret', () => {
  test('is the value of the variable', () => {
    expect(fromFileOrValue({ KEY: ' value ' }, 'KEY')).toBe('value');
  });

  test('is what the file holds, without the line end', () => {
    expect(fromFileOrValue({ KEY_FILE: path }, 'KEY')).toBe('s'.repeat(32));
    expect(apiSecret({ CUBEJS_API_SECRET_FILE: path })).toBe('s'.repeat(32));
  });

  test.each([{}, { KEY: '' }, { KEY: ' ', KEY_FILE: '' }])('is not set by %j', (env: NodeJS.ProcessEnv) => {
    expect(fromFileOrValue(env, 'KEY')).toBeUndefined();
    expect(() => required(env, 'KEY', 'what for')).toThrow('KEY is not set: what for.');
  });

  test('is refused when it is set twice, and the value is not told', () => {
    expect(() => fromFileOrValue({ KEY: 'hidden', KEY_FILE: path }, 'KEY')).toThrow(
      /^KEY and KEY_FILE are both set: leave one out\.$/,
    );
  });

  test('is refused when the file is missing, a folder, or empty', () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, '\n');
    expect(() => fromFileOrValue({ KEY_FILE: join(folder, 'none') }, 'KEY')).toThrow('cannot be read (ENOENT)');
    expect(() => fromFileOrValue({ KEY_FILE: folder }, 'KEY')).toThrow('cannot be read (EISDIR)');
    expect(() => fromFileOrValue({ KEY_FILE: empty }, 'KEY')).toThrow('KEY_FILE names an empty file.');
  });
});

test('a service listens at loopback unless it is told otherwise', () => {
  expect(listenHost({}, 'CUBE_HOST')).toBe('127.0.0.1');
  expect(listenHost({ CUBE_HOST: '0.0.0.0' }, 'CUBE_HOST')).toBe('0.0.0.0');
});

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadOrCreateSecrets, readSecrets } from './secrets.ts';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fua-secrets-'));
  path = join(dir, 'secrets.json');
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('secrets', () => {
  test('are made once, private and all different', () => {
    const made = loadOrCreateSecrets(path);
    expect(loadOrCreateSecrets(path)).toEqual(made);
    expect(readSecrets(path)).toEqual(made);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length);
  });

  test('of an older file are kept and completed', () => {
    writeFileSync(path, JSON.stringify({ cubeApiSecret: 'x'.repeat(40) }), { mode: 0o644 });
    expect(() => readSecrets(path)).toThrow('has no postgresPassword yet');
    const made = loadOrCreateSecrets(path);
    expect(made.cubeApiSecret).toBe('x'.repeat(40));
    expect(made.postgresPassword).toHaveLength(64);
    expect(readSecrets(path)).toEqual(made);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test.each(['', '{"cubeApiSecret": ', '[]', 'null', '{"cubeApiSecret": 5}', '{"cubeApiSecret": "short"}'])(
    'a damaged file is refused and left as it is: %s',
    (content) => {
      writeFileSync(path, content);
      expect(() => loadOrCreateSecrets(path)).toThrow('is damaged');
      expect(readFileSync(path, 'utf8')).toBe(content);
    },
  );

  test('are not made by a command that only reads', () => {
    expect(() => readSecrets(path)).toThrow('run npm start first');
  });
});

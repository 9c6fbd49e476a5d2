import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lockHolder, releaseLock, takeLock } from './pid-lock.mjs';
import { isRunning, startMark } from './process-identity.mjs';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fua-lock-'));
  path = join(dir, 'lock');
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('lock', () => {
  test('is taken, held and given back', () => {
    expect(takeLock(path)).toBeUndefined();
    expect(takeLock(path)?.pid).toBe(process.pid);
    releaseLock(path);
    expect(lockHolder(path)).toBeUndefined();
    expect(readdirSync(dir)).toEqual([]);
  });

  test('of a killed process is nobody’s', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pid = child.pid ?? 0;
    const recorded = { pid, mark: startMark(pid) ?? '' };
    writeFileSync(path, JSON.stringify(recorded));
    expect(takeLock(path)).toEqual(recorded);
    child.kill('SIGKILL');
    await new Promise((ended) => child.once('exit', ended));
    expect(isRunning(recorded)).toBe(false);
    expect(takeLock(path)).toBeUndefined();
    expect(readdirSync(dir)).toEqual(['lock']);
  });

  test('of a pid that is another process by now, or of a torn file, is nobody’s', () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, mark: 'of another boot' }));
    expect(takeLock(path)).toBeUndefined();
    writeFileSync(path, '{"pid"');
    expect(takeLock(path)).toBeUndefined();
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { downloadGrafana } from './download.ts';

let dir: string;
let archive: Buffer;
let checksum: string;
let server: Server;
let vendor: string;
let asked: string[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fua-download-'));
  mkdirSync(join(dir, 'grafana-test', 'conf'), { recursive: true });
  writeFileSync(join(dir, 'grafana-test', 'conf', 'defaults.ini'), 'x');
  spawnSync('tar', ['-czf', join(dir, 'archive'), '-C', dir, 'grafana-test']);
  archive = readFileSync(join(dir, 'archive'));
  checksum = createHash('sha256').update(archive).digest('hex');
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (checksum === 'hang') return;
    response.end(request.url?.endsWith('.sha256') ? `${checksum}\n` : archive);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  vendor = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(dir, { recursive: true });
});

const attempt = (patience = 2_000) =>
  downloadGrafana({ dir: join(dir, 'kept'), signal: new AbortController().signal, vendor, patience });

describe("download of the vendor's Grafana", () => {
  test('unpacks what matches its checksum, once', async () => {
    const home = await attempt();
    expect(readFileSync(join(home, 'conf', 'defaults.ini'), 'utf8')).toBe('x');
    expect(asked).toHaveLength(2);
    expect(await attempt()).toBe(home);
    expect(asked).toHaveLength(2);
    expect(readdirSync(join(dir, 'kept'))).toHaveLength(1);
  });

  test('keeps nothing that does not match its checksum', async () => {
    checksum = 'a'.repeat(64);
    await expect(attempt()).rejects.toThrow('does not match its published checksum');
    expect(readdirSync(join(dir, 'kept'))).toEqual([]);
  });

  test('does not trust an answer that is no checksum', async () => {
    checksum = '<html>';
    await expect(attempt()).rejects.toThrow('holds no checksum');
  });

  test('gives up on a vendor that does not answer in time', async () => {
    checksum = 'hang';
    await expect(attempt(200)).rejects.toThrow('did not answer in time');
  });

  test('says when nobody is there', async () => {
    server.close();
    await expect(attempt()).rejects.toThrow('cannot be reached');
  });
});

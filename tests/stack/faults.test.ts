import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  createSandbox,
  processesOf,
  readState,
  remaining,
  removeSandbox,
  run,
  startStack,
  type Run,
  type Sandbox,
} from './sandbox.ts';

jest.setTimeout(60_000);

const isRoot = userInfo().uid === 0;
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => removeSandbox(sandbox));

/** Starts in vain; returns what was said. */
async function failedStart(env: NodeJS.ProcessEnv = {}): Promise<string> {
  Object.assign(sandbox.env, env);
  const started = run(sandbox, 'start.ts');
  expect(await started.ended).toBe(1);
  expect(processesOf(sandbox)).toEqual([]);
  return started.output();
}

/** Starts, and waits until demo data are being loaded. */
async function whileDemoIsMade(): Promise<Run> {
  const started = run(sandbox, 'start.ts');
  while (!/of 50000 customers/.test(started.output())) {
    const over = await Promise.race([started.ended.then(() => true), sleep(20).then(() => false)]);
    if (over) throw new Error(`The stack did not start:\n${started.output()}`);
  }
  return started;
}

const state = () => sandbox.env['FUA_DATA_DIR'] ?? '';

describe('a start that cannot work says why and leaves nothing running', () => {
  test('busy port', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(sandbox.postgresPort, '127.0.0.1', listening));
    try {
      const output = await failedStart();
      expect(output).toContain(`Port ${sandbox.postgresPort} for Postgres is in use`);
      expect(output).toContain(`process ${process.pid}`);
      expect(output).toContain('POSTGRES_PORT');
    } finally {
      server.close();
    }
  });

  test('a port that is no port', async () => {
    expect(await failedStart({ CUBE_PORT: '70000' })).toContain('CUBE_PORT must be a whole number from 1 to 65535');
  });

  test('unreachable database, without repeating its password', async () => {
    const url = `postgres://someone:hidden-word@127.0.0.1:${sandbox.postgresPort}/x`;
    const output = await failedStart({ DATABASE_URL: url });
    expect(output).toContain(`DATABASE_URL: nothing answers at 127.0.0.1:${sandbox.postgresPort}`);
    expect(output).not.toContain('hidden-word');
  });

  test('a database URL that is none', async () => {
    const output = await failedStart({ DATABASE_URL: 'mysql://someone:hidden-word@host/x' });
    expect(output).toContain('DATABASE_URL is not a Postgres URL');
    expect(output).not.toContain('hidden-word');
  });

  test('damaged secrets', async () => {
    mkdirSync(state(), { recursive: true });
    writeFileSync(join(state(), 'secrets.json'), '{"postgresPassword": "abc');
    expect(await failedStart()).toContain('secrets.json is damaged');
  });

  test('a Grafana that is not there', async () => {
    const output = await failedStart({ FUA_GRAFANA: 'on', GRAFANA_HOME: join(sandbox.dir, 'nothing') });
    expect(output).toContain('holds no Grafana 12.3 or newer');
  });

  test('a state folder that is a file', async () => {
    writeFileSync(state(), '');
    expect(await failedStart()).toContain('FUA_DATA_DIR');
  });

  test('a state folder where none can be made', async () => {
    const began = performance.now();
    expect(await failedStart({ FUA_DATA_DIR: '/proc/fua/state' })).toContain('/proc/fua/state cannot be written');
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('a Postgres that is killed while demo data are made', async () => {
    Object.assign(sandbox.env, { FUA_DEMO_CUSTOMERS: '50000' });
    const started = await whileDemoIsMade();
    process.kill(readState(sandbox, 'run.json').parts.postgres?.pid ?? 0, 'SIGKILL');
    expect(await started.ended).toBe(1);
    const [, words = ''] = started.output().split(/(?=Postgres was ended)/);
    expect(words).toMatch(/^Postgres was ended by SIGKILL\. The end of .*postgres\.log:\n/);
    expect(started.output()).not.toMatch(/^ {4}at /m);
    expect(processesOf(sandbox)).toEqual([]);
  });

  (isRoot ? test.skip : test)('no permission to write', async () => {
    chmodSync(sandbox.dir, 0o555);
    try {
      expect(await failedStart()).toContain('cannot be written (EACCES)');
    } finally {
      chmodSync(sandbox.dir, 0o755);
    }
  });

  // Only root may mount a disk small enough to fill.
  (isRoot && mayMount() ? test : test.skip)('full disk', async () => {
    mkdirSync(state());
    mount(state(), '20m');
    try {
      expect(await failedStart()).toContain('The disk is full');
    } finally {
      spawnSync('umount', ['--lazy', state()]);
    }
  });

  (isRoot && mayMount() ? test : test.skip)('disk that fills up under the database', async () => {
    mkdirSync(state());
    mount(state(), '600m');
    try {
      const started = run(sandbox, 'start.ts');
      while (!started.output().includes('Migrations')) await sleep(20);
      fill(state());
      expect(await started.ended).toBe(1);
      expect(started.output()).toContain('The disk is full');
      expect(processesOf(sandbox)).toEqual([]);
    } finally {
      spawnSync('umount', ['--lazy', state()]);
    }
  });
});

describe('while demo data are made', () => {
  test('the status says so, and a kill leaves no process and nothing half done', async () => {
    Object.assign(sandbox.env, { FUA_DEMO_CUSTOMERS: '50000' });
    const started = await whileDemoIsMade();
    const status = run(sandbox, 'status.ts');
    expect(await status.ended).toBe(1);
    expect(status.output()).toMatch(/Starting \.\.\.\n {2}Postgres +up/);
    expect(status.output()).toContain('Rows      not counted: the tables are locked, as while demo data are made');
    expect(status.output()).not.toMatch(/^ {4}at /m);

    process.kill(readState(sandbox, 'run.json').main.pid, 'SIGKILL');
    await started.ended;
    expect(await remaining(sandbox, 20_000)).toEqual([]);

    // Only an empty database is filled: a row that was left would keep the demo out.
    Object.assign(sandbox.env, { FUA_DEMO_CUSTOMERS: '200' });
    const again = await startStack(sandbox);
    expect(again.output()).toContain('made: 200 customers');
    process.kill(readState(sandbox, 'run.json').main.pid, 'SIGINT');
    expect(await again.ended).toBe(0);
  }, 120_000);
});

/** Takes what is free; others write at the same time, so there is no telling how much that is. */
function fill(dir: string): void {
  const chunk = Buffer.alloc(1024 * 1024);
  try {
    for (;;) appendFileSync(join(dir, 'filler'), chunk);
  } catch (error) {
    expect(error).toHaveProperty('code', 'ENOSPC');
  }
}

function mount(dir: string, size: string): void {
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

function mayMount(): boolean {
  return spawnSync('unshare', ['--mount', 'true']).status === 0;
}

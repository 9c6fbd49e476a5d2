import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Child } from '@fair-underwriting/stack/src/child.ts';
import { startEmbedded } from '@fair-underwriting/stack/src/postgres/embedded.ts';
import { embeddedUrl, waitForServer } from '@fair-underwriting/stack/src/postgres/server.ts';
import { stopProcess } from '@fair-underwriting/stack/src/stop-process.ts';
import pg from 'pg';
import { createSandbox, processesOf, remaining, removeSandbox, run, startStack, type Sandbox } from './sandbox.ts';

jest.setTimeout(180_000);

const password = 'only-for-this-test';
let dir: string;
let server: Child;
let sandbox: Sandbox;
let admin: string;

beforeAll(async () => {
  sandbox = await createSandbox({ FUA_DEMO: 'off' });
  dir = mkdtempSync(join(tmpdir(), 'fua-own-'));
  chmodSync(dir, 0o755);
  mkdirSync(join(dir, 'logs'));
  const port = sandbox.postgresPort;
  const { signal } = new AbortController();
  server = await startEmbedded({ dir: join(dir, 'pg'), port, password, logsDir: join(dir, 'logs'), signal });
  await waitForServer(server, port, password);
  admin = embeddedUrl(port, password);
});

afterAll(async () => {
  removeSandbox(sandbox);
  await stopProcess(server.recorded, 'SIGINT', 10_000);
  rmSync(dir, { recursive: true, force: true });
});

async function execute(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function connection(user: string, database: string, word = password): string {
  return `postgres://${user}:${word}@127.0.0.1:${sandbox.postgresPort}/${database}`;
}

async function failedStart(url: string): Promise<string> {
  const started = run({ ...sandbox, env: { ...sandbox.env, DATABASE_URL: url } }, 'start.ts');
  expect(await started.ended).toBe(1);
  expect(processesOf(sandbox)).toEqual([]);
  expect(started.output()).not.toContain(password);
  return started.output();
}

describe("a database of one's own", () => {
  test('wrong password', async () => {
    const output = await failedStart(connection('fair_underwriting', 'fair_underwriting', 'wrong'));
    expect(output).toContain('refuses the user "fair_underwriting"');
  });

  test('no such database', async () => {
    expect(await failedStart(connection('fair_underwriting', 'missing'))).toContain('there is no database "missing"');
  });

  test('a user who may create nothing', async () => {
    await execute(`create role visitor login password '${password}'`);
    expect(await failedStart(connection('visitor', 'fair_underwriting'))).toContain('may not create schemas');
  });

  test('an owner who may not make roles is told of CUBE_DATABASE_URL', async () => {
    await execute(`create role plain_owner login password '${password}'`, 'create database plain owner plain_owner');
    expect(await failedStart(connection('plain_owner', 'plain'))).toContain('set CUBE_DATABASE_URL');
  });

  test('an owner who may, without being a superuser, gets a stack that SIGTERM ends; the database goes on', async () => {
    await execute(
      `create role able_owner login createrole password '${password}'`,
      'create database able owner able_owner',
    );
    sandbox.env['DATABASE_URL'] = connection('able_owner', 'able');
    const stack = await startStack(sandbox);
    expect(stack.output()).toContain('left out (FUA_DEMO=off)');
    expect((await fetch(`${sandbox.cubeUrl}/readyz`)).status).toBe(200);
    stack.child.kill('SIGTERM');
    expect(await stack.ended).toBe(0);
    expect(await remaining(sandbox, 0)).toEqual([]);
    await execute('select 1');
  });

  test('a reset leaves it alone unless told otherwise', async () => {
    const reset = run(sandbox, 'reset.ts', ['--yes']);
    expect(await reset.ended).toBe(0);
    expect(reset.output()).toContain('left alone');
    await expect(tables()).resolves.toBeGreaterThan(10);

    expect(await run(sandbox, 'reset.ts', ['--yes', '--yes-drop-my-data']).ended).toBe(0);
    await expect(tables()).resolves.toBe(0);
  });
});

async function tables(): Promise<number> {
  const client = new pg.Client({ connectionString: sandbox.env['DATABASE_URL'] });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    );
    return rows[0]?.count ?? -1;
  } finally {
    await client.end();
  }
}

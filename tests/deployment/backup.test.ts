import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import type { Child } from '@fair-underwriting/stack/src/child.ts';
import { prepareDatabase } from '@fair-underwriting/stack/src/deploy/prepare-database.ts';
import { startEmbedded } from '@fair-underwriting/stack/src/postgres/embedded.ts';
import { embeddedUrl, waitForServer } from '@fair-underwriting/stack/src/postgres/server.ts';
import { stopProcess } from '@fair-underwriting/stack/src/stop-process.ts';
import pg from 'pg';
import { freePort } from '../support/postgres.ts';

jest.setTimeout(240_000);

const password = 'only-for-this-test';
const { signal } = new AbortController();
const servers: Child[] = [];
let folder: string;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fua-backup-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'logs'));
  port = await freePort();
  await start('original', port);
  const reader = embeddedUrl(port, 'readers-password').replace('fair_underwriting:', 'cube_reader:');
  await prepareDatabase(embeddedUrl(port, password), { CUBE_DATABASE_URL: reader }, () => undefined);
  await generateDemo({ databaseUrl: embeddedUrl(port, password), customers: 200, end: '2026-06-30' });
});

afterAll(async () => {
  for (const server of servers) await stopProcess(server.recorded, 'SIGINT', 10_000);
  rmSync(folder, { recursive: true, force: true });
});

async function start(name: string, at: number): Promise<void> {
  const options = { dir: join(folder, name), port: at, password, logsDir: join(folder, 'logs'), signal };
  const server = await startEmbedded(options);
  servers.push(server);
  await waitForServer(server, at, password);
}

async function connected<T>(at: number, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: embeddedUrl(at, password) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A fingerprint of the rows of every table. */
function fingerprints(at: number): Promise<Record<string, string>> {
  return connected(at, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class
       where relkind = 'r' and relnamespace::regnamespace::text in ('public', 'reporting', 'reporting_meta')`,
    );
    const found: Record<string, string> = {};
    for (const { name } of rows) {
      const result = await client.query<{ hash: string }>(
        `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as hash from ${name} t`,
      );
      found[name] = result.rows[0]?.hash ?? '';
    }
    return found;
  });
}

/** Copies a cluster whose server runs, as pg_basebackup does. @returns when the copy is consistent */
function backUp(copy: string, meanwhile: () => Promise<void>): Promise<void> {
  const original = join(folder, 'original');
  return connected(port, async (client) => {
    await client.query(`select pg_backup_start('test', true)`);
    const transient = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal']);
    cpSync(original, copy, { recursive: true, filter: (path) => !transient.has(basename(path)) });
    await meanwhile();
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(true)');
    writeFileSync(join(copy, 'backup_label'), rows[0]?.labelfile ?? '');
    // What was written since the start makes the copy whole.
    cpSync(join(original, 'pg_wal'), join(copy, 'pg_wal'), { recursive: true });
    const { uid, gid } = statSync(original);
    for (const path of [
      copy,
      ...(readdirSync(copy, { recursive: true }) as string[]).map((name) => join(copy, name)),
    ]) {
      chownSync(path, uid, gid);
    }
    chmodSync(copy, 0o700);
  });
}

test('a physical backup of a running server restores every row, role and password', async () => {
  const copy = join(folder, 'restored');
  await backUp(copy, () =>
    connected(port, async (client) => {
      // The copied files do not have this row: only the log does.
      await client.query(`update reporting.settings set as_of = '2026-05-31T00:00:00Z'`);
    }),
  );
  const before = await fingerprints(port);
  await connected(port, (client) => client.query('delete from operational_alerts'));

  const other = await freePort();
  await start('restored', other);
  expect(Object.keys(before).length).toBeGreaterThan(30);
  expect(before['customers']).toMatch(/^200 /);
  expect(await fingerprints(other)).toEqual(before);
  const reader = embeddedUrl(other, 'readers-password').replace('fair_underwriting:', 'cube_reader:');
  const client = new pg.Client({ connectionString: reader });
  await client.connect();
  try {
    expect((await client.query('select count(*)::int as n from customers')).rows).toEqual([{ n: 200 }]);
  } finally {
    await client.end();
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { ensureAuditWriter } from '@fair-underwriting/stack/src/database-roles.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AuditRecord } from '@fair-underwriting/cube/src/audit/record.ts';
import type { AuditEntry } from '@fair-underwriting/cube/src/audit/entries.ts';
import pg from 'pg';
import { startCuttableProxy, type CuttableProxy } from '../alerts/support/cuttable-proxy.ts';
import { startCube, type TestCube } from '../support/cube.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

// Generous, because test files share the machine.
jest.setTimeout(60_000);

let postgres: TestPostgres;
let owner: pg.Client;
let proxy: CuttableProxy;
/** The writer's connection, through what can be cut. */
let writerUrl: string;

beforeAll(async () => {
  postgres = await startPostgres();
  await migrate(postgres.url);
  owner = new pg.Client({ connectionString: postgres.url });
  await owner.connect();
  const url = new URL(await ensureAuditWriter(postgres.url, 'the-password-of-the-audit-writer'));
  proxy = await startCuttableProxy(Number(url.port));
  url.port = String(proxy.port);
  writerUrl = url.href;
}, 90_000);
afterAll(async () => {
  proxy.stop();
  await owner.end();
  await postgres.stop();
}, 30_000);

interface Row {
  user_name: string;
  roles: string[];
  source: string;
  action: string;
  view: string | null;
  members: string[];
  status: number;
}

async function rows(user?: string): Promise<Row[]> {
  const { rows: found } = await owner.query<Row>(
    `select user_name, roles, source, action, view, members, status from query_audit
     where user_name = coalesce($1, user_name) order by at, id`,
    [user],
  );
  return found;
}
const count = async (user?: string) => (await rows(user)).length;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not come to that within 20 s');
    await sleep(20);
  }
}

describe('a running Cube', () => {
  let cube: TestCube;
  beforeAll(async () => {
    cube = await startCube({ databaseUrl: postgres.url, env: { CUBE_AUDIT_DATABASE_URL: writerUrl } });
  }, 90_000);
  afterAll(async () => {
    await cube.stop();
  }, 30_000);

  const customers = (value: string) => ({
    measures: ['customers.customers'],
    dimensions: ['customers.state'],
    filters: [{ or: [{ member: 'customers.channel', operator: 'equals', values: [value] }] }],
    timeDimensions: [{ dimension: 'customers.as_of', dateRange: ['2024-01-31', '2024-01-31'] }],
  });
  const asked = ['customers.as_of', 'customers.channel', 'customers.customers', 'customers.state'];

  test('records who asked what, and no value', async () => {
    const { status } = await cube.post(
      'load',
      { query: customers('secret-1') },
      cube.token(['analyst', 'marketing'], 'eve'),
    );
    expect(status).toBe(200);
    await until(async () => (await count()) === 1);
    expect(await rows()).toEqual([
      {
        user_name: 'eve',
        roles: ['analyst', 'marketing'],
        source: 'rest',
        action: 'load',
        view: 'customers',
        members: asked,
        status: 200,
      },
    ]);
    const { rows: all } = await owner.query('select q::text as line from query_audit q');
    expect(JSON.stringify(all)).not.toMatch(/secret-1|2024-01-31/);
  });

  test('records each query of a request, and what was refused', async () => {
    const token = cube.token('analyst', 'max');
    const hidden = { measures: ['customers.customers'], dimensions: ['customers.genotype'] };
    const signups = (channel: string) => ({
      measures: ['signups.new_customers'],
      timeDimensions: [{ dimension: 'signups.date', granularity: 'month', dateRange: ['2024-01-01', '2024-01-31'] }],
      filters: [{ member: 'signups.channel', operator: 'equals', values: [channel] }],
    });
    const post = async (path: string, query: unknown) =>
      (await cube.post(path, { query, ...(Array.isArray(query) && { queryType: 'multi' }) }, token)).status;
    expect(await post('load', [signups('a'), signups('b')])).toBe(200);
    expect(await post('dry-run', hidden)).toBe(403);
    expect(await post('load', { measures: ['secret value'] })).toBe(400);
    expect(await post('sql', customers('a'))).toBe(403);
    await until(async () => (await count('max')) === 5);
    const seen = (await rows('max')).map(({ action, view, status, members }) => [action, view, status, members]);
    const blended = ['signups.channel', 'signups.date', 'signups.new_customers'];
    expect(seen).toEqual([
      ['load', 'signups', 200, blended],
      ['load', 'signups', 200, blended],
      ['dry-run', 'customers', 403, ['customers.customers', 'customers.genotype']],
      ['load', null, 400, []],
      ['sql', null, 403, []],
    ]);
  });

  test('does not record who shows no token, nor the reading of the meta data', async () => {
    expect((await cube.post('load', { query: customers('a') })).status).toBe(401);
    expect((await cube.get('meta', cube.token('analyst', 'kim'))).status).toBe(200);
    expect((await cube.post('load', { query: customers('c') }, cube.token('analyst', 'kim'))).status).toBe(200);
    await until(async () => (await count('kim')) > 0);
    expect(await count('kim')).toBe(1);
    const { rows: users } = await owner.query('select distinct user_name from query_audit order by 1');
    expect(users.map(({ user_name }: Row) => user_name)).toEqual(['eve', 'kim', 'max']);
  });

  test('answers while the record cannot be written, and writes all of it afterwards, each query once', async () => {
    proxy.cut();
    const token = cube.token('analyst', 'zoe');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => cube.post('load', { query: customers(`x${index}`) }, token)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
    await until(() => cube.output().includes('The audit record cannot be written'));
    expect(await count('zoe')).toBe(0);
    proxy.mend();
    await until(() => cube.output().includes('The audit record is written again; 0 entries were lost.'));
    expect(await count('zoe')).toBe(40);
  });

  test('told to stop, writes what waits', async () => {
    const { status } = await cube.post('load', { query: customers('last') }, cube.token('analyst', 'ida'));
    expect(status).toBe(200);
    expect(await cube.stop()).toBe(0);
    expect(await count('ida')).toBe(1);
  });
});

describe('the record', () => {
  beforeEach(async () => {
    await owner.query('truncate query_audit');
  });

  let next = 0;
  const entry = (members: number): AuditEntry => ({
    id: `c0000000-0000-4000-8000-${String(++next).padStart(12, '0')}`,
    at: new Date(),
    user: `user ${next}`,
    roles: ['analyst'],
    source: 'rest',
    action: 'load',
    view: 'v',
    members: Array.from({ length: members }, (_, index) => `v.m${index}`),
    status: 200,
    durationMs: 1,
  });

  test('keeps the newest within its bounds while the database is away', async () => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    proxy.cut();
    const record = new AuditRecord({ connectionString: writerUrl, capacity: 100, delay: 10 });
    const entries = Array.from({ length: 50 }, () => entry(4));
    for (const one of entries) record.add([one]);
    expect(record.waiting).toBe(20);
    proxy.mend();
    await until(() => record.waiting === 0);
    expect((await rows()).map(({ user_name }) => user_name).sort()).toEqual(
      entries
        .slice(30)
        .map(({ user }) => user)
        .sort(),
    );
    await record.close();
    jest.restoreAllMocks();
  });

  test('writes an entry that was sent twice once', async () => {
    const record = new AuditRecord({ connectionString: writerUrl, delay: 1 });
    const one = entry(1);
    record.add([one]);
    await until(() => record.waiting === 0);
    record.add([one, entry(2)]);
    await record.close();
    expect(await count()).toBe(2);
  });

  test('takes thousands at once', async () => {
    const record = new AuditRecord({ connectionString: writerUrl, delay: 1 });
    for (let batch = 0; batch < 20; batch++) record.add(Array.from({ length: 250 }, () => entry(6)));
    await record.close(20_000);
    expect(await count()).toBe(5_000);
  });

  test('is cut to its retention', async () => {
    await owner.query(`update query_audit_settings set retention_days = 30`);
    await owner.query(`insert into query_audit (id, at, user_name, roles, source, action, members, status, duration_ms)
      select gen_random_uuid(), now() - make_interval(days => age), age::text, '{analyst}', 'rest', 'load', '{}', 200, 1
      from unnest(array[29, 31, 400]) as age`);
    const record = new AuditRecord({ connectionString: writerUrl, delay: 1 });
    record.add([entry(1)]);
    await record.close();
    expect((await rows()).map(({ user_name }) => user_name)).toEqual(['29', expect.stringContaining('user')]);
  });
});

test('the writer can add and nothing else', async () => {
  const writer = new pg.Client({ connectionString: writerUrl });
  await writer.connect();
  try {
    for (const sql of [
      'select from query_audit',
      `update query_audit set user_name = 'x'`,
      'delete from query_audit',
      'select from customers',
      'update query_audit_settings set retention_days = 30',
    ]) {
      await expect(writer.query(sql)).rejects.toThrow('permission denied');
    }
  } finally {
    await writer.end();
  }
});

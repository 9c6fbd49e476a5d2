import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import pg from 'pg';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

jest.setTimeout(180_000);

let sandbox: Sandbox;
let stack: Run;

beforeAll(async () => {
  sandbox = await createSandbox();
  stack = await startStack(sandbox);
});

afterAll(() => removeSandbox(sandbox));

const owner = () => {
  const { postgresPassword } = readState(sandbox, 'secrets.json');
  return `postgres://fair_underwriting:${postgresPassword}@127.0.0.1:${sandbox.postgresPort}/fair_underwriting`;
};

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function customersByRest(): Promise<number> {
  const { cubeApiSecret } = readState(sandbox, 'secrets.json');
  const token = signToken({ user: 'test', roles: ['executive'] }, cubeApiSecret);
  const question = encodeURIComponent(JSON.stringify({ measures: ['customers.customers'] }));
  const response = await fetch(`${sandbox.cubeUrl}/cubejs-api/v1/load?query=${question}`, {
    headers: { authorization: token },
  });
  const body = (await response.json()) as { data?: Record<string, unknown>[]; error?: string };
  expect(body.error).toBeUndefined();
  return Number(body.data?.[0]?.['customers.customers']);
}

describe('a running stack', () => {
  test('answers over REST what the database holds', async () => {
    const [row] = await query<{ count: string }>(owner(), 'select count(*) from customers');
    expect(Number(row?.count)).toBe(200);
    expect(await customersByRest()).toBe(200);
  });

  test('keeps its secrets private and out of its output and its record', () => {
    const secrets = readState(sandbox, 'secrets.json');
    expect(statSync(join(sandbox.env['FUA_DATA_DIR'] ?? '', 'secrets.json')).mode & 0o777).toBe(0o600);
    const shown = stack.output() + JSON.stringify(readState(sandbox, 'run.json'));
    for (const secret of Object.values(secrets)) expect(shown).not.toContain(secret);
  });

  test('lets Cube read everything, change nothing and make rollups', async () => {
    const { cubeReaderPassword } = readState(sandbox, 'secrets.json');
    const url = new URL(owner());
    url.username = 'cube_reader';
    url.password = cubeReaderPassword;
    const reader = url.href;
    await expect(query(reader, 'select count(*) from customers')).resolves.toHaveLength(1);
    await expect(query(reader, 'select reporting.as_of()')).resolves.toHaveLength(1);
    await query(reader, 'create table rollups.probe as select 1 as a');
    expect(await query(reader, 'select a from rollups.probe')).toEqual([{ a: 1 }]);
    await query(reader, 'drop table rollups.probe');
    await expect(query(reader, 'delete from customers')).rejects.toThrow('permission denied');
    await expect(query(reader, 'create table public.probe (a int)')).rejects.toThrow('permission denied');
    expect(await query(reader, 'show statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
  });

  test('lets Cube save cohorts and write nothing else', async () => {
    const url = new URL(owner());
    url.username = 'cohort_writer';
    url.password = readState(sandbox, 'secrets.json').cohortWriterPassword;
    const writer = url.href;
    await query(writer, `insert into cohorts (name, filter_criteria) values ('probe', '{}')`);
    expect(await query(writer, `select name from cohorts where name = 'probe'`)).toEqual([{ name: 'probe' }]);
    await expect(query(writer, 'delete from cohorts')).rejects.toThrow('permission denied');
    await expect(query(writer, 'select from customers')).rejects.toThrow('permission denied');
    await query(owner(), `delete from cohorts where name = 'probe'`);

    const answer = await fetch(`${sandbox.cubeUrl}/fua/cohorts`, {
      headers: {
        authorization: signToken(
          { user: 'eve', roles: ['marketing'] },
          readState(sandbox, 'secrets.json').cubeApiSecret,
        ),
      },
    });
    const { cohorts } = (await answer.json()) as { cohorts: { name: string }[] };
    expect(cohorts.map(({ name }) => name)).toEqual(['Facebook sign-ups', 'First quarter of the data']);
  });

  test('records who asks what', async () => {
    const recorded = async () =>
      (await query(owner(), `select from query_audit where user_name = 'test' and view = 'customers' and status = 200`))
        .length;
    const before = await recorded();
    await customersByRest();
    // The record is written a moment after the answer.
    for (let attempt = 0; attempt < 100 && (await recorded()) === before; attempt++) await sleep(50);
    expect(await recorded()).toBeGreaterThan(before);
    const url = new URL(owner());
    url.username = 'audit_writer';
    url.password = readState(sandbox, 'secrets.json').auditWriterPassword;
    await expect(query(url.href, 'select from query_audit')).rejects.toThrow('permission denied');
  });

  test('started twice, says where it runs', async () => {
    const second = run(sandbox, 'start.ts');
    expect(await second.ended).toBe(0);
    expect(second.output()).toContain('already running');
    expect(second.output()).toContain(sandbox.cubeUrl);
  });

  test('has a status', async () => {
    const status = run(sandbox, 'status.ts');
    expect(await status.ended).toBe(0);
    expect(status.output()).toMatch(/Postgres +up/);
    expect(status.output()).toMatch(/Cube +up .*(native|portable) mode/);
    expect(status.output()).toMatch(/customers +200 rows/);
  });

  test('refuses to reset without a word of consent', async () => {
    const reset = run(sandbox, 'reset.ts');
    expect(await reset.ended).toBe(1);
    expect(reset.output()).toContain('--yes');
    expect(processesOf(sandbox)).not.toHaveLength(0);
  });

  test('killed outright, is cleaned up after by its keeper', async () => {
    const { main } = readState(sandbox, 'run.json');
    await query(owner(), "update reporting.settings set currency = 'EUR'");
    process.kill(main.pid, 'SIGKILL');
    await stack.ended;
    expect(await remaining(sandbox)).toEqual([]);
  });

  test('killed together with its keeper and Postgres, recovers at the next start with its data', async () => {
    stack = await startStack(sandbox);
    const { main, keeper, parts } = readState(sandbox, 'run.json');
    for (const each of [keeper, parts.postgres, main]) process.kill(each?.pid ?? 0, 'SIGKILL');
    await stack.ended;
    expect(processesOf(sandbox)).toContain(parts.cube?.pid);

    stack = await startStack(sandbox);
    expect(stack.output()).toContain('was not stopped properly');
    expect(processesOf(sandbox)).not.toContain(parts.cube?.pid);
    expect(await customersByRest()).toBe(200);
    expect(await query(owner(), 'select currency from reporting.settings')).toEqual([{ currency: 'EUR' }]);
  });

  test('stopped with Ctrl-C, leaves no process and no record', async () => {
    const { main } = readState(sandbox, 'run.json');
    process.kill(main.pid, 'SIGINT');
    expect(await stack.ended).toBe(0);
    expect(processesOf(sandbox)).toEqual([]);
    expect(() => readState(sandbox, 'run.json')).toThrow('ENOENT');
    expect(stack.output()).toMatch(/cube stopped\n +postgres stopped/);
  });
});

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { prepareDatabase } from '@fair-underwriting/stack/src/deploy/prepare-database.ts';
import pg from 'pg';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

jest.setTimeout(60_000);

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function login(role: string, password: string): string {
  const url = new URL(server.url);
  url.username = role;
  url.password = password;
  return url.href;
}

async function may(url: string, sql: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(sql);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return false;
    throw error;
  } finally {
    await client.end();
  }
}

const env = () => ({
  CUBE_DATABASE_URL: login('cube_reader', 'first'),
  CUBE_COHORTS_DATABASE_URL: login('cohort_writer', 'second'),
  CUBE_AUDIT_DATABASE_URL: login('audit_writer', 'fifth'),
  ML_DATABASE_URL: login('churn_writer', 'third'),
  ALERT_DATABASE_URL: login('alert_writer', 'fourth'),
});

test('makes schema and roles, each with the rights of its service, and may be repeated', async () => {
  const lines: string[] = [];
  await prepareDatabase(server.url, env(), (line) => lines.push(line));
  await prepareDatabase(server.url, env(), () => undefined);
  expect(lines).toEqual([
    'The schema is up to date.',
    'The role cube_reader is up to date.',
    'The role cohort_writer is up to date.',
    'The role audit_writer is up to date.',
    'The role churn_writer is up to date.',
    'The role alert_writer is up to date.',
  ]);
  const [cube = '', cohorts = '', audit = '', churn = '', alerts = ''] = Object.values(env());
  expect(await may(cube, 'select from customers')).toBe(true);
  expect(await may(cube, 'create table rollups.one ()')).toBe(true);
  expect(await may(cube, 'delete from customers')).toBe(false);
  expect(await may(cohorts, 'select from cohorts')).toBe(true);
  expect(await may(cohorts, 'select from customers')).toBe(false);
  expect(await may(audit, 'select from query_audit')).toBe(false);
  expect(await may(churn, 'select from customers')).toBe(true);
  expect(await may(churn, 'delete from customer_interventions')).toBe(false);
  expect(await may(alerts, `update operational_alerts set status = 'open'`)).toBe(true);
  expect(await may(alerts, 'select from customers')).toBe(false);
});

test('takes a new password over, and the old one is of no use', async () => {
  await prepareDatabase(server.url, { CUBE_DATABASE_URL: login('cube_reader', 'new') }, () => undefined);
  expect(await may(login('cube_reader', 'new'), 'select from customers')).toBe(true);
  await expect(may(login('cube_reader', 'first'), 'select from customers')).rejects.toThrow('password authentication');
});

test.each([
  [{ ML_DATABASE_URL: 'postgres://somebody:secret-word@db/x' }, 'ML_DATABASE_URL must be a connection of the role'],
  [{ ALERT_DATABASE_URL: 'postgres://alert_writer@db/x' }, 'ALERT_DATABASE_URL has no password'],
  [{ CUBE_DATABASE_URL: 'secret-word' }, 'CUBE_DATABASE_URL is not a Postgres URL'],
])('refuses a connection that it cannot make a role from, without repeating it', async (wrong, message) => {
  const failure = await prepareDatabase(server.url, wrong, () => undefined).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
  expect(failure).toContain(message);
  expect(failure).not.toContain('secret-word');
});

import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startCube, type TestCube } from '../support/cube.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

// Generous, because test files share the machine.
jest.setTimeout(60_000);

let postgres: TestPostgres;
let client: pg.Client;
let cube: TestCube;
beforeAll(async () => {
  postgres = await startPostgres();
  await migrate(postgres.url);
  client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('create schema rollups');
  cube = await startCube({ databaseUrl: postgres.url, env: { CUBE_COHORTS_DATABASE_URL: postgres.url } });
}, 120_000);
afterAll(async () => {
  await cube.stop();
  await client.end();
  await postgres.stop();
}, 30_000);
beforeEach(() => client.query('truncate cohorts'));

interface Cohort {
  id: string;
  version: number;
  [field: string]: unknown;
}

async function call(method: string, path: string, role: string, body?: unknown, user?: string) {
  const response = await fetch(`${cube.url}/fua/cohorts${path}`, {
    method,
    headers: { authorization: `Bearer ${cube.token(role, user)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

const inOhio = { member: 'cohorts_paying.state', operator: 'equals', values: ['OH'] };
const zz = { member: 'cohorts_paying.genotype', operator: 'equals', values: ['ZZ'] };
const ohio = { name: 'Ohio', description: 'Pilot state', kind: 'paying', filters: [inOhio] };
const names = async (role: string) =>
  ((await call('GET', '', role)).body['cohorts'] as Cohort[]).map((cohort) => cohort['name']);
const save = async (cohort: object, role = 'marketing', user = 'mia') =>
  (await call('POST', '', role, cohort, user)).body as Cohort;

test('a cohort is saved, listed, changed and deleted, and the table tells by whom', async () => {
  const saved = await call('POST', '', 'marketing', { ...ohio, name: '  Ohio ' }, 'mia');
  expect(saved).toMatchObject({
    status: 201,
    body: { ...ohio, createdBy: 'mia', version: 1, updatedAt: null, updatedBy: null },
  });
  const { id } = saved.body as Cohort;
  expect((await call('GET', '', 'analyst')).body).toEqual({ cohorts: [saved.body], mayWrite: false });

  const changed = await call('PUT', `/${id}`, 'operations', { ...ohio, description: '', version: 1 }, 'otto');
  expect(changed).toMatchObject({ status: 200, body: { description: null, version: 2, updatedBy: 'otto' } });
  expect((await call('GET', '', 'operations')).body).toEqual({ cohorts: [changed.body], mayWrite: true });

  expect((await call('DELETE', `/${id}`, 'executive', undefined, 'eve')).status).toBe(204);
  expect(await names('executive')).toEqual([]);
  const { rows } = await client.query('select created_by, updated_by, deleted_by, filter_criteria from cohorts');
  expect(rows).toEqual([
    {
      created_by: 'mia',
      updated_by: 'otto',
      deleted_by: 'eve',
      filter_criteria: { kind: 'paying', filters: [inOhio] },
    },
  ]);
});

describe('access', () => {
  test.each([
    ['executive', 200, 201],
    ['operations', 200, 201],
    ['marketing', 200, 201],
    ['clinical', 200, 201],
    ['analyst', 200, 403],
    ['data_steward', 200, 403],
    ['on_call', 403, 403],
    ['payer', 403, 403],
  ])('%s: list %i, save %i', async (role, read, write) => {
    expect((await call('GET', '', role)).status).toBe(read);
    expect((await call('POST', '', role, ohio)).status).toBe(write);
    expect((await client.query('select from cohorts')).rowCount).toBe(write === 201 ? 1 : 0);
  });

  test('without a token there is nothing, and no body is read', async () => {
    const response = await fetch(`${cube.url}/fua/cohorts`, { method: 'POST', body: '{' });
    expect(response.status).toBe(401);
  });

  test('criteria on a genotype are for those who see genotypes only', async () => {
    const { id } = await save({ ...ohio, name: 'Severe', filters: [zz] }, 'clinical');
    expect(await names('clinical')).toEqual(['Severe']);
    expect(await names('marketing')).toEqual([]);
    for (const [method, body] of [['PUT', { ...ohio, version: 1 }] as const, ['DELETE', undefined] as const]) {
      expect((await call(method, `/${id}`, 'marketing', body)).status).toBe(404);
    }
    const refused = await call('POST', '', 'marketing', { ...ohio, filters: [zz] });
    expect(refused).toMatchObject({
      status: 403,
      body: { error: expect.stringContaining('not available to your role') },
    });
    expect(await names('clinical')).toEqual(['Severe']);
  });
});

test.each<[unknown, string]>([
  ['{', 'not valid JSON'],
  [[], 'must be an object'],
  [{ ...ohio, name: ' ' }, 'needs a name'],
  [{ ...ohio, name: 'a\u0000b' }, 'control characters'],
  [{ ...ohio, name: 'x'.repeat(256) }, '256 characters'],
  [{ ...ohio, description: 5 }, 'description'],
  [{ ...ohio, kind: 'weekly' }, 'kind must be one of: paying, first_payment, sign_up, first_test'],
  [{ ...ohio, kind: 'constructor' }, 'kind must be one of'],
  [{ ...ohio, colour: 'red' }, 'colour'],
  [{ ...ohio, filters: {} }, 'must be a list'],
  [{ ...ohio, filters: [{ ...inOhio, member: 'customers.state' }] }, 'one view'],
  [{ ...ohio, filters: [{ ...inOhio, operator: 'resembles' }] }, 'resembles'],
  [{ ...ohio, filters: [{ ...inOhio, member: 'cohorts_paying.paying', operator: 'gt', values: ['1'] }] }, 'a customer'],
  [
    { ...ohio, filters: [{ member: 'cohorts_paying.as_of', operator: 'onTheDate', values: ['2025-01-01'] }] },
    'does not describe a customer',
  ],
])('%j is refused', async (body, message) => {
  const refused = await call('POST', '', 'executive', body);
  expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining(message) } });
});

test('too large a body, odd ids and other addresses are refused', async () => {
  expect((await call('POST', '', 'executive', { ...ohio, description: 'x'.repeat(40_000) })).status).toBe(413);
  expect((await call('DELETE', '/1', 'executive')).status).toBe(400);
  expect((await call('DELETE', '/00000000-0000-0000-0000-000000000000', 'executive')).status).toBe(404);
  expect((await call('GET', '/a/b', 'executive')).status).toBe(404);
});

describe('two people at once', () => {
  test('a name is there once, whatever its case, and is free again after a deletion', async () => {
    const { id } = await save(ohio);
    const again = await call('POST', '', 'marketing', { ...ohio, name: 'OHIO' });
    expect(again).toMatchObject({ status: 409, body: { error: expect.stringContaining('called "OHIO" already') } });
    await call('DELETE', `/${id}`, 'marketing');
    expect((await call('POST', '', 'marketing', ohio)).status).toBe(201);
  });

  test('of two changes of one version the second is told', async () => {
    const { id } = await save(ohio);
    const change = (user: string) => call('PUT', `/${id}`, 'marketing', { ...ohio, version: 1 }, user);
    const answers = await Promise.all([change('ann'), change('ben')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { updatedBy } = answers.find(({ status }) => status === 200)?.body as { updatedBy: string };
    expect(answers.find(({ status }) => status === 409)?.body['error']).toBe(
      `"Ohio" has been changed by ${updatedBy} in the meantime: load it again.`,
    );
  });
});

test('fixed lists and criteria of another kind stay in the table and out of the list', async () => {
  await client.query(
    `insert into cohorts (name, filter_criteria, customer_ids)
     values ('fixed', '{"kind": "paying", "filters": []}', '{}'), ('foreign', '{"genotype": "ZZ"}', null)`,
  );
  expect(await names('executive')).toEqual([]);
});

test('without a connection that may write, saving is off and says so', async () => {
  const other = await startCube({ databaseUrl: postgres.url });
  try {
    const response = await fetch(`${other.url}/fua/cohorts`, { headers: { authorization: other.token('executive') } });
    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({
      error: 'Saving cohorts is not configured: set CUBE_COHORTS_DATABASE_URL where Cube runs.',
    });
  } finally {
    await other.stop();
  }
});

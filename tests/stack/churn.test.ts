import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { servingVersion } from '@fair-underwriting/ml-service/src/registry/registry.ts';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import {
  createSandbox,
  readState,
  remaining,
  removeSandbox,
  run,
  startStack,
  type Run,
  type Sandbox,
} from './sandbox.ts';

jest.setTimeout(400_000);

let sandbox: Sandbox;
let stack: Run;

beforeAll(async () => {
  sandbox = await createSandbox({ FUA_ML: 'on', FUA_DEMO_CUSTOMERS: '1500' });
});
afterAll(() => removeSandbox(sandbox));

const said = async (words: string) => {
  while (!stack.output().includes(words)) await new Promise((resolve) => setTimeout(resolve, 200));
};
const owner = async (sql: string) => {
  const { postgresPassword: password } = readState(sandbox, 'secrets.json');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: sandbox.postgresPort,
    user: 'fair_underwriting',
    database: 'fair_underwriting',
    password,
  });
  await client.connect();
  try {
    return { rows: (await client.query<Record<string, string>>(sql)).rows, version: await servingVersion(client) };
  } finally {
    await client.end();
  }
};
const call = (path: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}) => {
  const { cubeApiSecret } = readState(sandbox, 'secrets.json');
  const authorization = `Bearer ${signToken({ user: 'ada', roles: ['operations'] }, cubeApiSecret)}`;
  const { url = '' } = readState(sandbox, 'run.json').churn ?? {};
  return fetch(url + path, {
    ...init,
    headers: { authorization, 'content-type': 'application/json', ...init.headers },
  });
};

test('is ready before the model is; stopped while it trains, leaves nothing behind', async () => {
  stack = await startStack(sandbox);
  expect(stack.output()).toContain('Churn model: training in the background');
  const ready = await call('/readyz');
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'not ready', reason: 'No model yet: npm run train trains one.' },
  ]);
  expect(await run(sandbox, 'stop.ts').ended).toBe(0);
  expect(await stack.ended).toBe(0);
  expect(await remaining(sandbox)).toEqual([]);
});

test('trains and scores at the next start, and then predicts and records with the rights of its own role', async () => {
  stack = await startStack(sandbox);
  await said('customers scored by');
  while ((await call('/readyz')).status !== 200) await new Promise((resolve) => setTimeout(resolve, 200));
  const { rows, version } = await owner(
    `select customer_id, churn_probability from churn_predictions
      where not is_hold_out and predicted_at = (select max(predicted_at) from churn_predictions)
      order by churn_probability desc limit 1`,
  );
  const { customer_id: id = '', churn_probability: stored } = rows[0] ?? {};

  const churn = (await (await call(`/v1/customers/${id}/churn`)).json()) as Record<string, unknown>;
  expect(churn).toMatchObject({ customerId: id, modelVersion: version, probability: Number(stored), holdOut: false });
  const answer = await call('/v1/interventions', {
    method: 'POST',
    headers: { 'idempotency-key': 'one' },
    body: JSON.stringify({ customerId: id, type: 'phone_call' }),
  });
  expect(answer.status).toBe(201);
  expect((await owner('select from churn_predictions where intervention_sent')).rows).toHaveLength(1);

  const status = run(sandbox, 'status.ts');
  expect([await status.ended, status.output()]).toEqual([0, expect.stringMatching(/Churn +up/)]);
  expect(readState(sandbox, 'run.json').parts).not.toHaveProperty('training');
});

test('started again, neither trains nor scores twice', async () => {
  expect(await run(sandbox, 'stop.ts').ended).toBe(0);
  await stack.ended;
  stack = await startStack(sandbox);
  await said('customers were scored before by');
  expect(stack.output()).not.toContain('training in the background');
  expect((await owner('select from churn_models')).rows).toHaveLength(1);
});

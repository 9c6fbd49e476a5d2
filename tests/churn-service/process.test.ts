/** @jest-environment ./ml-service/test-support/environment.mjs */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { addModel } from './model.ts';
import { startProcess } from './process.ts';
import { secret, token } from './running.ts';
import { startWorld, type World } from './world.ts';

jest.setTimeout(120_000);

let world: World;
let models: string;

beforeAll(async () => {
  world = await startWorld();
  models = await mkdtemp(join(tmpdir(), 'fua-models-'));
});
afterAll(async () => {
  await rm(models, { recursive: true });
  await world.stop();
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
}

test.each([
  ['CUBEJS_API_SECRET', 'short', 'CUBEJS_API_SECRET is too short'],
  ['CUBEJS_API_SECRET', '', 'Neither CUBEJS_API_SECRET nor CUBEJS_API_SECRET_FILE is set'],
  ['ML_DATABASE_URL', 'mysql://x:hidden@y/z', 'ML_DATABASE_URL is not a Postgres URL'],
  ['ML_PORT', '99999', 'ML_PORT must be a whole number'],
  ['ML_RELOAD_SECONDS', '0', 'ML_RELOAD_SECONDS must be a whole number'],
])('%s=%j ends the start with a word on it', async (name, value, words) => {
  const service = await startProcess(world.url, models, { [name]: value });
  await service.ended;
  expect([service.child.exitCode, service.output()]).toEqual([1, expect.stringContaining(words)]);
  expect(service.output()).not.toContain('hidden');
});

test('takes a promoted model over by itself; told to stop, finishes what runs and ends', async () => {
  const service = await startProcess(world.url, models);
  await until(async () => (await service.call('GET', '/livez')).status === 200);
  expect((await service.call('GET', '/readyz')).status).toBe(503);
  await addModel(world.url, models, 'promoted');
  await until(async () => (await service.call('GET', '/readyz')).status === 200);

  const database = new pg.Client({ connectionString: world.url });
  await database.connect();
  await database.query('begin');
  await database.query('lock table subscription_terms in access exclusive mode');
  const running = service.call('GET', `/v1/customers/${world.customers.leaving}/churn`, { token: token() });
  const waits = `select from pg_stat_activity where application_name = 'ml-service' and wait_event_type = 'Lock'`;
  await until(async () => (await world.sql(waits)).length === 1);
  service.child.kill('SIGTERM');
  await until(async () => {
    const refused = service.call('GET', '/livez').then(
      ({ status }) => status === 503,
      () => true,
    );
    return refused;
  });
  expect(service.child.exitCode).toBeNull();
  await database.query('rollback');
  await database.end();

  const { status, body } = await running;
  expect([status, body]).toEqual([200, expect.objectContaining({ probability: 0.8808, modelVersion: 'promoted' })]);
  await service.ended;
  expect(service.child.exitCode).toBe(0);
  expect(await world.sql(`select from pg_stat_activity where application_name = 'ml-service'`)).toEqual([]);
  expect(service.output()).not.toMatch(new RegExp(`${world.customers.leaving}|${secret}`));
});

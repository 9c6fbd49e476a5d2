/** @jest-environment ./ml-service/test-support/environment.mjs */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client } from '@fair-underwriting/http-service/test-support/listen.ts';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { freePort } from '../support/postgres.ts';
import { addModel } from './model.ts';
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

async function start(env: Record<string, string> = {}) {
  const port = await freePort();
  const main = join(import.meta.dirname, '..', '..', 'ml-service', 'src', 'http', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      PATH: process.env['PATH'] ?? '',
      CUBEJS_API_SECRET: secret,
      ML_DATABASE_URL: world.url,
      ML_MODEL_DIR: models,
      ML_PORT: String(port),
      ML_RELOAD_SECONDS: '1',
      ...env,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, ...client(`http://127.0.0.1:${port}`), ended: once(child, 'exit') };
}

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
  const service = await start({ [name]: value });
  await service.ended;
  expect([service.child.exitCode, service.output()]).toEqual([1, expect.stringContaining(words)]);
  expect(service.output()).not.toContain('hidden');
});

test('takes a promoted model over by itself; told to stop, finishes what runs and ends', async () => {
  const service = await start();
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

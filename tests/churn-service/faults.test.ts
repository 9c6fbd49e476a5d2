/** @jest-environment ./ml-service/test-support/environment.mjs */
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { addModel } from './model.ts';
import { doorTo, type Door } from './proxy.ts';
import { startService, token, type RunningService } from './running.ts';
import { startWorld, type World } from './world.ts';

jest.setTimeout(120_000);

let world: World;
let service: RunningService;
let door: Door;

beforeAll(async () => {
  world = await startWorld();
  door = await doorTo(world.url);
});
afterAll(async () => {
  await door.shut();
  await world.stop();
});
beforeEach(async () => {
  await world.sql('truncate churn_models cascade');
  service = await startService(door.url);
});
afterEach(() => service.stop());

const churn = () => service.call('GET', `/v1/customers/${world.customers.leaving}/churn`, { token: token() });
const scores = () =>
  service.call('POST', '/v1/scores', { token: token(), body: { customerIds: [world.customers.leaving] } });
const version = ({ body }: { body: unknown }) => (body as { modelVersion: string }).modelVersion;
const add = (name: string, base = 0) => addModel(world.url, service.models, name, { base });
const check = () => service.service.models.check();

/** Lets every prediction wait until the work is done. */
async function whilePredictionsWait(work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: world.url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('lock table subscription_terms in access exclusive mode');
    await work();
    await client.query('rollback');
  } finally {
    await client.end();
  }
}

async function waiting(count: number): Promise<void> {
  const sql = `select from pg_stat_activity where application_name = 'ml-service' and wait_event_type = 'Lock'`;
  while ((await world.sql(sql)).length < count) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('without a model', () => {
  test('the service says so, and serves as soon as one is promoted', async () => {
    const reason = 'No model yet: npm run train trains one.';
    const ready = await service.call('GET', '/readyz');
    expect([ready.status, ready.body]).toEqual([503, { status: 'not ready', reason }]);
    expect((await service.call('GET', '/livez')).status).toBe(200);
    for (const answer of [await churn(), await scores()]) {
      expect([answer.status, answer.body, answer.headers.get('retry-after')]).toEqual([503, { error: reason }, '30']);
    }
    await add('first');
    await check();
    expect((await service.call('GET', '/readyz')).status).toBe(200);
    expect(version(await churn())).toBe('first');
  });

  test('interventions are recorded all the same', async () => {
    const answer = await service.call('POST', '/v1/interventions', {
      token: token(),
      body: { customerId: world.customers.leaving, type: 'phone_call' },
      headers: { 'idempotency-key': 'without-model' },
    });
    expect(answer.status).toBe(201);
  });
});

describe('a promoted model that is', () => {
  const damages: [string, (folder: string) => Promise<void>][] = [
    ['truncated', (folder) => truncate(join(folder, 'model.onnx'), 100)],
    ['empty', (folder) => truncate(join(folder, 'model.onnx'), 0)],
    [
      'changed in one byte',
      async (folder) => {
        const bytes = await readFile(join(folder, 'model.onnx'));
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        await writeFile(join(folder, 'model.onnx'), bytes);
      },
    ],
    ['without a card', (folder) => truncate(join(folder, 'model.json'), 0)],
    [
      'changed in its card',
      async (folder) => {
        const card = await readFile(join(folder, 'model.json'), 'utf8');
        await writeFile(join(folder, 'model.json'), card.replace('"seed": 1', '"seed": 2'));
      },
    ],
  ];

  test.each(damages)('%s is refused, and the old one keeps serving until it is restored', async (_, damage) => {
    await add('old');
    await check();
    const folder = await add('new', 1);
    const files = await Promise.all(['model.onnx', 'model.json'].map((name) => readFile(join(folder, name))));
    await damage(folder);
    await check();
    await check();
    expect([version(await churn()), (await service.call('GET', '/readyz')).status]).toEqual(['old', 200]);
    expect((await service.call('GET', '/metrics')).text).toContain('ml_models_refused_total 1');
    expect(service.log().match(/model refused/g)).toHaveLength(1);

    await Promise.all(['model.onnx', 'model.json'].map((name, i) => writeFile(join(folder, name), files[i] ?? '')));
    await check();
    const answer = await churn();
    // 1 / (1 + exp(-3)): the new one counts from log-odds 1.
    expect([version(answer), (answer.body as { probability: number }).probability]).toEqual(['new', 0.9526]);
    expect((await service.call('GET', '/metrics')).text).toMatch(/ml_model_info\{version="new"\} 1\n(?!ml_model_info)/);
  });

  test('damaged, with no other to serve, is said without a path', async () => {
    await truncate(join(await add('only'), 'model.onnx'), 10);
    await check();
    const { status, body } = await churn();
    expect([status, body]).toEqual([
      503,
      { error: 'Model only is damaged: restore its files or train again. The log has the reason.' },
    ]);
    expect(service.log()).toContain('is truncated: 10 of');
    expect((await service.call('GET', '/readyz')).text).not.toContain(service.models);
  });

  test('promoted while a request runs does not disturb it', async () => {
    await add('before');
    await check();
    let running: ReturnType<typeof churn> | undefined;
    await whilePredictionsWait(async () => {
      running = churn();
      await waiting(1);
      await add('after');
      await check();
      expect((await service.call('GET', '/metrics')).text).toContain('ml_model_info{version="after"} 1');
    });
    expect([await running, await churn()].map((answer) => answer && version(answer))).toEqual(['before', 'after']);
  });
});

describe('a database that is away', () => {
  test('is said with 503 and without its address; the service recovers by itself', async () => {
    await add('m');
    await check();
    expect((await churn()).status).toBe(200);
    await door.shut();
    try {
      for (const answer of [await churn(), await scores(), await churn()]) {
        expect([answer.status, answer.body]).toEqual([
          503,
          { error: 'The database cannot be reached: try again in a few seconds.' },
        ]);
        expect(answer.headers.get('retry-after')).toBe('5');
      }
      const ready = await service.call('GET', '/readyz');
      expect(ready.status).toBe(503);
      expect(ready.text).not.toContain(new URL(door.url).port);
      expect((await service.call('GET', '/livez')).status).toBe(200);
      await expect(check()).rejects.toThrow();
    } finally {
      await door.open();
    }
    expect((await churn()).status).toBe(200);
    expect((await service.call('GET', '/readyz')).status).toBe(200);
    expect(service.log()).not.toContain(new URL(world.url).password);
  });
});

test('more batches at the same time than there is room for are sent away, not queued', async () => {
  await add('m');
  await check();
  let running: ReturnType<typeof scores>[] = [];
  await whilePredictionsWait(async () => {
    running = [scores(), scores()];
    await waiting(2);
    const answer = await scores();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  });
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await scores()).status).toBe(200);
});

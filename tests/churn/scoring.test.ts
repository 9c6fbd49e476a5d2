/** @jest-environment ./ml-service/test-support/environment.mjs */
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFeatures, readOutcomes } from '@fair-underwriting/ml-service/src/features/read.ts';
import { presentSnapshot } from '@fair-underwriting/ml-service/src/features/snapshots.ts';
import { storePredictions } from '@fair-underwriting/ml-service/src/pipeline/predictions.ts';
import { lockRuns, openRun } from '@fair-underwriting/ml-service/src/pipeline/runs.ts';
import { scoreAll } from '@fair-underwriting/ml-service/src/pipeline/score.ts';
import { promoteModel } from '@fair-underwriting/ml-service/src/registry/registry.ts';
import pg from 'pg';
import { addModel } from '../churn-service/model.ts';
import { openDatabase, uuid, type ChurnDatabase } from './database.ts';
import { startScoring } from './scoring-process.ts';

jest.setTimeout(180_000);

let db: ChurnDatabase;
let folder = '';
beforeAll(async () => {
  db = await openDatabase({ customers: 700, months: 14, seed: 5, end: '2026-03-31' });
  folder = await mkdtemp(join(tmpdir(), 'fua-models-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await db.stop();
});

const score = (chunk = 40, backfill = false) =>
  scoreAll(db.url, { folder, chunk, backfill, workers: 1, log: () => undefined });
const serve = (version: string) => promoteModel(db.client, version, 'for a test', () => Promise.resolve());
const published = () =>
  db.rows<{ customer_id: string; churn_probability: string; id: string; model_version: string }>(
    `select p.* from churn_predictions p join churn_runs r on r.id = p.run_id and r.published_at is not null
     order by p.run_id, p.customer_id`,
  );
const endOfDay = (day: string) => `${day}T23:59:59.999999Z`;

/** Holds up any scoring at a customer, counted by id, so that it cannot end before it is ended. */
async function holdUp(place: number) {
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  await client.query('begin');
  await client.query(
    `select from customers where id = (select customer_id from churn_predictions order by run_id, customer_id limit 1 offset $1) for update`,
    [place],
  );
  const release = async () => {
    await client.end();
    // The server finishes the statement of a program that is gone.
    while ((await db.rows(`select from pg_stat_activity where application_name = 'churn'`)).length > 0) await sleep(20);
  };
  return { release };
}

/** The stump model's: see its definition. */
function expectedProbability(values: Readonly<Record<string, unknown>>, base = 0): string {
  const days = values['days_since_last_activity'];
  const margin =
    base + (values['counseling_attended'] === true ? -1.5 : 1.5) + (typeof days === 'number' && days < 30 ? -0.5 : 0.5);
  return (1 / (1 + Math.exp(-margin))).toFixed(4);
}

test('without a model there is nothing to score by', async () => {
  await expect(score()).rejects.toThrow('No model yet: npm run train trains one.');
  expect(await db.rows('select from churn_runs')).toEqual([]);
});

describe('a scoring', () => {
  test('stores a prediction for every subscriber without notice, and publishes it', async () => {
    await addModel(db.url, folder, 'first');
    const customers = await readFeatures(db.client, endOfDay('2026-03-31'));
    expect(customers.length).toBeGreaterThan(100);
    expect(await score()).toEqual({
      version: 'first',
      day: '2026-03-31',
      customers: customers.length,
      existed: false,
      backfilled: 0,
      outcomes: 0,
    });
    expect((await published()).map((row) => [row.customer_id, row.churn_probability])).toEqual(
      customers.map(({ customerId, values }) => [customerId, expectedProbability(values)]),
    );
  });

  test('says why, in words, what may help, and what is at stake', async () => {
    const rows = await db.rows(
      `select p.*, p.mrr::text as mrr from churn_predictions p where churn_probability > 0.85 order by customer_id`,
    );
    const features = await readFeatures(
      db.client,
      endOfDay('2026-03-31'),
      rows.map((row) => row['customer_id'] as string),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const [i, row] of rows.entries()) {
      expect(row).toMatchObject({
        risk_level: 'critical',
        mrr: features[i]?.mrr,
        factors: [
          { feature: 'counseling_attended', value: false, sentence: 'No counselling attended: raises the risk' },
          { feature: 'days_since_last_activity' },
        ],
        factor_summary: expect.stringMatching(
          /^No counselling attended: raises the risk; No activity (so far|for \d+ days): raises the risk$/,
        ),
        customer_churned: null,
      });
      const interventions = row['interventions'] as { type: string; expectedImpact: number; basis: string }[];
      expect(interventions.slice(0, 3)).toMatchObject([
        { type: 'phone_call', expectedImpact: 0.3, basis: 'assumption' },
        { type: 'genetic_counseling', expectedImpact: 0.25 },
        { type: 'reengagement_email', expectedImpact: 0.15 },
      ]);
      expect(Object.keys(row['features'] as object).sort()).toEqual([
        'counseling_attended',
        'days_since_last_activity',
        'plan',
      ]);
    }
  });

  test('happens once a day and model', async () => {
    const before = await published();
    expect(await score()).toMatchObject({ existed: true, customers: before.length });
    expect(await published()).toEqual(before);
  });

  test('is made again where its predictions were removed', async () => {
    const before = await published();
    await db.rows('delete from churn_predictions');
    expect(await score()).toMatchObject({ existed: false, customers: before.length });
  });

  test('is alone', async () => {
    await addModel(db.url, folder, 'second', { base: 0.5 });
    await lockRuns(db.client);
    await expect(score()).rejects.toThrow('Another scoring runs: wait for it, or stop it.');
    await db.rows('select pg_advisory_unlock_all()');
    expect(await score()).toMatchObject({ version: 'second', existed: false });
  });

  test('that is killed is seen by nobody, and is gone on with', async () => {
    await addModel(db.url, folder, 'third', { base: -1 });
    const before = await published();
    const held = await holdUp(60);
    const process = startScoring({ databaseUrl: db.url, folder, chunk: 10 });
    await process.line(/^scored (\d\d+) customers/);
    process.kill('SIGKILL');
    expect(await process.exit).toBe('SIGKILL');
    await held.release();
    const stored = await db.rows<{ id: string; customer_id: string }>(
      `select id, customer_id from churn_predictions where model_version = 'third' order by customer_id`,
    );
    const customers = await readFeatures(db.client, endOfDay('2026-03-31'));
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.length).toBeLessThan(customers.length);
    expect(await published()).toEqual(before);

    expect(await score()).toMatchObject({ version: 'third', customers: customers.length, existed: false });
    const after = (await published()).filter((row) => row.model_version === 'third');
    expect(after.map((row) => [row.customer_id, row.churn_probability])).toEqual(
      customers.map(({ customerId, values }) => [customerId, expectedProbability(values, -1)]),
    );
    expect(after.slice(0, stored.length).map((row) => row.id)).toEqual(stored.map((row) => row.id));
  });

  test('stops between two chunks when told to', async () => {
    await addModel(db.url, folder, 'fourth');
    const held = await holdUp(60);
    const process = startScoring({ databaseUrl: db.url, folder, chunk: 10 });
    await process.line(/^scored/);
    process.kill('SIGINT');
    await held.release();
    expect(await process.exit).toBe(130);
    expect(process.output()).toContain('Stopped. What was finished stays; nothing is half done.');
    expect((await published()).filter((row) => row.model_version === 'fourth')).toEqual([]);
    expect(await score()).toMatchObject({ version: 'fourth', existed: false });
  });

  test('leaves out who was deleted meanwhile', async () => {
    await addModel(db.url, folder, 'fifth');
    const run = await openRun(db.client, 'fifth', await presentSnapshot(db.client));
    const [{ customerId } = { customerId: '' }] = await readFeatures(db.client, endOfDay('2026-03-31'));
    const prediction = {
      mrr: '10.00',
      churn_probability: 0.3,
      risk_level: 'medium',
      features: {},
      factors: [],
      interventions: [],
    };
    await storePredictions(db.client, run, 'fifth', [
      { ...prediction, customer_id: uuid(404) },
      { ...prediction, customer_id: customerId },
    ]);
    const stored = await db.rows(`select customer_id from churn_predictions where model_version = 'fifth'`);
    expect(stored).toEqual([{ customer_id: customerId }]);
    await serve('fourth');
  });

  test('by a damaged model is refused, and what was published stays', async () => {
    const path = await addModel(db.url, folder, 'sixth');
    await truncate(join(path, 'model.onnx'), 50);
    const before = await published();
    await expect(score()).rejects.toThrow(
      /sixth\/model\.onnx is truncated: 50 of \d+ bytes\. Restore it or train again\./,
    );
    expect(await published()).toEqual(before);
    await serve('first');
  });
});

test('a tenth of the customers is held out, the same ones every time, and others by another seed', async () => {
  const heldOut = async () =>
    new Set((await db.rows('select id from customers where reporting.is_churn_hold_out(id)')).map((row) => row['id']));
  const first = await heldOut();
  // 70 of 700 with a standard deviation of 8.
  expect(first.size).toBeGreaterThan(45);
  expect(first.size).toBeLessThan(95);
  expect(await heldOut()).toEqual(first);
  expect(
    await db.rows('select from churn_predictions where is_hold_out <> reporting.is_churn_hold_out(customer_id)'),
  ).toEqual([]);
  await db.rows('update churn_settings set hold_out_seed = 43');
  const second = await heldOut();
  expect([...second].filter((id) => first.has(id)).length).toBeLessThan(30);
  await db.rows('update churn_settings set hold_out_share = 0');
  expect((await heldOut()).size).toBe(0);
});

test('outcomes are filled in once they are certain', async () => {
  const asOf = (day: string) => db.rows('update reporting.settings set as_of = $1', [endOfDay(day)]);
  await asOf('2025-12-20');
  await score();
  const outcomes = () =>
    db.rows<{ customer_id: string; customer_churned: boolean | null; churned_at: Date | null }>(
      `select p.customer_id, p.customer_churned, p.churned_at from churn_predictions p
       join churn_runs r on r.id = p.run_id where r.day = '2025-12-20' order by p.customer_id`,
    );
  await asOf('2026-03-26');
  expect(await score()).toMatchObject({ outcomes: 0 });
  expect((await outcomes()).every((row) => row.customer_churned === null)).toBe(true);
  await asOf('2026-03-27');
  expect(await score()).toMatchObject({ outcomes: 1 });
  const expected = await readOutcomes(db.client, endOfDay('2025-12-20'));
  const filled = await outcomes();
  expect(filled.filter((row) => row.customer_churned).length).toBeGreaterThan(5);
  expect(filled.map((row) => ({ churned: row.customer_churned, churnedAt: row.churned_at }))).toEqual(
    filled.map((row) => expected.get(row.customer_id)),
  );
  await asOf('2026-03-31');
  expect(await score()).toMatchObject({ outcomes: 0 });
});

test('earlier months are scored as if the model had served then', async () => {
  await addModel(db.url, folder, 'late');
  // Its card says that its test began on the 30th of November.
  expect(await score(40, true)).toMatchObject({ version: 'late', backfilled: 4, outcomes: 1, existed: false });
  const runs = await db.rows(
    `select day::text, customers, (select count(*)::int from churn_predictions p where p.run_id = r.id) as predictions,
       (select count(p.interventions)::int from churn_predictions p where p.run_id = r.id) > 0 as proposes,
       (select count(p.customer_churned)::int from churn_predictions p where p.run_id = r.id) = customers as is_known
     from churn_runs r where model_version = 'late' order by day`,
  );
  const days = ['2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31'];
  const expected = await Promise.all(days.map(async (day) => (await readFeatures(db.client, endOfDay(day))).length));
  expect(runs).toEqual(
    days.map((day, i) => ({
      day,
      customers: expected[i],
      predictions: expected[i],
      proposes: day === '2026-03-31',
      is_known: day === '2025-11-30',
    })),
  );
  expect(await score(40, true)).toMatchObject({ backfilled: 0, outcomes: 0, existed: true });
});

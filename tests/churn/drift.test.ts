/** @jest-environment ./ml-service/test-support/environment.mjs */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readFeatures } from '@fair-underwriting/ml-service/src/features/read.ts';
import { storeFeatureBins } from '@fair-underwriting/ml-service/src/pipeline/feature-bins.ts';
import { scoreAll } from '@fair-underwriting/ml-service/src/pipeline/score.ts';
import { addModel } from '../churn-service/model.ts';
import { openDatabase, type ChurnDatabase } from './database.ts';

jest.setTimeout(120_000);

let db: ChurnDatabase;
let folder = '';
beforeAll(async () => {
  db = await openDatabase({ customers: 400, months: 12, seed: 5, end: '2026-03-31' });
  folder = await mkdtemp(join(tmpdir(), 'fua-models-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await db.stop();
});

test('a scoring counts its customers in the bins of the training, missing and new values apart', async () => {
  await addModel(db.url, folder, 'first');
  await storeFeatureBins(
    db.client,
    'first',
    [
      { name: 'days_since_last_activity', kind: 'number' },
      { name: 'plan', kind: 'category' },
    ],
    [1, 20, 40].map((days) => ({ days_since_last_activity: days, plan: 'basic' })),
  );
  await scoreAll(db.url, { folder, chunk: 100, workers: 1, log: () => undefined });
  const customers = (await readFeatures(db.client, '2026-03-31T23:59:59.999999Z')).map(({ values }) => values);
  const count = (is: (days: number | null, plan: unknown) => boolean) =>
    customers.filter((row) => is(row['days_since_last_activity'] as number | null, row['plan'])).length;
  const expected = [
    ['days_since_last_activity', 0, count((days) => days === null)],
    ['days_since_last_activity', 1, count((days) => days !== null && days <= 1)],
    ['days_since_last_activity', 2, count((days) => days !== null && days > 1 && days <= 20)],
    ['days_since_last_activity', 3, count((days) => days !== null && days > 20)],
    ['plan', 1, count((_, plan) => plan === 'basic')],
    ['plan', 2, count((_, plan) => plan !== 'basic')],
  ].filter(([, , n]) => n !== 0);
  const bins = () =>
    db.rows<Record<'feature' | 'bin' | 'customers', unknown>>(
      'select feature, bin, customers from churn_run_bins order by feature, bin',
    );
  const counted = await bins();
  expect(counted.map(({ feature, bin, customers: n }) => [feature, bin, n])).toEqual(expected);
  expect(expected.length).toBeGreaterThanOrEqual(4);

  // Removed predictions are scored and counted again.
  await db.rows('delete from churn_predictions');
  await db.rows('update churn_run_bins set customers = customers + 1');
  await scoreAll(db.url, { folder, chunk: 100, workers: 1, log: () => undefined });
  expect(await bins()).toEqual(counted);
});

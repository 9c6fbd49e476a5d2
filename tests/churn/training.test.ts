/** @jest-environment ./ml-service/test-support/environment.mjs */
import { mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { encodeRows } from '@fair-underwriting/ml-service/src/data/encoding.ts';
import { predict } from '@fair-underwriting/ml-service/src/model/calibrated-model.ts';
import { loadModel } from '@fair-underwriting/ml-service/src/model/files.ts';
import { compete } from '@fair-underwriting/ml-service/src/pipeline/compete.ts';
import { readDataset } from '@fair-underwriting/ml-service/src/pipeline/dataset.ts';
import { trainFromDatabase, type TrainingResult } from '@fair-underwriting/ml-service/src/pipeline/train.ts';
import { listModels, servingVersion } from '@fair-underwriting/ml-service/src/registry/registry.ts';
import { addModel } from '../churn-service/model.ts';
import { openDatabase, type ChurnDatabase } from './database.ts';
import { findDrivers, planted } from './drivers.ts';
import { writeLives } from './lives.ts';

jest.setTimeout(300_000);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fua-models-'));
});
afterAll(() => rm(folder, { recursive: true }));

const silent = { seed: 42, withGenotype: false, log: () => undefined };
const train = (db: ChurnDatabase, options: Partial<Parameters<typeof trainFromDatabase>[1]> = {}) =>
  trainFromDatabase(db.client, { folder, ...silent, ...options });

describe('training on the demo', () => {
  let db: ChurnDatabase;
  let first: TrainingResult;
  beforeAll(async () => {
    db = await openDatabase({ customers: 2500, months: 24, seed: 42, end: '2026-06-30' });
    // Somebody's guess: it knows counselling and activity only.
    await addModel(db.url, folder, 'guess');
    first = await train(db);
  });
  afterAll(() => db.stop());

  test('gives a model that beats the base rate and the guess that served, and takes its place', async () => {
    const { card, verdict } = first;
    const [champion, baseRate] = [card.scores['test'], card.comparison['base rate']];
    expect(champion?.rocAuc).toBeGreaterThan(0.75);
    expect(baseRate?.rocAuc).toBe(0.5);
    expect(champion?.brier ?? 1).toBeLessThan((baseRate?.brier ?? 0) * 0.92);
    expect(Object.keys(card.comparison).length).toBe(4);
    expect(verdict.promote).toBe(true);
    expect(verdict.reason).toMatch(/^better than guess on \d+ test rows/);
    expect(await servingVersion(db.client)).toBe(card.version);
  });

  test('leaves the genotype out, and describes the model', async () => {
    const { card, path } = first;
    expect(card.features.map(({ name }) => name)).not.toContain('genotype');
    expect(card.version).toMatch(/^churn-2026-02-28-[0-9a-f]{8}$/);
    expect(new Set(card.slices.map(({ feature }) => feature))).toEqual(
      new Set(['billing_interval', 'plan', 'payer_type', 'genotype']),
    );
    const months = card.slices.find(({ feature, level }) => feature === 'billing_interval' && level === 'month');
    expect(months?.ratio?.estimate).toBeCloseTo((months?.observed ?? 0) / (months?.expected ?? 1), 12);
    expect((await readdir(path)).sort()).toEqual(['calibration.svg', 'card.md', 'model.json', 'model.onnx']);
    expect(await readFile(join(path, 'card.md'), 'utf8')).toContain('2024-07-31 to 2026-02-28');
    expect(await readFile(join(path, 'calibration.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  test('gives the same bytes for the same data and seed', async () => {
    const again = await train(db);
    expect(again).toMatchObject({ existed: true, served: true, card: { version: first.card.version } });
    const elsewhere = await mkdtemp(join(tmpdir(), 'fua-models-'));
    const copy = await train(db, { folder: elsewhere });
    expect(copy.existed).toBe(false);
    expect((await loadModel(copy.path)).onnx).toEqual((await loadModel(first.path)).onnx);
    await rm(elsewhere, { recursive: true });
  });

  test('does not promote a model that is not certainly better', async () => {
    const { card, verdict } = await train(db, { seed: 7 });
    expect(card.version).not.toBe(first.card.version);
    expect(verdict.promote).toBe(false);
    expect(verdict.reason).toContain(`not certainly better than ${first.card.version}`);
    expect(await servingVersion(db.client)).toBe(first.card.version);
    expect((await listModels(db.client)).map(({ version }) => version)).toContain(card.version);
  });

  test('uses the genotype when told to, and is so much better for it that it serves', async () => {
    const { card, verdict } = await train(db, { withGenotype: true });
    expect(verdict.promote).toBe(true);
    expect(card.features.at(-1)).toMatchObject({ name: 'genotype', levels: ['MM', 'MS', 'MZ', 'SS', 'SZ', 'ZZ'] });
    expect(card.scores['validation']?.brier ?? 1).toBeLessThan(first.card.scores['validation']?.brier ?? 0);
  });

  test('finds what the demo makes customers leave for', async () => {
    const dataset = await readDataset(db.client);
    const { champion, encoding, test: part } = await compete(dataset, { seed: 42, withGenotype: true });
    const rows = Array.from(part.rows, (row) => dataset.rows[row] ?? {});
    const drivers = findDrivers(champion.model.model, encoding, rows);
    const found = drivers.filter(({ difference }) => difference > 0).map(({ feature }) => feature);
    // Support tickets weigh too little to show among so few customers.
    const strong = planted.map(({ feature }) => feature).filter((feature) => feature !== 'tickets_60d');
    expect(found).toEqual(expect.arrayContaining(strong));
    // An MZ carrier without counselling and without the app, and the same with both.
    const [row] = rows.filter(({ genotype }) => genotype === 'MZ');
    const alone = { ...row, counseling_attended: false, counseling_satisfaction: null, app_downloaded: false };
    const cared = { ...alone, counseling_attended: true, app_downloaded: true };
    const [more, less] = predict(champion.model, encodeRows(encoding, [alone, cared]));
    expect(more).toBeGreaterThan(1.5 * (less ?? 1));
  });

  test('reads a share of the customers where there are too many, always the same', async () => {
    const all = await readDataset(db.client);
    expect(all.share).toBe(1);
    const mostRows = Math.round(all.rows.length / 3);
    const some = await readDataset(db.client, { mostRows });
    // A few subscriptions are under notice, so that the share is a little smaller than a third.
    expect(some.rows.length).toBeGreaterThan(0.7 * mostRows);
    expect(some.rows.length).toBeLessThan(1.2 * mostRows);
    const rows = new Set(all.rows.map((row) => JSON.stringify(row)));
    expect(some.rows.every((row) => rows.has(JSON.stringify(row)))).toBe(true);
    expect((await readDataset(db.client, { mostRows })).rows).toEqual(some.rows);
  });

  test('leaves nothing behind when it is stopped', async () => {
    const before = [await readdir(folder), await listModels(db.client)];
    const stopping = new AbortController();
    const log = (line: string) => {
      if (line.startsWith('training forest')) stopping.abort(new Error('stopped'));
    };
    await expect(train(db, { seed: 8, signal: stopping.signal, log })).rejects.toThrow('stopped');
    expect([await readdir(folder), await listModels(db.client)]).toEqual(before);
  });

  test('restores a model whose files are damaged', async () => {
    const path = join(folder, (await servingVersion(db.client)) ?? '');
    const { onnx } = await loadModel(path);
    await truncate(join(path, 'model.onnx'), 100);
    const lines: string[] = [];
    const again = await train(db, { withGenotype: true, log: (line) => lines.push(line) });
    expect(lines).toContainEqual(expect.stringMatching(/cannot be compared with: .*model\.onnx is truncated/));
    expect(again).toMatchObject({ existed: false, path, verdict: { promote: true } });
    expect(again.verdict.reason).toContain('better than the base rate');
    expect((await loadModel(path)).onnx).toEqual(onnx);
  });
});

describe('training on too little', () => {
  let db: ChurnDatabase;
  beforeAll(async () => {
    db = await openDatabase();
    await db.rows(`update reporting.settings set as_of = '2025-06-30T23:59:59.999999Z'`);
  });
  afterAll(() => db.stop());

  test('says that there is nothing', async () => {
    await expect(train(db)).rejects.toThrow('There is nothing to train on: no subscriber at the end of any month');
  });

  test('says that the history is too short', async () => {
    await writeLives(db, [[{ starts: -200 }], [{ starts: -200, ends: -20 }]]);
    await expect(train(db)).rejects.toThrow(/^3 months with certain outcomes are too few .* 14 months/);
  });

  test('says that nobody churned', async () => {
    await db.rows('truncate customers cascade');
    await writeLives(db, [[{ starts: -700 }], [{ starts: -700 }]]);
    await expect(train(db)).rejects.toThrow(/The training part has \d+ rows, of which none churned/);
  });
});

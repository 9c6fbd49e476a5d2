/** @jest-environment ./ml-service/test-support/environment.mjs */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { synthesize } from '../../test-support/synthetic.ts';
import { predict, type CalibratedModel } from '../model/calibrated-model.ts';
import { writeOnnx } from '../model/onnx-graph.ts';
import { stratifiedFolds } from '../evaluation/folds.ts';
import { trainCrossFitted } from '../training/train.ts';
import { ScoringPool } from './pool.ts';
import { Scorer } from './session.ts';

// A busy machine must not fail them.
jest.setTimeout(120_000);

const data = synthesize({ rows: 25_003, columns: 6, seed: 1, missing: 0.05 });

describe('scoring', () => {
  let model: CalibratedModel;
  let pool: ScoringPool;
  beforeAll(async () => {
    const training = synthesize({ rows: 500, columns: 6, seed: 2 });
    const foldOf = stratifiedFolds(training.labels, 3, 42);
    model = await trainCrossFitted({ kind: 'boosting', options: { trees: 10 } }, training, { foldOf });
    pool = new ScoringPool(writeOnnx(model), 6, 2);
  });
  afterAll(() => pool.close());

  test('on workers gives every row its own probability, in order', async () => {
    const scores = await pool.score(data.features.values);
    const expected = predict(model, data.features);
    expect(scores).toHaveLength(25_003);
    expect(Math.max(...scores.map((score, row) => Math.abs(score - expected[row])))).toBeLessThan(1e-6);
  });

  test('leaves the caller the values', async () => {
    const values = data.features.values.slice(0, 600);
    await pool.score(values);
    expect(values).toEqual(data.features.values.subarray(0, 600));
  });

  test('of no rows is nothing', async () => {
    expect(await pool.score(new Float32Array(0))).toHaveLength(0);
  });

  test('refuses a part of a row', async () => {
    await expect(pool.score(new Float32Array(7))).rejects.toThrow('no whole rows of 6');
    const scorer = await Scorer.create(writeOnnx(model), 6);
    await expect(scorer.score(new Float32Array(7))).rejects.toThrow('no whole rows of 6');
    expect(await scorer.score(new Float32Array(0))).toHaveLength(0);
    await scorer.close();
  });

  test('stops when aborted', async () => {
    await expect(pool.score(data.features.values, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  test('refuses what is no model', async () => {
    await expect(Scorer.create(new Uint8Array(10), 6)).rejects.toThrow();
  });
});

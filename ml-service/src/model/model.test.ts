/** @jest-environment ./ml-service/test-support/environment.mjs */
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { synthesize } from '../../test-support/synthetic.ts';
import { encodingOf } from '../data/encoding.ts';
import { scoresOf } from '../evaluation/scores.ts';
import { calibrateModel, trainModel, type CalibrationMethod, type Recipe } from '../training/train.ts';
import { predict, type CalibratedModel } from './calibrated-model.ts';
import type { ModelCard } from './card.ts';
import { loadModel, ModelFileError, saveModel } from './files.ts';
import { hashData } from './hash.ts';
import { writeOnnx } from './onnx-graph.ts';
import { readOnnx } from './onnx-read.ts';
import { checkParity, ParityError } from './parity.ts';

// A busy machine must not fail them.
jest.setTimeout(120_000);

const data = synthesize({ rows: 1500, columns: 7, seed: 1, missing: 0.1 });
const later = synthesize({ rows: 1500, columns: 7, seed: 2, missing: 0.1 });

const recipes = {
  forest: { kind: 'forest', options: { trees: 20 } },
  boosting: { kind: 'boosting', options: { trees: 30 } },
  'boosted logistic': { kind: 'boosting', options: { trees: 30, start: 'logistic regression' } },
  logistic: { kind: 'logistic' },
} as const satisfies Record<string, Recipe>;
type Name = keyof typeof recipes;
const names = Object.keys(recipes) as Name[];

async function train(kind: Name, method: CalibrationMethod = 'platt'): Promise<CalibratedModel> {
  return calibrateModel(await trainModel(recipes[kind], data), later, method);
}

function cardOf(model: CalibratedModel, version = 'v1'): ModelCard {
  return {
    version,
    kind: model.model.kind,
    createdAt: '2026-01-31T00:00:00Z',
    features: encodingOf(data.features.names.map((name) => ({ name, kind: 'number', levels: [] }))).features,
    columns: data.features.names,
    calibration: model.calibrator.kind,
    options: {},
    seed: 42,
    dataHash: hashData(data),
    trainingRows: data.labels.length,
    testFrom: '2025-10-31',
    scores: { validation: scoresOf(later.labels, predict(model, later.features)) },
    comparison: {},
    slices: [],
    calibrationPlot: [],
    notes: [],
  };
}

describe('ONNX', () => {
  test.each(names.flatMap((kind) => [[kind, 'platt'] as const, [kind, 'isotonic'] as const]))(
    'scores a %s with %s calibration as the trainer does',
    async (kind, method) => {
      const model = await train(kind, method);
      const parity = await checkParity(model, writeOnnx(model), later.features);
      expect(parity.rows).toBeGreaterThan(1500);
      expect(parity.largestDifference).toBeLessThan(1e-7);
    },
  );

  test.each(names.flatMap((kind) => [[kind, 'platt'] as const, [kind, 'isotonic'] as const]))(
    'gives a %s with %s calibration back, to the bit',
    async (kind, method) => {
      const model = await train(kind, method);
      expect(readOnnx(writeOnnx(model))).toEqual(model);
    },
  );

  test('is the same bytes for the same seed', async () => {
    const [first, second] = await Promise.all([train('forest'), train('forest')]);
    expect(writeOnnx(first)).toEqual(writeOnnx(second));
  });

  test('holds trees without a split', async () => {
    const constant = {
      features: { ...data.features, values: new Float32Array(data.features.values.length) },
      labels: data.labels,
    };
    const model = calibrateModel(await trainModel(recipes.forest, constant), constant);
    expect((await checkParity(model, writeOnnx(model), constant.features)).largestDifference).toBeLessThan(1e-7);
  });

  test('refuses a graph that scores otherwise', async () => {
    const model = await train('boosting');
    const other = { ...model, calibrator: { kind: 'platt', slope: 1, intercept: 0.001 } } as const;
    await expect(checkParity(model, writeOnnx(other), later.features)).rejects.toThrow(ParityError);
  });

  test('the trainer refuses columns of another order', async () => {
    const names = [...later.features.names].reverse();
    const model = await train('logistic');
    expect(() => predict(model, { ...later.features, names })).toThrow('The model expects the columns x0, x1');
  });
});

describe('model folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'models-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function saved(): Promise<{ path: string; model: CalibratedModel }> {
    const model = await train('forest');
    return { path: await saveModel(folder, model, cardOf(model), later.features), model };
  }

  test('holds the model and its card', async () => {
    const { path, model } = await saved();
    const loaded = await loadModel(path);
    expect(loaded.model).toEqual(model);
    expect(loaded.card).toEqual(cardOf(model));
    expect(predict(loaded.model, later.features)).toEqual(predict(model, later.features));
    expect(await readdir(folder)).toEqual(['v1']);
  });

  test('holds the documents that come with it', async () => {
    const model = await train('logistic');
    const path = await saveModel(folder, model, cardOf(model), later.features, { 'card.md': '# v1' });
    expect((await readdir(path)).sort()).toEqual(['card.md', 'model.json', 'model.onnx']);
    expect(await readFile(join(path, 'card.md'), 'utf8')).toBe('# v1');
  });

  test('is never overwritten and never half there', async () => {
    const { path, model } = await saved();
    const before = await readFile(join(path, 'model.json'), 'utf8');
    await expect(saveModel(folder, model, cardOf(model), later.features)).rejects.toThrow('exists already');
    expect(await readFile(join(path, 'model.json'), 'utf8')).toBe(before);
    expect(await readdir(folder)).toEqual(['v1']);
  });

  test('has a plain name', async () => {
    const model = await train('logistic');
    await expect(saveModel(folder, model, cardOf(model, '../v1'), later.features)).rejects.toThrow(ModelFileError);
  });

  test.each([
    ['a truncated model', 'model.onnx is truncated', (path: string) => truncate(join(path, 'model.onnx'), 1000)],
    ['a missing model', 'model.onnx is missing', (path: string) => rm(join(path, 'model.onnx'))],
    ['a changed model', 'model.onnx is corrupt', (path: string) => flipByte(join(path, 'model.onnx'))],
    ['a missing card', 'model.json is missing', (path: string) => rm(join(path, 'model.json'))],
    [
      'a truncated card',
      'model.json is truncated or corrupt',
      (path: string) => truncate(join(path, 'model.json'), 100),
    ],
    ['a card that is no card', 'model.json has format', (path: string) => writeFile(join(path, 'model.json'), '{}')],
    [
      'a changed card',
      'model.json is corrupt',
      (path: string) => replace(join(path, 'model.json'), '"seed": 42', '"seed": 43'),
    ],
  ])('refuses %s', async (_, message, harm) => {
    const { path } = await saved();
    await harm(path);
    await expect(loadModel(path)).rejects.toThrow(ModelFileError);
    await expect(loadModel(path)).rejects.toThrow(message);
  });
});

async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[bytes.length >> 1] ^= 1;
  await writeFile(file, bytes);
}

async function replace(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

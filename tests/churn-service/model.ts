import { encodingOf, type EncodedFeature, type Encoding } from '@fair-underwriting/ml-service/src/data/encoding.ts';
import { scoresOf } from '@fair-underwriting/ml-service/src/evaluation/scores.ts';
import type { CalibratedModel } from '@fair-underwriting/ml-service/src/model/calibrated-model.ts';
import { loadModel, saveModel } from '@fair-underwriting/ml-service/src/model/files.ts';
import { sha256 } from '@fair-underwriting/ml-service/src/model/hash.ts';
import { promoteModel, registerModel } from '@fair-underwriting/ml-service/src/registry/registry.ts';
import type { Tree } from '@fair-underwriting/ml-service/src/training/tree.ts';
import pg from 'pg';

const features: EncodedFeature[] = [
  { name: 'counseling_attended', kind: 'boolean', levels: [] },
  { name: 'days_since_last_activity', kind: 'number', levels: [] },
  { name: 'plan', kind: 'category', levels: ['basic', 'plus'] },
];
const genotype: EncodedFeature = { name: 'genotype', kind: 'category', levels: ['MM', 'MZ'] };

export interface StumpModelOptions {
  usesGenotype?: boolean;
  /** Added to every log-odds. */
  base?: number;
}

/**
 * A model whose answers can be worked out by hand: log-odds `base`, + or - 1.5 without or with counselling, - or + 0.5
 * for activity within 30 days or not (never: + 0.5), and with genotype + or - 0.25 for MZ or not. Covers are even, so
 * that these are the SHAP values as well.
 */
export function stumpModel({ usesGenotype = false, base = 0 }: StumpModelOptions) {
  const encoding = encodingOf(usesGenotype ? [...features, genotype] : features);
  const trees = [
    stump(encoding.columns.indexOf('counseling_attended'), 0.5, [1.5, -1.5]),
    stump(encoding.columns.indexOf('days_since_last_activity'), 30, [-0.5, 0.5]),
  ];
  if (usesGenotype) trees.push(stump(encoding.columns.indexOf('genotype=MZ'), 0.5, [-0.25, 0.25]));
  return {
    encoding,
    model: {
      features: encoding.columns,
      model: { kind: 'boosting' as const, base, trees },
      calibrator: { kind: 'platt' as const, slope: 1, intercept: 0 },
    },
  };
}

/** Missing values go right. */
function stump(feature: number, threshold: number, [low, high]: [number, number]): Tree {
  return {
    feature: Int32Array.of(feature, -1, -1),
    threshold: Float32Array.of(threshold, 0, 0),
    left: Int32Array.of(1, 0, 0),
    right: Int32Array.of(2, 0, 0),
    missingLeft: Uint8Array.of(0, 0, 0),
    value: Float64Array.of(0, low, high),
    cover: Float64Array.of(100, 50, 50),
  };
}

/** Saves such a model and lets it serve. */
export function addModel(
  databaseUrl: string,
  folder: string,
  version: string,
  options: StumpModelOptions = {},
): Promise<string> {
  return promote(databaseUrl, folder, version, stumpModel(options));
}

/** Saves a model, enters it into the registry and lets it serve. */
export async function promote(
  databaseUrl: string,
  folder: string,
  version: string,
  { encoding, model }: { encoding: Encoding; model: CalibratedModel },
): Promise<string> {
  const scores = scoresOf(Uint8Array.of(0, 1), Float64Array.of(0.2, 0.7));
  const path = await saveModel(
    folder,
    model,
    {
      version,
      kind: model.model.kind,
      createdAt: '2026-11-01T00:00:00Z',
      features: encoding.features,
      columns: encoding.columns,
      calibration: 'platt',
      options: {},
      seed: 1,
      dataHash: sha256(''),
      trainingRows: 100,
      testFrom: '2025-11-30',
      scores: { test: scores },
      comparison: {},
      slices: [],
      calibrationPlot: [],
      notes: [],
    },
    { names: encoding.columns, rows: 0, values: new Float32Array(0) },
  );
  const { onnx } = await loadModel(path);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await registerModel(client, {
      version,
      kind: model.model.kind,
      usesGenotype: encoding.features.some(({ name }) => name === 'genotype'),
      firstSnapshot: '2026-01-31',
      lastSnapshot: '2026-06-30',
      trainingRows: 100,
      test: scores,
      fileSha256: sha256(onnx),
    });
    await promoteModel(client, version, 'for a test', () => Promise.resolve());
  } finally {
    await client.end();
  }
  return path;
}

import { TreeExplainer } from '../src/explain/tree-shap.ts';
import type { LabelledData } from '../src/data/matrix.ts';
import { rocAuc } from '../src/evaluation/scores.ts';
import { quantile } from '../src/evaluation/bootstrap.ts';
import type { CalibratedModel } from '../src/model/calibrated-model.ts';
import { marginsOf, type MarginModel, type TreeEnsemble } from '../src/model/margin-model.ts';
import { ScoringPool } from '../src/scoring/pool.ts';
import { Scorer } from '../src/scoring/session.ts';

/** Seconds by the clock and on the processor; the latter counts where other programs share the machine. */
export interface Duration {
  readonly wall: number;
  readonly cpu: number;
}

export async function clock<T>(work: () => T | Promise<T>): Promise<{ result: T; duration: Duration }> {
  const wall = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, duration: { wall: (performance.now() - wall) / 1e3, cpu: (user + system) / 1e6 } };
}

/** Trains and ranks the test rows. */
export async function timeTraining<T extends MarginModel>(train: () => Promise<T>, test: LabelledData) {
  const { result, duration } = await clock(train);
  return { model: result, ...duration, auc: rocAuc(test.labels, marginsOf(result, test.features)) ?? NaN };
}

/** Rows per second of the pool; the first batch, in which the workers load the model, does not count. */
export async function timeBatch(onnx: Uint8Array, data: LabelledData, workers: number) {
  const pool = new ScoringPool(onnx, data.features.names.length, workers);
  try {
    await pool.score(data.features.values);
    const { duration } = await clock(() => pool.score(data.features.values));
    return { rowsPerSecond: data.labels.length / duration.wall, rowsPerCpuSecond: data.labels.length / duration.cpu };
  } finally {
    await pool.close();
  }
}

/** Microseconds of single rows on the main thread: median and 99th percentile. */
export async function timeSingleRows(onnx: Uint8Array, data: LabelledData, count: number) {
  const width = data.features.names.length;
  const scorer = await Scorer.create(onnx, width);
  const times: number[] = [];
  for (let i = 0; i < count + 200; i++) {
    const row = i % data.labels.length;
    const start = performance.now();
    await scorer.score(data.features.values.slice(row * width, (row + 1) * width));
    if (i >= 200) times.push((performance.now() - start) * 1e3);
  }
  await scorer.close();
  times.sort((a, b) => a - b);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** Seconds for each row of exact TreeSHAP, row after row as a service would, and many together as the nightly scoring. */
export async function timeExplaining(
  model: TreeEnsemble,
  data: LabelledData,
  rows: number,
): Promise<{ single: Duration; together: Duration }> {
  const width = data.features.names.length;
  const explainer = new TreeExplainer(model, width);
  const values = (first: number) => data.features.values.subarray(first * width, (first + rows) * width);
  const one = (first: number) => {
    for (let r = first; r < first + rows; r++) explainer.explain(data.features.values, r * width);
  };
  one(0);
  explainer.explainAll(values(0));
  const [single, together] = [await clock(() => one(rows)), await clock(() => explainer.explainAll(values(rows)))].map(
    ({ duration: { wall, cpu } }) => ({ wall: wall / rows, cpu: cpu / rows }),
  );
  return { single, together };
}

/** Where the probabilities come from when nothing is calibrated. */
export function uncalibrated(model: TreeEnsemble, data: LabelledData): CalibratedModel {
  return { features: data.features.names, model, calibrator: { kind: 'platt', slope: 1, intercept: 0 } };
}

import { fitIsotonic } from '../calibration/isotonic.ts';
import { fitPlatt } from '../calibration/platt.ts';
import { calibrate, type Calibrator } from '../calibration/calibrator.ts';
import { takeRows, type LabelledData } from '../data/matrix.ts';
import { splitFold } from '../evaluation/folds.ts';
import type { CalibratedModel } from '../model/calibrated-model.ts';
import { marginsOf, type MarginModel } from '../model/margin-model.ts';
import { trainBoosting, type BoostingOptions } from './boosting.ts';
import { trainForest, type ForestOptions } from './forest.ts';
import type { Interruption } from './interruption.ts';
import { trainLogistic, type LogisticOptions } from './logistic.ts';

/** What to train. */
export type Recipe =
  | { readonly kind: 'forest'; readonly options?: Partial<ForestOptions> }
  | { readonly kind: 'boosting'; readonly options?: Partial<BoostingOptions> }
  | { readonly kind: 'logistic'; readonly options?: Partial<LogisticOptions> };

export type CalibrationMethod = Calibrator['kind'];

/**
 * Trains an uncalibrated model.
 * @throws {DataError} where the data cannot be trained on.
 */
export function trainModel(recipe: Recipe, data: LabelledData, interruption: Interruption = {}): Promise<MarginModel> {
  if (recipe.kind === 'forest') return trainForest(data, recipe.options, interruption);
  if (recipe.kind === 'boosting') return trainBoosting(data, recipe.options, interruption);
  return trainLogistic(data, recipe.options, interruption);
}

/** Calibrates a model on rows that it has not been trained on. */
export function calibrateModel(
  model: MarginModel,
  data: LabelledData,
  method: CalibrationMethod = 'platt',
): CalibratedModel {
  return {
    features: data.features.names,
    model,
    calibrator: fitCalibrator(method, model.kind, marginsOf(model, data.features), data.labels),
  };
}

function fitCalibrator(
  method: CalibrationMethod,
  kind: MarginModel['kind'],
  margins: Float64Array,
  labels: Uint8Array,
): Calibrator {
  return method === 'platt' ? fitPlatt(kind, margins, labels) : fitIsotonic(margins, labels);
}

export interface CrossFitOptions {
  /** Fold of each row. */
  readonly foldOf: Uint8Array;
  /** Rows whose margins the calibration is fitted to; all where it is left out. */
  readonly calibratedOn?: Int32Array;
  /** Out-of-fold margins of the recipe, where they are known already. */
  readonly margins?: Float64Array | undefined;
  readonly method?: CalibrationMethod;
}

/** Trains on all rows and calibrates on out-of-fold margins, so that no row calibrates a model that has seen it. */
export async function trainCrossFitted(
  recipe: Recipe,
  data: LabelledData,
  { foldOf, calibratedOn, margins: known, method = 'platt' }: CrossFitOptions,
  interruption: Interruption = {},
): Promise<CalibratedModel> {
  const margins =
    known ??
    (await outOfFold(data, foldOf, async (part, held) =>
      marginsOf(await trainModel(recipe, part, { signal: interruption.signal }), held.features),
    ));
  const model = await trainModel(recipe, data, interruption);
  const rows = calibratedOn ?? Int32Array.from(foldOf.keys());
  const calibrator = fitCalibrator(
    method,
    model.kind,
    Float64Array.from(rows, (row) => margins[row]),
    Uint8Array.from(rows, (row) => data.labels[row]),
  );
  return { features: data.features.names, model, calibrator };
}

/** Probabilities of margins, those of each fold calibrated on the others. */
export function crossCalibrate(
  kind: MarginModel['kind'],
  margins: Float64Array,
  labels: Uint8Array,
  foldOf: Uint8Array,
): Float64Array {
  const probabilities = new Float64Array(margins.length);
  for (const fold of new Set(foldOf)) {
    const { outside, inside } = splitFold(foldOf, fold);
    const calibrator = fitPlatt(
      kind,
      Float64Array.from(outside, (row) => margins[row]),
      Uint8Array.from(outside, (row) => labels[row]),
    );
    const held = calibrate(
      kind,
      calibrator,
      Float64Array.from(inside, (row) => margins[row]),
    );
    inside.forEach((row, i) => (probabilities[row] = held[i]));
  }
  return probabilities;
}

/** Predicts every row by a model fitted without the row's fold. */
export async function outOfFold(
  data: LabelledData,
  foldOf: Uint8Array,
  fitAndPredict: (training: LabelledData, held: LabelledData) => Promise<Float64Array>,
): Promise<Float64Array> {
  const predictions = new Float64Array(data.labels.length);
  for (const fold of new Set([...foldOf].sort((a, b) => a - b))) {
    const { outside, inside } = splitFold(foldOf, fold);
    const held = await fitAndPredict(takeRows(data, outside), takeRows(data, inside));
    inside.forEach((row, i) => (predictions[row] = held[i]));
  }
  return predictions;
}

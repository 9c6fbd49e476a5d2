import { fitIsotonic } from '../calibration/isotonic.ts';
import { fitPlatt } from '../calibration/platt.ts';
import type { Calibrator } from '../calibration/calibrator.ts';
import { takeRows, type LabelledData } from '../data/matrix.ts';
import { splitFold, stratifiedFolds } from '../evaluation/folds.ts';
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
 * Trains an uncalibrated model. Validation data end the boosting early; the others do without.
 * @throws {DataError} where the data cannot be trained on.
 */
export function trainModel(
  recipe: Recipe,
  data: LabelledData,
  validation: LabelledData | null = null,
  interruption: Interruption = {},
): Promise<MarginModel> {
  if (recipe.kind === 'forest') return trainForest(data, recipe.options, interruption);
  if (recipe.kind === 'boosting') return trainBoosting(data, recipe.options, validation, interruption);
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
  readonly folds: number;
  readonly seed: number;
  readonly method: CalibrationMethod;
}

export const crossFitDefaults: CrossFitOptions = { folds: 5, seed: 42, method: 'platt' };

/**
 * Trains on all rows and calibrates on out-of-fold margins, so that no row calibrates a model that has seen it: for data
 * without a time order. With one, calibrate on a later validation part instead.
 */
export async function trainCrossFitted(
  recipe: Recipe,
  data: LabelledData,
  options: Partial<CrossFitOptions> = {},
  interruption: Interruption = {},
): Promise<CalibratedModel> {
  const { folds, seed, method } = { ...crossFitDefaults, ...options };
  const margins = await outOfFold(data, stratifiedFolds(data.labels, folds, seed), async (part, held) =>
    marginsOf(await trainModel(recipe, part, null, { signal: interruption.signal }), held.features),
  );
  const model = await trainModel(recipe, data, null, interruption);
  return { features: data.features.names, model, calibrator: fitCalibrator(method, model.kind, margins, data.labels) };
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

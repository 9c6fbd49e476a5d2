import { calibrate, type Calibrator } from '../calibration/calibrator.ts';
import { DataError, type FeatureMatrix } from '../data/matrix.ts';
import { marginsOf, type MarginModel } from './margin-model.ts';

/** A model that gives probabilities. */
export interface CalibratedModel {
  /** Names of the feature columns, in order. */
  readonly features: readonly string[];
  readonly model: MarginModel;
  readonly calibrator: Calibrator;
}

/**
 * The calibrated probability of every row, computed by the trainer's own code.
 * @throws {DataError} where the columns are not those of the model.
 */
export function predict({ features, model, calibrator }: CalibratedModel, matrix: FeatureMatrix): Float64Array {
  if (matrix.names.length !== features.length || matrix.names.some((name, i) => name !== features[i])) {
    throw new DataError(`The model expects the columns ${features.join(', ')}; given are ${matrix.names.join(', ')}.`);
  }
  return calibrate(model.kind, calibrator, marginsOf(model, matrix));
}

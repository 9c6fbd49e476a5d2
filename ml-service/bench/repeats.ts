import type { LabelledData } from '../src/data/matrix.ts';
import { scorePredictions, type Predictions } from './quality.ts';
import type { Protocol } from './recipes.ts';

/** What one model scored over cross-validations whose folds were dealt anew. */
export interface Repeated {
  readonly rocAuc: Spread;
  readonly brier: Spread;
  readonly calibrationError: Spread;
  /** ROC-AUC of the single folds, the least first. */
  readonly folds: readonly number[];
}

export interface Spread {
  readonly mean: number;
  /** Standard deviation from one dealing to the next. */
  readonly deviation: number;
}

/** @param repeats the protocols with one model's predictions */
export function summarise(
  data: LabelledData,
  repeats: readonly { protocol: Protocol; predictions: Predictions }[],
): Repeated {
  const scores = repeats.map(({ predictions }) => scorePredictions(data, predictions));
  const folds = repeats.flatMap(({ protocol, predictions }) =>
    protocol.evaluated.map((fold) => scorePredictions(data, ofFold(protocol, predictions, fold)).rocAuc ?? NaN),
  );
  return {
    rocAuc: spreadOf(scores.map(({ rocAuc }) => rocAuc ?? NaN)),
    brier: spreadOf(scores.map(({ brier }) => brier ?? NaN)),
    calibrationError: spreadOf(scores.map(({ calibrationError }) => calibrationError.value ?? NaN)),
    folds: folds.sort((a, b) => a - b),
  };
}

function ofFold({ foldOf }: Protocol, { rows, probabilities }: Predictions, fold: number): Predictions {
  const places = Int32Array.from(rows.keys()).filter((i) => foldOf[rows[i]] === fold);
  return { rows: places.map((i) => rows[i]), probabilities: Float64Array.from(places, (i) => probabilities[i]) };
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

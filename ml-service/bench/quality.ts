import { takeRows, type LabelledData } from '../src/data/matrix.ts';
import { splitFold, stratifiedFolds } from '../src/evaluation/folds.ts';
import { calibrationError, scoresOf, type Scores } from '../src/evaluation/scores.ts';
import { predict } from '../src/model/calibrated-model.ts';
import { Random } from '../src/random.ts';
import { trainCrossFitted, type Recipe } from '../src/training/train.ts';
import type { Protocol } from './recipes.ts';

/** Predictions of the evaluated rows, and which rows they are. */
export interface Predictions {
  readonly rows: Int32Array;
  readonly probabilities: Float64Array;
}

/** Trains and calibrates on the other folds, predicts the evaluated ones. */
export async function predictBy(recipe: Recipe, data: LabelledData, protocol: Protocol): Promise<Predictions> {
  const rows: number[] = [];
  const probabilities: number[] = [];
  for (const fold of protocol.evaluated) {
    const { outside, inside } = splitFold(protocol.foldOf, fold);
    const training = takeRows(data, outside);
    const model = await trainCrossFitted(recipe, training, { foldOf: stratifiedFolds(training.labels, 5, 42) });
    rows.push(...inside);
    probabilities.push(...predict(model, takeRows(data, inside).features));
  }
  return { rows: Int32Array.from(rows), probabilities: Float64Array.from(probabilities) };
}

/** Scores of predictions against the labels of their rows. */
export function scorePredictions(data: LabelledData, { rows, probabilities }: Predictions): Scores {
  return scoresOf(
    rows.map((row) => data.labels[row]),
    probabilities,
  );
}

/**
 * Mean calibration error that the same probabilities would have if they were exactly right: what chance alone gives with
 * so few rows, and so the least that can be asked for.
 */
export function calibrationNoise({ probabilities }: Predictions, draws = 200): number {
  const random = Random.stream(42);
  let sum = 0;
  for (let i = 0; i < draws; i++) {
    const labels = Uint8Array.from(probabilities, (probability) => (random.uniform() < probability ? 1 : 0));
    sum += calibrationError(labels, probabilities) ?? 0;
  }
  return sum / draws;
}

import { largestFloat, type FeatureMatrix } from '../data/matrix.ts';
import { Scorer } from '../scoring/session.ts';
import { predict, type CalibratedModel } from './calibrated-model.ts';

/** The largest difference allowed between the trainer's probability and the graph's. */
export const parityTolerance = 1e-6;

/** A graph that scores otherwise than the trainer. */
export class ParityError extends Error {
  override readonly name = 'ParityError';
}

export interface Parity {
  readonly rows: number;
  readonly largestDifference: number;
}

/**
 * Scores the given rows and hard cases (all missing, each feature missing, zeros, extremes) by trainer and graph.
 * @throws {ParityError} where they differ by more than 1e-6.
 */
export async function checkParity(model: CalibratedModel, onnx: Uint8Array, sample: FeatureMatrix): Promise<Parity> {
  const matrix = withHardCases(model.features, sample);
  const expected = predict(model, matrix);
  const scorer = await Scorer.create(onnx, model.features.length);
  try {
    const actual = await scorer.score(matrix.values);
    let largestDifference = 0;
    for (let row = 0; row < matrix.rows; row++) {
      const difference = Math.abs(actual[row] - expected[row]);
      if (!(difference <= parityTolerance)) {
        throw new ParityError(
          `Row ${row} scores ${actual[row]} in the graph and ${expected[row]} in the trainer; the model is not saved.`,
        );
      }
      largestDifference = Math.max(largestDifference, difference);
    }
    return { rows: matrix.rows, largestDifference };
  } finally {
    await scorer.close();
  }
}

function withHardCases(names: readonly string[], sample: FeatureMatrix): FeatureMatrix {
  const width = names.length;
  const first = sample.rows > 0 ? sample.values.slice(0, width) : new Float32Array(width);
  const cases = [NaN, 0, largestFloat, -largestFloat].map((value) => new Float32Array(width).fill(value));
  for (let c = 0; c < width; c++) {
    const row = first.slice();
    row[c] = NaN;
    cases.push(row);
  }
  const values = new Float32Array((sample.rows + cases.length) * width);
  values.set(sample.values);
  cases.forEach((row, i) => values.set(row, (sample.rows + i) * width));
  return { names, rows: sample.rows + cases.length, values };
}

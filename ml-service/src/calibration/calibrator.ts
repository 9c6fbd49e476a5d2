import { logOddsOf, sigmoid, type MarginModel } from '../model/margin-model.ts';

/** probability = sigmoid(slope x log-odds + intercept). */
export interface PlattCalibrator {
  readonly kind: 'platt';
  readonly slope: number;
  readonly intercept: number;
}

/** A rising step function of the margin, kept away from 0 and 1. */
export interface IsotonicCalibrator {
  readonly kind: 'isotonic';
  /** Float32 margins at which the probability steps up; a margin at or above counts. */
  readonly steps: Float64Array;
  /** Probability below the first step and from each step on; one longer than `steps`. */
  readonly probabilities: Float64Array;
}

export type Calibrator = PlattCalibrator | IsotonicCalibrator;

/** Leaves the model's log-odds as they are. */
export const identityCalibrator: PlattCalibrator = { kind: 'platt', slope: 1, intercept: 0 };

/** The calibrated probability of each margin. */
export function calibrate(kind: MarginModel['kind'], calibrator: Calibrator, margins: Float64Array): Float64Array {
  if (calibrator.kind === 'platt') {
    return margins.map((margin) => sigmoid(calibrator.slope * logOddsOf(kind, margin) + calibrator.intercept));
  }
  const { steps, probabilities } = calibrator;
  return margins.map((margin) => probabilities[countReached(steps, margin)]);
}

/** How many steps lie at or below the margin. */
function countReached(steps: Float64Array, margin: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= margin) low = middle + 1;
    else high = middle;
  }
  return low;
}

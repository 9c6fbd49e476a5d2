import { checkLabels, DataError } from '../data/matrix.ts';
import { logOddsOf, sigmoid, type MarginModel } from '../model/margin-model.ts';
import type { PlattCalibrator } from './calibrator.ts';

const maxSteps = 100;
const tolerance = 1e-12;

/**
 * Fits Platt's sigmoid to margins of rows that the model has not been trained on, with his smoothed targets.
 * @throws {DataError} where there is one class only, or the margins do not rise with the events.
 */
export function fitPlatt(kind: MarginModel['kind'], margins: Float64Array, labels: Uint8Array): PlattCalibrator {
  checkLabels(labels, margins.length);
  const logOdds = margins.map((margin) => logOddsOf(kind, margin));
  const targets = smoothedTargets(labels);
  if (logOdds.every((value) => value === logOdds[0])) return constant(targets);
  let line = { slope: 1, intercept: 0 };
  let loss = lossOf(logOdds, targets, line);
  for (let step = 0; step < maxSteps; step++) {
    const next = newtonStep(logOdds, targets, line, loss);
    const gain = loss - next.loss;
    ({ line, loss } = next);
    if (gain <= tolerance * Math.max(1, loss)) break;
  }
  if (line.slope <= 0) {
    throw new DataError('The model ranks these rows no better than chance, so that its scores cannot be calibrated.');
  }
  return { kind: 'platt', ...line };
}

interface Line {
  slope: number;
  intercept: number;
}

function smoothedTargets(labels: Uint8Array): Float64Array {
  const events = labels.reduce((sum, label) => sum + label, 0);
  const others = labels.length - events;
  return Float64Array.from(labels, (label) => (label === 1 ? (events + 1) / (events + 2) : 1 / (others + 2)));
}

/** A model without any difference between rows can only be right on average. */
function constant(targets: Float64Array): PlattCalibrator {
  const share = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  return { kind: 'platt', slope: 0, intercept: Math.log(share / (1 - share)) };
}

function lossOf(logOdds: Float64Array, targets: Float64Array, { slope, intercept }: Line): number {
  let loss = 0;
  for (let i = 0; i < logOdds.length; i++) {
    const z = slope * logOdds[i] + intercept;
    loss += Math.max(z, 0) - z * targets[i] + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return loss;
}

function newtonStep(
  logOdds: Float64Array,
  targets: Float64Array,
  line: Line,
  loss: number,
): { line: Line; loss: number } {
  // The curvature's ridge keeps the step finite where all probabilities are at 0 or 1.
  const sums = { slope: 0, intercept: 0, ss: 1e-12, si: 0, ii: 1e-12 };
  for (let i = 0; i < logOdds.length; i++) {
    const x = logOdds[i];
    const probability = sigmoid(line.slope * x + line.intercept);
    const curvature = probability * (1 - probability);
    sums.slope += (probability - targets[i]) * x;
    sums.intercept += probability - targets[i];
    sums.ss += curvature * x * x;
    sums.si += curvature * x;
    sums.ii += curvature;
  }
  const determinant = sums.ss * sums.ii - sums.si * sums.si;
  const slopeStep = (sums.ii * sums.slope - sums.si * sums.intercept) / determinant;
  const interceptStep = (sums.ss * sums.intercept - sums.si * sums.slope) / determinant;
  for (let share = 1; share > 1e-8; share /= 2) {
    const next = { slope: line.slope - share * slopeStep, intercept: line.intercept - share * interceptStep };
    const nextLoss = lossOf(logOdds, targets, next);
    if (nextLoss <= loss) return { line: next, loss: nextLoss };
  }
  return { line, loss };
}

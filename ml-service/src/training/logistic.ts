import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { isMissing, checkTrainable, DataError, type FeatureMatrix, type LabelledData } from '../data/matrix.ts';
import { sigmoid, type LogisticModel } from '../model/margin-model.ts';
import { Checkpoint, type Interruption } from './interruption.ts';

export interface LogisticOptions {
  /** L2 penalty on the weights of the standardised features; the intercept is free. */
  readonly l2: number;
  /** How many times an event counts; its log is taken off the intercept again, so that probabilities stay right. */
  readonly positiveWeight: number;
}

export const logisticDefaults: LogisticOptions = { l2: 1, positiveWeight: 1 };

const maxSteps = 100;
const tolerance = 1e-10;

/**
 * Fits a logistic regression by Newton's method, halving steps that would raise the loss.
 * @throws {DataError} where the data cannot be trained on or the fit does not converge; RangeError for options out of range.
 */
export async function trainLogistic(
  data: LabelledData,
  options: Partial<LogisticOptions> = {},
  interruption: Interruption = {},
): Promise<LogisticModel> {
  checkTrainable(data);
  const { l2, positiveWeight } = { ...logisticDefaults, ...options };
  if (!(l2 > 0)) throw new RangeError(`l2 must be above 0, not ${l2}.`);
  if (!(positiveWeight > 0)) throw new RangeError(`positiveWeight must be above 0, not ${positiveWeight}.`);
  const { means, deviations, design } = standardise(data.features);
  const checkpoint = new Checkpoint(interruption);
  const problem: Problem = { design, labels: data.labels, width: means.length + 1, l2, positiveWeight };
  let weights: Float64Array = new Float64Array(problem.width);
  let loss = lossOf(problem, weights);
  for (let step = 0; ; step++) {
    if (step === maxSteps)
      throw new DataError(`The logistic regression did not converge in ${maxSteps} steps; raise l2.`);
    const next = newtonStep(problem, weights, loss);
    const gain = loss - next.loss;
    weights = next.weights;
    loss = next.loss;
    await checkpoint.reach({ done: step + 1, total: maxSteps, loss: loss / data.labels.length });
    if (gain <= tolerance * Math.max(1, loss)) break;
  }
  return {
    kind: 'logistic',
    means,
    deviations,
    weights: weights.slice(1),
    intercept: weights[0] - Math.log(positiveWeight),
  };
}

interface Problem {
  /** Row by row: 1, then the standardised features. */
  readonly design: Float64Array;
  readonly labels: Uint8Array;
  readonly width: number;
  readonly l2: number;
  readonly positiveWeight: number;
}

/** Means and standard deviations of the values present; a column without spread gets deviation 1. */
function standardise(features: FeatureMatrix): { means: Float64Array; deviations: Float64Array; design: Float64Array } {
  const columns = features.names.length;
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns).fill(1);
  const design = new Float64Array(features.rows * (columns + 1));
  for (let r = 0; r < features.rows; r++) design[r * (columns + 1)] = 1;
  for (let c = 0; c < columns; c++) {
    const present: number[] = [];
    for (let r = 0; r < features.rows; r++) {
      const value = features.values[r * columns + c];
      if (!isMissing(value)) present.push(value);
    }
    if (present.length === 0) continue;
    const mean = present.reduce((sum, value) => sum + value / present.length, 0);
    const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2 / present.length, 0));
    means[c] = mean;
    if (deviation > Math.abs(mean) * 1e-7) deviations[c] = deviation;
    for (let r = 0; r < features.rows; r++) {
      const value = features.values[r * columns + c];
      design[r * (columns + 1) + c + 1] = isMissing(value) ? 0 : (value - mean) / deviations[c];
    }
  }
  return { means, deviations, design };
}

/** Half the penalty plus the weighted log-loss, summed over rows. */
function lossOf({ design, labels, width, l2, positiveWeight }: Problem, weights: Float64Array): number {
  let loss = 0;
  for (let c = 1; c < width; c++) loss += (l2 / 2) * weights[c] ** 2;
  for (let r = 0; r < labels.length; r++) {
    const margin = marginAt(design, r * width, weights);
    const towards = labels[r] === 1 ? margin : -margin;
    loss += (labels[r] === 1 ? positiveWeight : 1) * (Math.log1p(Math.exp(-Math.abs(towards))) + Math.max(-towards, 0));
  }
  return loss;
}

function marginAt(design: Float64Array, offset: number, weights: Float64Array): number {
  let margin = 0;
  for (let c = 0; c < weights.length; c++) margin += weights[c] * design[offset + c];
  return margin;
}

function newtonStep(problem: Problem, weights: Float64Array, loss: number): { weights: Float64Array; loss: number } {
  const { gradient, hessian } = derivatives(problem, weights);
  const direction = new CholeskyDecomposition(hessian).solve(Matrix.columnVector(gradient)).to1DArray();
  for (let share = 1; share > 1e-6; share /= 2) {
    const candidate = weights.map((weight, c) => weight - share * (direction[c] ?? 0));
    const candidateLoss = lossOf(problem, candidate);
    if (candidateLoss <= loss) return { weights: candidate, loss: candidateLoss };
  }
  return { weights, loss };
}

function derivatives(problem: Problem, weights: Float64Array): { gradient: Float64Array; hessian: Matrix } {
  const { design, labels, width, l2, positiveWeight } = problem;
  const gradient = weights.map((weight, c) => (c === 0 ? 0 : l2 * weight));
  const sums = new Float64Array(width * width);
  for (let r = 0; r < labels.length; r++) {
    const offset = r * width;
    const probability = sigmoid(marginAt(design, offset, weights));
    const rowWeight = labels[r] === 1 ? positiveWeight : 1;
    const curvature = rowWeight * Math.max(probability * (1 - probability), 1e-12);
    for (let i = 0; i < width; i++) {
      const value = design[offset + i];
      gradient[i] += rowWeight * (probability - labels[r]) * value;
      for (let j = 0; j <= i; j++) sums[i * width + j] += curvature * value * design[offset + j];
    }
  }
  const hessian = Matrix.zeros(width, width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      const value = sums[i * width + j] + (i === j && i > 0 ? l2 : 0);
      hessian.set(i, j, value);
      hessian.set(j, i, value);
    }
  }
  return { gradient, hessian };
}

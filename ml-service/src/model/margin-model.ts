import { isMissing, type FeatureMatrix } from '../data/matrix.ts';
import { addTree, type Tree } from '../training/tree.ts';

/**
 * Trees whose values are summed. The margin of a forest is a mean probability, that of boosting a log-odds. Base and
 * values are multiples of one power of two, chosen so that every partial sum is exact in float32: trainer and graph
 * then agree to the bit, in whatever order they add.
 */
export interface TreeEnsemble {
  readonly kind: 'forest' | 'boosting';
  readonly base: number;
  readonly trees: readonly Tree[];
  /** What the trees were boosted from, whose margin adds to theirs, in float64. */
  readonly linear?: LogisticModel;
}

/** Log-odds linear in the standardised features; a missing value counts as the mean. */
export interface LogisticModel {
  readonly kind: 'logistic';
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** For standardised features. */
  readonly weights: Float64Array;
  readonly intercept: number;
}

export type MarginModel = TreeEnsemble | LogisticModel;

/** The uncalibrated margin of every row: a mean probability for a forest, log-odds otherwise. */
export function marginsOf(model: MarginModel, matrix: FeatureMatrix): Float64Array {
  return model.kind === 'logistic' ? linearMargins(model, matrix) : treeMargins(model, matrix);
}

function treeMargins({ base, trees, linear }: TreeEnsemble, matrix: FeatureMatrix): Float64Array {
  const margins = new Float64Array(matrix.rows).fill(base);
  for (const tree of trees) addTree(tree, matrix, margins);
  if (linear === undefined) return margins;
  return linearMargins(linear, matrix).map((margin, row) => margin + margins[row]);
}

function linearMargins(model: LogisticModel, matrix: FeatureMatrix): Float64Array {
  const { means, deviations, weights, intercept } = model;
  const width = weights.length;
  const margins = new Float64Array(matrix.rows);
  for (let r = 0; r < matrix.rows; r++) {
    let margin = intercept;
    for (let c = 0; c < width; c++) {
      const value = matrix.values[r * width + c];
      if (!isMissing(value)) margin += weights[c] * ((value - means[c]) / deviations[c]);
    }
    margins[r] = margin;
  }
  return margins;
}

/** How close to 0 and 1 a probability may come before its log-odds are taken. */
export const probabilityFloor = 1e-6;

export function logit(probability: number): number {
  const clipped = Math.min(Math.max(probability, probabilityFloor), 1 - probabilityFloor);
  return Math.log(clipped / (1 - clipped));
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** The log-odds that a margin stands for. */
export function logOddsOf(kind: MarginModel['kind'], margin: number): number {
  return kind === 'forest' ? logit(margin) : margin;
}

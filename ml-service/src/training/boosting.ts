import { checkLabels, checkMatrix, checkTrainable, type LabelledData } from '../data/matrix.ts';
import { logLoss } from '../evaluation/scores.ts';
import { sigmoid, type TreeEnsemble } from '../model/margin-model.ts';
import { Random } from '../random.ts';
import { binMatrix } from './binning.ts';
import { TreeGrower, type LeafRule } from './grow.ts';
import { Checkpoint, type Interruption } from './interruption.ts';
import { checkOptions } from './options.ts';
import { quantise } from './quantise.ts';
import { addTree, type Tree } from './tree.ts';

export interface BoostingOptions {
  /** Most trees; fewer where early stopping ends them. */
  readonly trees: number;
  readonly maxDepth: number;
  readonly minSplit: number;
  /** Smallest sum of p (1 - p) in a leaf. */
  readonly minLeafWeight: number;
  readonly learningRate: number;
  /** Share of the rows drawn for each tree, without replacement. */
  readonly subsample: number;
  /** Share of the features drawn for each node. */
  readonly featureFraction: number;
  readonly l2: number;
  /** Trees without a better validation loss after which training ends. */
  readonly patience: number;
  /** How many times an event counts; its log is taken off the log-odds again, so that probabilities stay right. */
  readonly positiveWeight: number;
  readonly seed: number;
}

export const boostingDefaults: BoostingOptions = {
  trees: 400,
  maxDepth: 4,
  minSplit: 20,
  minLeafWeight: 1,
  learningRate: 0.05,
  subsample: 0.8,
  featureFraction: 0.5,
  l2: 1,
  patience: 30,
  positiveWeight: 1,
  seed: 42,
};

/**
 * Trains gradient-boosted trees on the logistic loss; the margin is the log-odds. With validation data, training ends
 * when their log-loss no longer falls, and the trees up to its lowest point are kept.
 * @throws {DataError} where the data cannot be trained on, RangeError for options out of range.
 */
export async function trainBoosting(
  data: LabelledData,
  options: Partial<BoostingOptions> = {},
  validation: LabelledData | null = null,
  interruption: Interruption = {},
): Promise<TreeEnsemble> {
  checkTrainable(data);
  const settings = { ...boostingDefaults, ...options };
  checkBoostingOptions(settings);
  const { positiveWeight } = settings;
  const base = startingLogOdds(data.labels, positiveWeight);
  const grower = growerOf(data, settings);
  const stopping =
    validation === null ? null : new EarlyStopping(validation, base - Math.log(positiveWeight), settings.patience);
  const checkpoint = new Checkpoint(interruption);
  const margins = new Float64Array(data.features.rows).fill(base);
  const pairs = new Float64Array(2 * data.features.rows);
  const trees: Tree[] = [];
  for (let t = 0; t < settings.trees; t++) {
    const random = Random.stream(settings.seed, t);
    fillGradients(data.labels, margins, positiveWeight, pairs);
    const tree = grower.grow(drawRows(data.features.rows, settings.subsample, random), pairs, random);
    trees.push(tree);
    addTree(tree, data.features, margins);
    const loss = stopping?.add(tree);
    await checkpoint.reach({ done: t + 1, total: settings.trees, ...(loss === undefined ? {} : { loss }) });
    if (stopping?.isOver === true) break;
  }
  return quantise({
    kind: 'boosting',
    base: base - Math.log(positiveWeight),
    trees: trees.slice(0, stopping?.bestCount ?? trees.length),
  });
}

function checkBoostingOptions(settings: BoostingOptions): void {
  const { trees, maxDepth, minSplit, patience, minLeafWeight, positiveWeight, l2 } = settings;
  const { learningRate, subsample, featureFraction } = settings;
  checkOptions(
    { trees, maxDepth, minSplit, patience },
    { minLeafWeight, positiveWeight },
    { learningRate, subsample, featureFraction },
  );
  if (!Number.isFinite(l2) || l2 < 0) throw new RangeError(`l2 must be a number of at least 0, not ${l2}.`);
}

function growerOf(data: LabelledData, settings: BoostingOptions): TreeGrower {
  const { maxDepth, minSplit, minLeafWeight, l2, learningRate, featureFraction } = settings;
  const featuresPerNode = Math.max(1, Math.round(featureFraction * data.features.names.length));
  const newton: LeafRule = {
    value: ({ gradient, weight }) => (learningRate * gradient) / (weight + l2),
    cover: ({ rows }) => rows,
  };
  return new TreeGrower(
    binMatrix(data.features),
    { maxDepth, minSplit, minLeafWeight, l2, featuresPerNode, stopsWhenPure: false },
    newton,
  );
}

function startingLogOdds(labels: Uint8Array, positiveWeight: number): number {
  let events = 0;
  for (const label of labels) events += label;
  return Math.log((events * positiveWeight) / (labels.length - events));
}

/** Fills (negative gradient, curvature) of the logistic loss for every row. */
function fillGradients(labels: Uint8Array, margins: Float64Array, positiveWeight: number, pairs: Float64Array): void {
  for (let r = 0; r < labels.length; r++) {
    const probability = sigmoid(margins[r]);
    const weight = labels[r] === 1 ? positiveWeight : 1;
    pairs[2 * r] = weight * (labels[r] - probability);
    pairs[2 * r + 1] = weight * Math.max(probability * (1 - probability), 1e-16);
  }
}

function drawRows(count: number, share: number, random: Random): Int32Array {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  if (share === 1) return rows;
  const drawn = Math.max(1, Math.floor(share * count));
  random.drawToFront(rows, drawn);
  return rows.slice(0, drawn).sort();
}

/** Watches the validation loss. */
class EarlyStopping {
  bestCount = 0;
  isOver = false;
  private count = 0;
  private bestLoss: number;
  private readonly margins: Float64Array;

  constructor(
    private readonly validation: LabelledData,
    base: number,
    private readonly patience: number,
  ) {
    checkMatrix(validation.features);
    checkLabels(validation.labels, validation.features.rows);
    this.margins = new Float64Array(validation.features.rows).fill(base);
    this.bestLoss = this.loss();
  }

  /** Takes one more tree in and returns the loss with it. */
  add(tree: Tree): number {
    this.count++;
    addTree(tree, this.validation.features, this.margins);
    const loss = this.loss();
    if (loss < this.bestLoss) {
      this.bestLoss = loss;
      this.bestCount = this.count;
    }
    this.isOver = this.count - this.bestCount >= this.patience;
    return loss;
  }

  private loss(): number {
    return logLoss(this.validation.labels, this.margins.map(sigmoid));
  }
}

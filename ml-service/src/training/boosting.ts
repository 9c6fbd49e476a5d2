import { checkTrainable, type LabelledData } from '../data/matrix.ts';
import { marginsOf, sigmoid, type LogisticModel, type TreeEnsemble } from '../model/margin-model.ts';
import { Random } from '../random.ts';
import { binMatrix } from './binning.ts';
import { TreeGrower, type LeafRule } from './grow.ts';
import { Checkpoint, type Interruption } from './interruption.ts';
import { trainLogistic } from './logistic.ts';
import { checkOptions } from './options.ts';
import { quantise } from './quantise.ts';
import { addTree, type Tree } from './tree.ts';

export interface BoostingOptions {
  /** Where the trees begin: at the base rate, or at a logistic regression, of which they model what it leaves. */
  readonly start: 'base rate' | 'logistic regression';
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
  /** How many times an event counts; its log is taken off the log-odds again, so that probabilities stay right. */
  readonly positiveWeight: number;
  readonly seed: number;
}

export const boostingDefaults: BoostingOptions = {
  start: 'base rate',
  trees: 400,
  maxDepth: 4,
  minSplit: 20,
  minLeafWeight: 1,
  learningRate: 0.05,
  subsample: 0.8,
  featureFraction: 0.5,
  l2: 1,
  positiveWeight: 1,
  seed: 42,
};

/**
 * Trains gradient-boosted trees on the logistic loss; the margin is the log-odds.
 * @throws {DataError} where the data cannot be trained on, RangeError for options out of range.
 */
export async function trainBoosting(
  data: LabelledData,
  options: Partial<BoostingOptions> = {},
  interruption: Interruption = {},
): Promise<TreeEnsemble> {
  const booster = await Booster.start(data, options);
  const checkpoint = new Checkpoint(interruption);
  const trees: Tree[] = [];
  while (trees.length < booster.settings.trees) {
    trees.push(booster.grow());
    await checkpoint.reach({ done: trees.length, total: booster.settings.trees });
  }
  return quantise({ ...booster.untrained, trees });
}

/** Grows one tree after the other. */
export class Booster {
  /** The model without any tree. */
  readonly untrained: TreeEnsemble;
  private readonly grower: TreeGrower;
  /** Of the rows, with the weight of events in them. */
  private readonly margins: Float64Array;
  private readonly pairs: Float64Array;
  private count = 0;

  private constructor(
    private readonly data: LabelledData,
    readonly settings: BoostingOptions,
    linear: LogisticModel | null,
  ) {
    const { positiveWeight } = settings;
    const weighted = Math.log(positiveWeight);
    this.untrained = {
      kind: 'boosting',
      base: linear === null ? startingLogOdds(data.labels, positiveWeight) - weighted : 0,
      trees: [],
      ...(linear === null ? {} : { linear }),
    };
    this.grower = growerOf(data, settings);
    this.margins = marginsOf(this.untrained, data.features).map((margin) => margin + weighted);
    this.pairs = new Float64Array(2 * data.features.rows);
  }

  /** @throws {DataError} where the data cannot be trained on, RangeError for options out of range. */
  static async start(data: LabelledData, options: Partial<BoostingOptions>): Promise<Booster> {
    checkTrainable(data);
    const settings = { ...boostingDefaults, ...options };
    checkBoostingOptions(settings);
    const { start, positiveWeight } = settings;
    const linear = start === 'logistic regression' ? await trainLogistic(data, { positiveWeight }) : null;
    return new Booster(data, settings, linear);
  }

  grow(): Tree {
    const { data, settings, margins, pairs } = this;
    const random = Random.stream(settings.seed, this.count++);
    fillGradients(data.labels, margins, settings.positiveWeight, pairs);
    const tree = this.grower.grow(drawRows(data.features.rows, settings.subsample, random), pairs, random);
    addTree(tree, data.features, margins);
    return tree;
  }
}

function checkBoostingOptions(settings: BoostingOptions): void {
  const { trees, maxDepth, minSplit, minLeafWeight, positiveWeight, l2 } = settings;
  const { learningRate, subsample, featureFraction } = settings;
  checkOptions(
    { trees, maxDepth, minSplit },
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

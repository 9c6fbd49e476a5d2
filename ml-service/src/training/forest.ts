import { checkTrainable, type LabelledData } from '../data/matrix.ts';
import type { TreeEnsemble } from '../model/margin-model.ts';
import { Random } from '../random.ts';
import { binMatrix } from './binning.ts';
import { TreeGrower, type LeafRule } from './grow.ts';
import { Checkpoint, type Interruption } from './interruption.ts';
import { checkOptions } from './options.ts';
import { quantise } from './quantise.ts';
import type { Tree } from './tree.ts';

export interface ForestOptions {
  readonly trees: number;
  readonly maxDepth: number;
  /** Nodes with fewer distinct rows are leaves. */
  readonly minSplit: number;
  /** Fewest drawn rows in a leaf (times `positiveWeight` for events). */
  readonly minLeaf: number;
  /** Features drawn for each node; null for the square root of their number. */
  readonly featuresPerNode: number | null;
  /**
   * How many times an event counts in the search for splits. Leaves hold unweighted shares all the same, so that a rare
   * class can steer the trees without spoiling the probabilities.
   */
  readonly positiveWeight: number;
  readonly seed: number;
}

export const forestDefaults: ForestOptions = {
  trees: 100,
  maxDepth: 10,
  minSplit: 10,
  minLeaf: 1,
  featuresPerNode: null,
  positiveWeight: 1,
  seed: 42,
};

/**
 * Trains a random forest on bootstrap samples; its margin is the mean of the leaves' event shares.
 * @throws {DataError} where the data cannot be trained on, RangeError for options out of range.
 */
export async function trainForest(
  data: LabelledData,
  options: Partial<ForestOptions> = {},
  interruption: Interruption = {},
): Promise<TreeEnsemble> {
  checkTrainable(data);
  const { trees: count, positiveWeight, seed, featuresPerNode, ...rest } = { ...forestDefaults, ...options };
  checkOptions(
    { trees: count, maxDepth: rest.maxDepth, minSplit: rest.minSplit },
    { minLeaf: rest.minLeaf, positiveWeight },
  );
  const width = data.features.names.length;
  const grower = new TreeGrower(
    binMatrix(data.features),
    {
      maxDepth: rest.maxDepth,
      minSplit: rest.minSplit,
      minLeafWeight: rest.minLeaf,
      l2: 0,
      featuresPerNode: featuresPerNode ?? Math.max(1, Math.floor(Math.sqrt(width))),
      stopsWhenPure: true,
    },
    shareRule(positiveWeight, count),
  );
  const checkpoint = new Checkpoint(interruption);
  const sample = new Float64Array(2 * data.features.rows);
  const trees: Tree[] = [];
  for (let t = 0; t < count; t++) {
    const random = Random.stream(seed, t);
    const rows = drawBootstrap(data.labels, positiveWeight, random, sample);
    trees.push(grower.grow(rows, sample, random));
    await checkpoint.reach({ done: t + 1, total: count });
  }
  return quantise({ kind: 'forest', base: 0, trees });
}

/** Undoes the weight of events: a leaf is worth its unweighted share of events, divided among the trees. */
function shareRule(positiveWeight: number, trees: number): LeafRule {
  const cover = (gradient: number, weight: number) => weight - gradient + gradient / positiveWeight;
  return {
    value: ({ gradient, weight }) => gradient / positiveWeight / cover(gradient, weight) / trees,
    cover: ({ gradient, weight }) => Math.round(cover(gradient, weight)),
  };
}

/** Draws as many rows as there are, with replacement; fills (weighted label, weight) and returns the distinct rows. */
function drawBootstrap(labels: Uint8Array, positiveWeight: number, random: Random, sample: Float64Array): Int32Array {
  const count = labels.length;
  const drawn = new Uint16Array(count);
  let distinct = 0;
  for (let i = 0; i < count; i++) {
    const row = random.below(count);
    if (drawn[row]++ === 0) distinct++;
  }
  const rows = new Int32Array(distinct);
  for (let row = 0, next = 0; row < count; row++) {
    if (drawn[row] === 0) continue;
    const weight = labels[row] === 1 ? drawn[row] * positiveWeight : drawn[row];
    sample[2 * row] = labels[row] * weight;
    sample[2 * row + 1] = weight;
    rows[next++] = row;
  }
  return rows;
}

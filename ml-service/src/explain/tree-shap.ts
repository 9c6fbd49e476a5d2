import { DataError } from '../data/matrix.ts';
import type { TreeEnsemble } from '../model/margin-model.ts';
import type { Tree } from '../training/tree.ts';
import { Scratch } from './shap-kernel.ts';
import { TreeWalker } from './tree-walker.ts';

/** Exact path-dependent TreeSHAP: what each column adds to the uncalibrated margin of a row. */
export class TreeExplainer {
  /** Mean margin over the covers: what the contributions are counted from. */
  readonly base: number;
  private readonly walkers: readonly TreeWalker[];

  /** @throws {DataError} where a node has no cover. */
  constructor(
    model: TreeEnsemble,
    private readonly columns: number,
  ) {
    if (model.trees.some((tree) => tree.cover.some((cover) => !(cover > 0)))) {
      throw new DataError('A tree has a node without cover, so that its contributions are undefined.');
    }
    const scratch = new Scratch();
    this.walkers = model.trees.filter((tree) => tree.feature[0] >= 0).map((tree) => new TreeWalker(tree, scratch));
    this.base = model.trees.reduce((sum, tree) => sum + meanValue(tree), model.base);
  }

  /** Contributions of the columns to the margin of the row at `offset`: base + their sum = margin. */
  explain(values: Float32Array, offset = 0): Float64Array {
    const contributions = new Float64Array(this.columns);
    for (const walker of this.walkers) walker.add(values, offset, contributions, 0);
    return contributions;
  }

  /** Those of whole rows, row by row. Tree by tree, so that a tree stays in the cache for all rows. */
  explainAll(values: Float32Array): Float64Array {
    const contributions = new Float64Array(values.length);
    for (const walker of this.walkers) {
      for (let start = 0; start < values.length; start += this.columns) walker.add(values, start, contributions, start);
    }
    return contributions;
  }
}

function meanValue(tree: Tree): number {
  let sum = 0;
  tree.feature.forEach((feature, node) => {
    if (feature < 0) sum += tree.value[node] * (tree.cover[node] / tree.cover[0]);
  });
  return sum;
}

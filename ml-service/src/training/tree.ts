import { isMissing, type FeatureMatrix } from '../data/matrix.ts';

/** A binary decision tree: nodes in preorder, a value goes left where it is not above the float32 threshold. */
export interface Tree {
  /** Feature of the split, or -1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  /** Children; 0 at a leaf. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** What a leaf adds to the margin; a multiple of the ensemble's quantum. */
  readonly value: Float64Array;
  /** Training rows (counted as often as drawn) that reached the node. */
  readonly cover: Float64Array;
}

/** The leaf that the row starting at `offset` of `values` reaches. */
export function leafOf(tree: Tree, values: Float32Array, offset: number): number {
  let node = 0;
  for (;;) {
    const feature = tree.feature[node];
    if (feature < 0) return node;
    const value = values[offset + feature];
    const goesLeft = isMissing(value) ? tree.missingLeft[node] === 1 : value <= tree.threshold[node];
    node = goesLeft ? tree.left[node] : tree.right[node];
  }
}

/** Adds the tree's value for every row to `margins`. */
export function addTree(tree: Tree, matrix: FeatureMatrix, margins: Float64Array): void {
  const width = matrix.names.length;
  for (let r = 0; r < matrix.rows; r++) margins[r] += tree.value[leafOf(tree, matrix.values, r * width)];
}

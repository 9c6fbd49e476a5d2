import type { Tree } from '../training/tree.ts';
import { gaussLegendre } from './quadrature.ts';
import { lanes, ShapKernel, type Scratch } from './shap-kernel.ts';
import { layOutSplits } from './split-layout.ts';

/** TreeSHAP on one tree that has a split. */
export class TreeWalker {
  private readonly kernels: readonly ShapKernel[];

  constructor(tree: Tree, scratch: Scratch) {
    const layout = layOutSplits(tree);
    // n points integrate polynomials up to degree 2n - 1: products of the factors of 2n - 1 other features.
    const count = Math.ceil(layout.distinct / (2 * lanes));
    const { points, weights } = gaussLegendre(count * lanes);
    this.kernels = Array.from({ length: count }, (_, i) => {
      const range = [i * lanes, (i + 1) * lanes] as const;
      return new ShapKernel(tree, layout, points.slice(...range), weights.slice(...range), scratch);
    });
  }

  /** Adds the contributions to the row at `offset` of `values` to those at `target` of `contributions`. */
  add(values: Float32Array, offset: number, contributions: Float64Array, target: number): void {
    for (const kernel of this.kernels) kernel.add(values, offset, contributions, target);
  }
}

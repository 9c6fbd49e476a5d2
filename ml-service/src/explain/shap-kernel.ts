import { isMissing } from '../data/matrix.ts';
import type { Tree } from '../training/tree.ts';
import type { SplitLayout } from './split-layout.ts';

/** Quadrature points that one kernel carries; the loops over them are written out. */
export const lanes = 5;

/** Entries of a table for each edge or split and case. */
const stride = 2 * lanes;

/**
 * The part of TreeSHAP on one tree that five quadrature points stand for.
 *
 * On a path, feature i counts with o = 1 or 0 (whether the row follows all of the path's splits on it) where it is
 * known, and with z (the product of the cover ratios of those splits) where it is not. A leaf's share of i's Shapley
 * value is its value times (o_i - z_i) times the integral over t in [0, 1] of the product of the factors
 * t o_j + (1 - t) z_j of the path's other features: a polynomial in t, which Gauss-Legendre quadrature integrates
 * exactly. Products of factors are carried down the splits for all points at once, sums over leaves are carried up, and
 * each edge adds what it changes against the edge above with the same feature. What depends on the tree alone is
 * tabled beforehand: for each edge if the row follows it and if not, and for the leaves below a split together.
 */
export class ShapKernel {
  private readonly count: number;
  private readonly parent: Int32Array;
  private readonly isLeft: Uint8Array;
  private readonly above: Int32Array;
  private readonly aboveOut: Int32Array;
  private readonly feature: Int32Array;
  private readonly threshold: Float32Array;
  private readonly missingLeft: Uint8Array;
  private readonly leafCount: Uint8Array;
  /** Splits that have a split below, and the root. */
  private readonly inner: Int32Array;
  /** By edge: its z over that of the edge above, for rows that do not follow that one. */
  private readonly share: Float64Array;
  /**
   * By edge and whether the row follows it, for each point what the product is multiplied by, then for each point what
   * the sum below adds to the contribution of the edge's feature: side by side, since they are read together.
   */
  private readonly edges: Float64Array;
  /** By split, for rows that do not follow the edge above with its feature: the sum over its leaves. */
  private readonly coldLeaves: Float64Array;
  /** By split and whether the row goes left, in the same way: the sum over its leaves, and what they add to its feature. */
  private readonly leaves: Float64Array;
  /** Of the row at hand. */
  private readonly goesLeft: Uint8Array;
  private readonly follows: Uint8Array;
  private readonly products: Float64Array;
  private readonly sums: Float64Array;

  constructor(tree: Tree, layout: SplitLayout, points: Float64Array, weights: Float64Array) {
    const { node, above, ratio } = layout;
    this.count = node.length;
    this.parent = Int32Array.from(layout.parent);
    this.isLeft = Uint8Array.from(layout.isLeft, Number);
    this.above = Int32Array.from(above);
    this.aboveOut = Int32Array.from(layout.aboveOut);
    this.feature = Int32Array.from(node, (n) => tree.feature[n]);
    this.threshold = Float32Array.from(node, (n) => tree.threshold[n]);
    this.missingLeft = Uint8Array.from(node, (n) => tree.missingLeft[n]);
    this.share = Float64Array.from(ratio, (value, edge) => value / ratio[above[edge]]);
    this.leafCount = Uint8Array.from(layout.leaves, (leaves) => leaves.length);
    this.inner = Int32Array.from(node.keys()).filter((split) => split === 0 || this.leafCount[split] < 2);
    this.coldLeaves = new Float64Array(this.count);
    const tabled = this.count * 2 * stride;
    this.edges = new Float64Array(tabled);
    this.leaves = new Float64Array(tabled);
    for (let split = 0; split < this.count; split++) this.table(layout, split, points);
    this.goesLeft = new Uint8Array(this.count);
    this.follows = new Uint8Array(this.count).fill(1);
    this.products = new Float64Array(this.count * lanes);
    this.products.set(weights);
    this.sums = new Float64Array(this.count * lanes);
  }

  private table({ ratio, above, aboveOut, leaves }: SplitLayout, split: number, points: Float64Array): void {
    const ratioOut = ratio[aboveOut[split]];
    for (const leaf of leaves[split]) this.coldLeaves[split] += leaf.value * (leaf.ratio / ratioOut);
    for (const isOn of [0, 1]) {
      points.forEach((t, k) => {
        const slot = (2 * split + isOn) * stride + k;
        const edge = edgeTerms(t, ratio[split], ratio[above[split]], isOn === 1);
        this.edges[slot] = edge.step;
        this.edges[slot + lanes] = edge.gain;
        for (const leaf of leaves[split]) {
          const terms = edgeTerms(t, leaf.ratio, ratioOut, (isOn === 1) === leaf.isLeft);
          this.leaves[slot] += leaf.value * terms.step;
          this.leaves[slot + lanes] += leaf.value * terms.step * terms.gain;
        }
      });
    }
  }

  /** Adds this kernel's part of the contributions to the row at `offset` to those at `target`. */
  add(values: Float32Array, offset: number, contributions: Float64Array, target: number): void {
    this.walkDown(values, offset, contributions, target);
    this.walkUp(contributions, target);
  }

  /** Carries the products down; splits above leaves alone are done with here, the others wait for the way up. */
  private walkDown(values: Float32Array, offset: number, contributions: Float64Array, target: number): void {
    const { count, parent, above, aboveOut, feature, follows, goesLeft, leafCount } = this;
    const { products, sums, edges, leaves } = this;
    for (let split = 0; split < count; split++) {
      const at = split * lanes;
      const up = parent[split];
      const from = up * lanes;
      const isOn = follows[above[split]] === 1;
      let p0 = products[from];
      let p1 = products[from + 1];
      let p2 = products[from + 2];
      let p3 = products[from + 3];
      let p4 = products[from + 4];
      let edge = 0;
      if (!isOn) {
        const share = this.share[split];
        p0 *= share;
        p1 *= share;
        p2 *= share;
        p3 *= share;
        p4 *= share;
        follows[split] = 0;
      } else if (split > 0) {
        const isHot = goesLeft[up] === this.isLeft[split] ? 1 : 0;
        follows[split] = isHot;
        edge = (2 * split + isHot) * stride;
        p0 *= edges[edge];
        p1 *= edges[edge + 1];
        p2 *= edges[edge + 2];
        p3 *= edges[edge + 3];
        p4 *= edges[edge + 4];
      }
      const column = feature[split];
      const value = values[offset + column];
      const left = isMissing(value) ? this.missingLeft[split] : value <= this.threshold[split] ? 1 : 0;
      goesLeft[split] = left;
      const leavesHere = leafCount[split];
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let s4 = 0;
      if (leavesHere > 0) {
        if (follows[aboveOut[split]] === 0) {
          const cold = this.coldLeaves[split];
          s0 = p0 * cold;
          s1 = p1 * cold;
          s2 = p2 * cold;
          s3 = p3 * cold;
          s4 = p4 * cold;
        } else {
          const leaf = (2 * split + left) * stride;
          s0 = p0 * leaves[leaf];
          s1 = p1 * leaves[leaf + 1];
          s2 = p2 * leaves[leaf + 2];
          s3 = p3 * leaves[leaf + 3];
          s4 = p4 * leaves[leaf + 4];
          contributions[target + column] +=
            p0 * leaves[leaf + 5] +
            p1 * leaves[leaf + 6] +
            p2 * leaves[leaf + 7] +
            p3 * leaves[leaf + 8] +
            p4 * leaves[leaf + 9];
        }
      }
      if (leavesHere < 2 || split === 0) {
        products[at] = p0;
        products[at + 1] = p1;
        products[at + 2] = p2;
        products[at + 3] = p3;
        products[at + 4] = p4;
        sums[at] = s0;
        sums[at + 1] = s1;
        sums[at + 2] = s2;
        sums[at + 3] = s3;
        sums[at + 4] = s4;
        continue;
      }
      sums[from] += s0;
      sums[from + 1] += s1;
      sums[from + 2] += s2;
      sums[from + 3] += s3;
      sums[from + 4] += s4;
      if (isOn) {
        contributions[target + feature[up]] +=
          s0 * edges[edge + 5] +
          s1 * edges[edge + 6] +
          s2 * edges[edge + 7] +
          s3 * edges[edge + 8] +
          s4 * edges[edge + 9];
      }
    }
  }

  private walkUp(contributions: Float64Array, target: number): void {
    const { parent, above, feature, follows, sums, edges, inner } = this;
    for (let i = inner.length - 1; i > 0; i--) {
      const split = inner[i];
      const at = split * lanes;
      const up = parent[split];
      const to = up * lanes;
      const s0 = sums[at];
      const s1 = sums[at + 1];
      const s2 = sums[at + 2];
      const s3 = sums[at + 3];
      const s4 = sums[at + 4];
      sums[to] += s0;
      sums[to + 1] += s1;
      sums[to + 2] += s2;
      sums[to + 3] += s3;
      sums[to + 4] += s4;
      if (follows[above[split]] === 0) continue;
      const gain = (2 * split + follows[split]) * stride + lanes;
      contributions[target + feature[up]] +=
        s0 * edges[gain] + s1 * edges[gain + 1] + s2 * edges[gain + 2] + s3 * edges[gain + 3] + s4 * edges[gain + 4];
    }
  }
}

/**
 * What an edge does at point t to the product, and what its sum adds to its feature, both against the edge above with
 * the same feature, which the row follows (z = 1 where there is none).
 */
function edgeTerms(t: number, z: number, zAbove: number, isFollowed: boolean): { step: number; gain: number } {
  const factorAbove = t + (1 - t) * zAbove;
  const gainAbove = (1 - zAbove) / factorAbove;
  const factor = isFollowed ? t + (1 - t) * z : (1 - t) * z;
  return { step: factor / factorAbove, gain: (isFollowed ? (1 - z) / factor : -1 / (1 - t)) - gainAbove };
}

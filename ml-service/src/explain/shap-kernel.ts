import { isMissing } from '../data/matrix.ts';
import type { Tree } from '../training/tree.ts';
import type { SplitLayout } from './split-layout.ts';

/** Quadrature points that one kernel carries; the loops over them are written out. */
export const lanes = 5;

/** Entries for each edge: z, z over that of the edge above, and the reciprocals of its factor at each point. */
const edgeStride = 8;
const edgeShare = 1;
const edgeReciprocals = 2;

/**
 * Entries for the leaves below each split: their sum where the edge above with its feature is not followed; where it is, their sum
 * is a + b t, and a is followed by one b for rows that go right and one for those that go left.
 */
const leafStride = 4;
const leafSlopes = 2;

/** What kernels keep of the row at hand, one after the other in the same place, so that it stays in the cache. */
export class Scratch {
  goesLeft = new Uint8Array(0);
  follows = new Uint8Array(0);
  products = new Float64Array(0);
  sums = new Float64Array(0);

  makeRoom(splits: number): void {
    if (splits <= this.follows.length) return;
    this.goesLeft = new Uint8Array(splits);
    this.follows = new Uint8Array(splits);
    this.products = new Float64Array(splits * lanes);
    this.sums = new Float64Array(splits * lanes);
  }
}

/**
 * The part of TreeSHAP on one tree that five quadrature points stand for.
 *
 * On a path, feature i counts with o = 1 or 0 (whether the row follows all of the path's splits on it) where it is
 * known, and with z (the product of the cover ratios of those splits) where it is not. A leaf's share of i's Shapley
 * value is its value times (o_i - z_i) times the integral over t in [0, 1] of the product of the factors
 * t o_j + (1 - t) z_j of the path's other features: a polynomial in t, which Gauss-Legendre quadrature integrates
 * exactly. Products of factors are carried down the splits for all points at once, sums over leaves are carried up, and
 * each edge adds what it changes against the edge above with the same feature: (o - z) over its own factor, less the same of
 * the edge above. What depends on the tree alone is tabled beforehand, one cache line for each edge: a row visits every
 * split of every tree, so that the tables of a forest pass through the processor's cache for each row.
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
  private readonly edges: Float64Array;
  private readonly leaves: Float64Array;
  /** At each point (o - z) over the factor of an edge that is not followed: -1 / (1 - t). */
  private readonly offGains: Float64Array;

  constructor(
    tree: Tree,
    layout: SplitLayout,
    private readonly points: Float64Array,
    private readonly weights: Float64Array,
    private readonly scratch: Scratch,
  ) {
    const { node } = layout;
    this.count = node.length;
    this.parent = Int32Array.from(layout.parent);
    this.isLeft = Uint8Array.from(layout.isLeft, Number);
    this.above = Int32Array.from(layout.above);
    this.aboveOut = Int32Array.from(layout.aboveOut);
    this.feature = Int32Array.from(node, (n) => tree.feature[n]);
    this.threshold = Float32Array.from(node, (n) => tree.threshold[n]);
    this.missingLeft = Uint8Array.from(node, (n) => tree.missingLeft[n]);
    this.leafCount = Uint8Array.from(layout.leaves, (l) => l.length);
    this.inner = Int32Array.from(node.keys()).filter((split) => split === 0 || this.leafCount[split] < 2);
    scratch.makeRoom(this.count);
    this.edges = new Float64Array(this.count * edgeStride);
    this.leaves = new Float64Array(this.count * leafStride);
    for (let split = 0; split < this.count; split++) this.table(layout, split);
    this.offGains = points.map((t) => -1 / (1 - t));
  }

  private table({ ratio, above, aboveOut, leaves }: SplitLayout, split: number): void {
    const z = ratio[split];
    const edge = split * edgeStride;
    this.edges[edge] = z;
    this.edges[edge + edgeShare] = z / ratio[above[split]];
    this.points.forEach((t, k) => (this.edges[edge + edgeReciprocals + k] = 1 / (t + (1 - t) * z)));
    const leaf = split * leafStride;
    for (const { value, ratio: z, isLeft } of leaves[split]) {
      this.leaves[leaf] += value * (z / ratio[aboveOut[split]]);
      this.leaves[leaf + 1] += value * z;
      // On the row's side the leaf counts with z + t (1 - z), on the other with z - t z.
      this.leaves[leaf + leafSlopes] += isLeft ? -value * z : value * (1 - z);
      this.leaves[leaf + leafSlopes + 1] += isLeft ? value * (1 - z) : -value * z;
    }
  }

  /** Adds this kernel's part of the contributions to the row at `offset` to those at `target`. */
  add(values: Float32Array, offset: number, contributions: Float64Array, target: number): void {
    this.walkDown(values, offset, contributions, target);
    this.walkUp(contributions, target);
  }

  /** Carries the products down; splits above leaves alone are done with here, the others wait for the way up. */
  private walkDown(values: Float32Array, offset: number, contributions: Float64Array, target: number): void {
    const { count, parent, isLeft, above, aboveOut, feature, threshold, missingLeft, leafCount } = this;
    const { edges, leaves } = this;
    const { follows, goesLeft, products, sums } = this.scratch;
    const [t0, t1, t2, t3, t4] = this.points;
    const { weights } = this;
    for (let k = 0; k < lanes; k++) products[k] = weights[k];
    // The root follows itself.
    follows[0] = 1;
    goesLeft[0] = isLeft[0];
    for (let split = 0; split < count; split++) {
      const at = split * lanes;
      const up = parent[split];
      const from = up * lanes;
      const over = above[split];
      const isOn = follows[over];
      const isHot = goesLeft[up] === isLeft[split] ? isOn : 0;
      follows[split] = isHot;
      const edge = split * edgeStride;
      let p0 = products[from];
      let p1 = products[from + 1];
      let p2 = products[from + 2];
      let p3 = products[from + 3];
      let p4 = products[from + 4];
      if (isOn === 0) {
        const share = edges[edge + edgeShare];
        p0 *= share;
        p1 *= share;
        p2 *= share;
        p3 *= share;
        p4 *= share;
      } else {
        const z = edges[edge];
        const slope = isHot - z;
        p0 *= z + t0 * slope;
        p1 *= z + t1 * slope;
        p2 *= z + t2 * slope;
        p3 *= z + t3 * slope;
        p4 *= z + t4 * slope;
        if (over > 0) {
          const r = over * edgeStride + edgeReciprocals;
          p0 *= edges[r];
          p1 *= edges[r + 1];
          p2 *= edges[r + 2];
          p3 *= edges[r + 3];
          p4 *= edges[r + 4];
        }
      }
      const column = feature[split];
      const value = values[offset + column];
      const left = isMissing(value) ? missingLeft[split] : value <= threshold[split] ? 1 : 0;
      goesLeft[split] = left;
      const isInner = leafCount[split] < 2 || split === 0;
      if (isInner) {
        products[at] = p0;
        products[at + 1] = p1;
        products[at + 2] = p2;
        products[at + 3] = p3;
        products[at + 4] = p4;
      }
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let s4 = 0;
      if (leafCount[split] > 0) {
        const overLeaves = aboveOut[split];
        const leaf = split * leafStride;
        if (follows[overLeaves] === 0) {
          const cold = leaves[leaf];
          s0 = p0 * cold;
          s1 = p1 * cold;
          s2 = p2 * cold;
          s3 = p3 * cold;
          s4 = p4 * cold;
        } else {
          const a = leaves[leaf + 1];
          const b = leaves[leaf + leafSlopes + left];
          if (overLeaves === 0) {
            s0 = p0 * (a + b * t0);
            s1 = p1 * (a + b * t1);
            s2 = p2 * (a + b * t2);
            s3 = p3 * (a + b * t3);
            s4 = p4 * (a + b * t4);
            contributions[target + column] += b * (p0 + p1 + p2 + p3 + p4);
          } else {
            const q = overLeaves * edgeStride + edgeReciprocals;
            p0 *= edges[q];
            p1 *= edges[q + 1];
            p2 *= edges[q + 2];
            p3 *= edges[q + 3];
            p4 *= edges[q + 4];
            s0 = p0 * (a + b * t0);
            s1 = p1 * (a + b * t1);
            s2 = p2 * (a + b * t2);
            s3 = p3 * (a + b * t3);
            s4 = p4 * (a + b * t4);
            const less = s0 * edges[q] + s1 * edges[q + 1] + s2 * edges[q + 2] + s3 * edges[q + 3] + s4 * edges[q + 4];
            contributions[target + column] += b * (p0 + p1 + p2 + p3 + p4) - (1 - edges[q - edgeReciprocals]) * less;
          }
        }
      }
      if (isInner) {
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
      if (isOn === 1) contributions[target + feature[up]] += this.gain(split, s0, s1, s2, s3, s4);
    }
  }

  private walkUp(contributions: Float64Array, target: number): void {
    const { parent, above, feature, inner } = this;
    const { follows, sums } = this.scratch;
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
      if (follows[above[split]] === 1) contributions[target + feature[up]] += this.gain(split, s0, s1, s2, s3, s4);
    }
  }

  /** What an edge, the one above which the row follows, adds to its feature, from the sums below it. */
  private gain(split: number, s0: number, s1: number, s2: number, s3: number, s4: number): number {
    const { edges, offGains } = this;
    const own = split * edgeStride + edgeReciprocals;
    let less = 0;
    const above = this.above[split];
    if (above > 0) {
      const over = above * edgeStride + edgeReciprocals;
      less =
        (1 - edges[over - edgeReciprocals]) *
        (s0 * edges[over] + s1 * edges[over + 1] + s2 * edges[over + 2] + s3 * edges[over + 3] + s4 * edges[over + 4]);
    }
    if (this.scratch.follows[split] === 0) {
      return s0 * offGains[0] + s1 * offGains[1] + s2 * offGains[2] + s3 * offGains[3] + s4 * offGains[4] - less;
    }
    return (
      (1 - edges[own - edgeReciprocals]) *
        (s0 * edges[own] + s1 * edges[own + 1] + s2 * edges[own + 2] + s3 * edges[own + 3] + s4 * edges[own + 4]) -
      less
    );
  }
}

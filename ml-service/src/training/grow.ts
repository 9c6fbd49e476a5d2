import type { Random } from '../random.ts';
import { maxBins, missingBin, type BinnedMatrix } from './binning.ts';
import { searchSplit, type Split, type SplitLimits } from './split.ts';
import type { Tree } from './tree.ts';

export interface GrowOptions extends SplitLimits {
  readonly maxDepth: number;
  /** Nodes with fewer rows are leaves. */
  readonly minSplit: number;
  /** Features drawn for each node; more are tried only while none of them can be split. */
  readonly featuresPerNode: number;
  /** Whether gradients are weighted 0/1 labels, so that a node of one class is done. */
  readonly stopsWhenPure: boolean;
}

/** What a node holds: sums over its rows. */
export interface NodeSums {
  readonly gradient: number;
  readonly weight: number;
  readonly rows: number;
}

/** What becomes of a node's sums. */
export interface LeafRule {
  value: (sums: NodeSums) => number;
  cover: (sums: NodeSums) => number;
}

/** Least gain in score, relative to the node's, that counts as one: below it is rounding. */
const relativeGain = 1e-10;

/** Grows trees on binned data; its buffers are kept from tree to tree. */
export class TreeGrower {
  private readonly histogram = new Float64Array(2 * (maxBins + 1));
  private readonly featureOrder: Int32Array;
  private readonly scratch: Int32Array;
  private pairs: Float64Array = new Float64Array(0);
  private rows: Int32Array = new Int32Array(0);
  private nodes = new NodeList();

  constructor(
    private readonly bins: BinnedMatrix,
    private readonly options: GrowOptions,
    private readonly rule: LeafRule,
  ) {
    this.featureOrder = Int32Array.from(bins.columns.keys());
    this.scratch = new Int32Array(bins.rows);
  }

  /**
   * Grows one tree on the given rows.
   * @param rows row numbers, reordered in place
   * @param pairs for every row of the matrix (gradient, weight); weights of the given rows are positive
   */
  grow(rows: Int32Array, pairs: Float64Array, random: Random): Tree {
    this.rows = rows;
    this.pairs = pairs;
    this.nodes = new NodeList();
    this.growNode(0, rows.length, 0, random);
    return this.nodes.toTree();
  }

  private growNode(start: number, end: number, depth: number, random: Random): number {
    const sums = this.sum(start, end);
    const node = this.nodes.add(this.rule.cover(sums));
    const split = this.mayBeSplit(sums, depth) ? this.findSplit(start, end, sums, random) : null;
    if (split === null) {
      this.nodes.value[node] = this.rule.value(sums);
      return node;
    }
    const middle = this.partition(start, end, split);
    this.nodes.feature[node] = split.feature;
    this.nodes.threshold[node] = this.bins.edges[split.feature][split.bin - 1];
    this.nodes.missingLeft[node] = split.missingLeft ? 1 : 0;
    this.nodes.left[node] = this.growNode(start, middle, depth + 1, random);
    this.nodes.right[node] = this.growNode(middle, end, depth + 1, random);
    return node;
  }

  private mayBeSplit({ gradient, weight, rows }: NodeSums, depth: number): boolean {
    if (depth >= this.options.maxDepth || rows < this.options.minSplit || rows < 2) return false;
    return !(this.options.stopsWhenPure && (gradient <= 0 || gradient >= weight));
  }

  private sum(start: number, end: number): NodeSums {
    const { rows, pairs } = this;
    let gradient = 0;
    let weight = 0;
    for (let i = start; i < end; i++) {
      gradient += pairs[2 * rows[i]];
      weight += pairs[2 * rows[i] + 1];
    }
    return { gradient, weight, rows: end - start };
  }

  private findSplit(start: number, end: number, sums: NodeSums, random: Random): Split | null {
    const { featureOrder, options } = this;
    const parent = (sums.gradient * sums.gradient) / (sums.weight + options.l2);
    const best: Split = { feature: -1, bin: 0, missingLeft: false, score: parent + Math.abs(parent) * relativeGain };
    for (let tried = 0; tried < featureOrder.length; tried++) {
      if (tried >= options.featuresPerNode && best.feature >= 0) break;
      const other = tried + random.below(featureOrder.length - tried);
      const feature = featureOrder[other];
      featureOrder[other] = featureOrder[tried];
      featureOrder[tried] = feature;
      const bins = this.bins.edges[feature].length;
      this.fillHistogram(feature, bins, start, end);
      searchSplit(this.histogram, bins, feature, sums, options, best);
    }
    return best.feature >= 0 ? best : null;
  }

  private fillHistogram(feature: number, bins: number, start: number, end: number): void {
    const { histogram, rows, pairs } = this;
    const column = this.bins.columns[feature];
    histogram.fill(0, 0, 2 * (bins + 1));
    for (let i = start; i < end; i++) {
      const row = rows[i];
      const slot = 2 * column[row];
      histogram[slot] += pairs[2 * row];
      histogram[slot + 1] += pairs[2 * row + 1];
    }
  }

  /** Brings the rows that go left before the others, keeping their order; returns where the others start. */
  private partition(start: number, end: number, split: Split): number {
    const { rows, scratch } = this;
    const column = this.bins.columns[split.feature];
    let middle = start;
    let kept = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i];
      const bin = column[row];
      if (bin === missingBin ? split.missingLeft : bin <= split.bin) rows[middle++] = row;
      else scratch[kept++] = row;
    }
    rows.set(scratch.subarray(0, kept), middle);
    return middle;
  }
}

/** The nodes of a tree while it grows. */
class NodeList {
  readonly feature: number[] = [];
  readonly threshold: number[] = [];
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly missingLeft: number[] = [];
  readonly value: number[] = [];
  readonly cover: number[] = [];

  /** Adds a leaf of value 0 and returns its number. */
  add(cover: number): number {
    this.feature.push(-1);
    this.threshold.push(0);
    this.left.push(0);
    this.right.push(0);
    this.missingLeft.push(0);
    this.value.push(0);
    this.cover.push(cover);
    return this.feature.length - 1;
  }

  toTree(): Tree {
    return {
      feature: Int32Array.from(this.feature),
      threshold: Float32Array.from(this.threshold),
      left: Int32Array.from(this.left),
      right: Int32Array.from(this.right),
      missingLeft: Uint8Array.from(this.missingLeft),
      value: Float64Array.from(this.value),
      cover: Float64Array.from(this.cover),
    };
  }
}

import type { Tree } from '../training/tree.ts';

/** A leaf right below a split. */
export interface LeafEdge {
  readonly isLeft: boolean;
  readonly value: number;
  /** Product of the cover ratios of the path's splits on the split's feature, its own included. */
  readonly ratio: number;
}

/** The splits of a tree, parents before children; entry 0 is the root. Each stands for the edge that leads into it, too. */
export interface SplitLayout {
  /** Node of the tree. */
  readonly node: number[];
  readonly parent: number[];
  readonly isLeft: boolean[];
  /** For the edge into the split: the nearest edge above it with the same feature; 0 where there is none. */
  readonly above: number[];
  /** For the edge into the split: product of the cover ratios of the path's splits on its feature, its own included. */
  readonly ratio: number[];
  /** For the edges out of the split: the nearest edge above with the same feature; 0 where there is none. */
  readonly aboveOut: number[];
  readonly leaves: LeafEdge[][];
  /** Most distinct features on a path. */
  readonly distinct: number;
}

/** Lays out a tree whose root is a split. */
export function layOutSplits(tree: Tree): SplitLayout {
  const layout = { node: [], parent: [], isLeft: [], above: [], ratio: [], aboveOut: [], leaves: [] } as Omit<
    SplitLayout,
    'distinct'
  >;
  let distinct = 0;
  const visit = (
    node: number,
    edge: { parent: number; isLeft: boolean; above: number; ratio: number },
    path: Path,
  ): void => {
    const split = layout.node.length;
    const feature = tree.feature[node];
    const aboveOut = path.get(feature) ?? 0;
    layout.node.push(node);
    layout.parent.push(edge.parent);
    layout.isLeft.push(edge.isLeft);
    layout.above.push(edge.above);
    layout.ratio.push(edge.ratio);
    layout.aboveOut.push(aboveOut);
    layout.leaves.push([]);
    for (const isLeft of [true, false]) {
      const child = isLeft ? tree.left[node] : tree.right[node];
      const ratio = layout.ratio[aboveOut] * (tree.cover[child] / tree.cover[node]);
      if (tree.feature[child] < 0) {
        layout.leaves[split].push({ isLeft, value: tree.value[child], ratio });
        distinct = Math.max(distinct, path.size + (path.has(feature) ? 0 : 1));
      } else {
        const next = new Map(path).set(feature, layout.node.length);
        visit(child, { parent: split, isLeft, above: aboveOut, ratio }, next);
      }
    }
  };
  visit(0, { parent: 0, isLeft: false, above: 0, ratio: 1 }, new Map());
  return { ...layout, distinct };
}

/** For each feature on a path the last edge with it. */
type Path = ReadonlyMap<number, number>;

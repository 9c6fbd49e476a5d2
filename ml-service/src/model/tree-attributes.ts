import { DataError } from '../data/matrix.ts';
import type { Tree } from '../training/tree.ts';
import type { TreeEnsemble } from './margin-model.ts';
import { attributeType, type OnnxAttribute, type OnnxNode } from './onnx-schema.ts';

const text = new TextEncoder();
const branch = text.encode('BRANCH_LEQ');
const leaf = text.encode('LEAF');

/** The TreeEnsembleRegressor node of an ensemble. Covers are kept as hit rates, so that the file explains itself. */
export function ensembleNode(model: TreeEnsemble, input: string, output: string): OnnxNode {
  const columns = nodeColumns(model.trees);
  return {
    name: 'trees',
    opType: 'TreeEnsembleRegressor',
    domain: 'ai.onnx.ml',
    input: [input],
    output: [output],
    attribute: [
      { name: 'n_targets', type: attributeType.int, i: 1 },
      { name: 'aggregate_function', type: attributeType.string, s: text.encode('SUM') },
      { name: 'post_transform', type: attributeType.string, s: text.encode('NONE') },
      { name: 'base_values', type: attributeType.floats, floats: [model.base] },
      ints('nodes_treeids', columns.treeIds),
      ints('nodes_nodeids', columns.nodeIds),
      ints('nodes_featureids', columns.features),
      ints('nodes_truenodeids', columns.left),
      ints('nodes_falsenodeids', columns.right),
      ints('nodes_missing_value_tracks_true', columns.missingLeft),
      floats('nodes_values', columns.thresholds),
      floats('nodes_hitrates', columns.covers),
      { name: 'nodes_modes', type: attributeType.strings, strings: columns.modes },
      ints('target_treeids', columns.leafTrees),
      ints('target_nodeids', columns.leafNodes),
      ints(
        'target_ids',
        columns.leafNodes.map(() => 0),
      ),
      floats('target_weights', columns.leafValues),
    ],
  };
}

function ints(name: string, values: number[]): OnnxAttribute {
  return { name, type: attributeType.ints, ints: values };
}

function floats(name: string, values: number[]): OnnxAttribute {
  return { name, type: attributeType.floats, floats: values };
}

class NodeColumns {
  readonly treeIds: number[] = [];
  readonly nodeIds: number[] = [];
  readonly features: number[] = [];
  readonly thresholds: number[] = [];
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly missingLeft: number[] = [];
  readonly covers: number[] = [];
  readonly modes: Uint8Array[] = [];
  readonly leafTrees: number[] = [];
  readonly leafNodes: number[] = [];
  readonly leafValues: number[] = [];
}

function nodeColumns(trees: readonly Tree[]): NodeColumns {
  const columns = new NodeColumns();
  trees.forEach((tree, t) => {
    tree.feature.forEach((feature, node) => {
      const isLeaf = feature < 0;
      columns.treeIds.push(t);
      columns.nodeIds.push(node);
      columns.features.push(isLeaf ? 0 : feature);
      columns.thresholds.push(tree.threshold[node]);
      columns.left.push(isLeaf ? 0 : tree.left[node]);
      columns.right.push(isLeaf ? 0 : tree.right[node]);
      columns.missingLeft.push(tree.missingLeft[node]);
      columns.covers.push(tree.cover[node]);
      columns.modes.push(isLeaf ? leaf : branch);
      if (!isLeaf) return;
      columns.leafTrees.push(t);
      columns.leafNodes.push(node);
      columns.leafValues.push(tree.value[node]);
    });
  });
  return columns;
}

/**
 * Reads the trees back from a node that `ensembleNode` wrote.
 * @throws {DataError} where an attribute is missing or the lengths do not fit.
 */
export function treesOf(node: OnnxNode): { base: number; trees: Tree[] } {
  const attributes = new Map((node.attribute ?? []).map((attribute) => [attribute.name, attribute]));
  const need = <T>(name: string, value: T | undefined): T => {
    if (value === undefined) throw new DataError(`The tree ensemble lacks ${name}.`);
    return value;
  };
  const intsOf = (name: string) => need(name, attributes.get(name)?.ints);
  const floatsOf = (name: string) => need(name, attributes.get(name)?.floats);
  const treeIds = intsOf('nodes_treeids');
  const modes = need('nodes_modes', attributes.get('nodes_modes')?.strings);
  const source = {
    feature: intsOf('nodes_featureids').map((feature, i) => (modes[i].length === leaf.length ? -1 : feature)),
    threshold: floatsOf('nodes_values'),
    left: intsOf('nodes_truenodeids'),
    right: intsOf('nodes_falsenodeids'),
    missingLeft: intsOf('nodes_missing_value_tracks_true'),
    cover: floatsOf('nodes_hitrates'),
    value: leafValues(
      treeIds,
      intsOf('nodes_nodeids'),
      intsOf('target_treeids'),
      intsOf('target_nodeids'),
      floatsOf('target_weights'),
    ),
  };
  if (Object.values(source).some((column) => column.length !== treeIds.length)) {
    throw new DataError('The columns of the tree ensemble differ in length.');
  }
  const trees: Tree[] = [];
  for (let start = 0, end = 0; start < treeIds.length; start = end) {
    while (end < treeIds.length && treeIds[end] === treeIds[start]) end++;
    trees.push({
      feature: Int32Array.from(source.feature.slice(start, end)),
      threshold: Float32Array.from(source.threshold.slice(start, end)),
      left: Int32Array.from(source.left.slice(start, end)),
      right: Int32Array.from(source.right.slice(start, end)),
      missingLeft: Uint8Array.from(source.missingLeft.slice(start, end)),
      value: source.value.slice(start, end),
      cover: Float64Array.from(source.cover.slice(start, end)),
    });
  }
  return { base: floatsOf('base_values')[0], trees };
}

/** Values by position; leaves are listed in the order of the nodes. */
function leafValues(
  treeIds: number[],
  nodeIds: number[],
  leafTrees: number[],
  leafNodes: number[],
  weights: number[],
): Float64Array {
  const values = new Float64Array(treeIds.length);
  let next = 0;
  for (let i = 0; i < treeIds.length; i++) {
    if (treeIds[i] !== leafTrees[next] || nodeIds[i] !== leafNodes[next]) continue;
    values[i] = weights[next++];
  }
  return values;
}

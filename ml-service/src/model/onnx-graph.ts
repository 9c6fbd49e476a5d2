import type { Calibrator, IsotonicCalibrator } from '../calibration/calibrator.ts';
import { probabilityFloor, type LogisticModel, type TreeEnsemble } from './margin-model.ts';
import type { CalibratedModel } from './calibrated-model.ts';
import {
  attributeType,
  dataType,
  encodeOnnx,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './onnx-schema.ts';
import { ensembleNode } from './tree-attributes.ts';

/** Names of the graph's input (float32, rows x features, NaN for missing) and output (float32, rows x 1). */
export const graphInput = 'features';
export const graphOutput = 'probability';

const irVersion = 8;
const opset = 17;
const treeOpset = 3;

/**
 * Writes a model as ONNX, calibration inside the graph. What follows the trees is computed in float64, as in the
 * trainer; only the final probability is rounded to float32.
 */
export function writeOnnx({ features, model, calibrator }: CalibratedModel): Uint8Array {
  const graph = new GraphBuilder();
  const margin = model.kind === 'logistic' ? addLinear(graph, model, 'margin') : addTrees(graph, model);
  const logOdds = model.kind === 'forest' && calibrator.kind === 'platt' ? addLogit(graph, margin) : margin;
  const probability = addCalibration(graph, calibrator, logOdds);
  graph.add('Cast', [probability], graphOutput, [{ name: 'to', type: attributeType.int, i: dataType.float }]);
  return encodeOnnx({
    irVersion,
    producerName: 'fair-underwriting-analytics',
    opsetImport: [
      { domain: '', version: opset },
      { domain: 'ai.onnx.ml', version: treeOpset },
    ],
    graph: {
      name: model.kind,
      node: graph.nodes,
      initializer: graph.constants,
      input: [valueInfo(graphInput, features.length)],
      output: [valueInfo(graphOutput, 1)],
    },
    metadataProps: [{ key: 'features', value: JSON.stringify(features) }],
  });
}

function valueInfo(name: string, width: number): OnnxValueInfo {
  const dim = [{ dimParam: 'rows' }, { dimValue: width }];
  return { name, type: { tensorType: { elemType: dataType.float, shape: { dim } } } };
}

class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxTensor[] = [];

  add(opType: string, input: string[], output: string, attribute: NonNullable<OnnxNode['attribute']> = []): string {
    this.nodes.push({ opType, input, output: [output], attribute });
    return output;
  }

  constant(name: string, values: ArrayLike<number>, dims: number[]): string {
    this.constants.push({ name, dataType: dataType.double, dims, doubleData: Array.from(values) });
    return name;
  }

  axis(name: string, axis: number): string {
    this.constants.push({ name, dataType: dataType.int64, dims: [1], int64Data: [axis] });
    return name;
  }

  toDouble(input: string, output: string): string {
    return this.add('Cast', [input], output, [{ name: 'to', type: attributeType.int, i: dataType.double }]);
  }
}

function addTrees(graph: GraphBuilder, model: TreeEnsemble): string {
  graph.nodes.push(ensembleNode(model, graphInput, 'tree_sum'));
  if (model.linear === undefined) return graph.toDouble('tree_sum', 'margin');
  const trees = graph.toDouble('tree_sum', 'tree_margin');
  return graph.add('Add', [addLinear(graph, model.linear, 'linear_margin'), trees], 'margin');
}

function addLinear(graph: GraphBuilder, model: LogisticModel, output: string): string {
  const width = model.weights.length;
  const values = graph.toDouble(graphInput, 'values');
  const means = graph.constant('means', model.means, [1, width]);
  graph.add('IsNaN', [values], 'is_missing');
  graph.add('Where', ['is_missing', means, values], 'present');
  graph.add('Sub', ['present', means], 'centred');
  graph.add('Div', ['centred', graph.constant('deviations', model.deviations, [1, width])], 'standardised');
  graph.add('MatMul', ['standardised', graph.constant('weights', model.weights, [width, 1])], 'linear');
  return graph.add('Add', ['linear', graph.constant('bias', [model.intercept], [1])], output);
}

function addLogit(graph: GraphBuilder, margin: string): string {
  const low = graph.constant('floor', [probabilityFloor], []);
  const high = graph.constant('ceiling', [1 - probabilityFloor], []);
  graph.add('Clip', [margin, low, high], 'clipped');
  graph.add('Sub', [graph.constant('one', [1], []), 'clipped'], 'complement');
  graph.add('Div', ['clipped', 'complement'], 'odds');
  return graph.add('Log', ['odds'], 'log_odds');
}

function addCalibration(graph: GraphBuilder, calibrator: Calibrator, margin: string): string {
  if (calibrator.kind === 'platt') {
    graph.add('Mul', [margin, graph.constant('slope', [calibrator.slope], [1])], 'scaled');
    graph.add('Add', ['scaled', graph.constant('intercept', [calibrator.intercept], [1])], 'calibrated_log_odds');
    return graph.add('Sigmoid', ['calibrated_log_odds'], 'calibrated');
  }
  return addSteps(graph, calibrator, margin);
}

/** Counts the steps reached and looks their probability up. */
function addSteps(graph: GraphBuilder, { steps, probabilities }: IsotonicCalibrator, margin: string): string {
  const table = graph.constant('probabilities', probabilities, [probabilities.length]);
  const reached = graph.constant('steps', steps, [1, steps.length]);
  graph.add('GreaterOrEqual', [margin, reached], 'is_reached');
  graph.add('Cast', ['is_reached'], 'reached', [{ name: 'to', type: attributeType.int, i: dataType.int64 }]);
  const axis = graph.axis('step_axis', 1);
  graph.add('ReduceSum', ['reached', axis], 'reached_steps');
  return graph.add('Gather', [table, 'reached_steps'], 'calibrated');
}

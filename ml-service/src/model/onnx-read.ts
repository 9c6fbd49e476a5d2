import type { Calibrator } from '../calibration/calibrator.ts';
import { DataError } from '../data/matrix.ts';
import type { CalibratedModel } from './calibrated-model.ts';
import type { LogisticModel, MarginModel } from './margin-model.ts';
import { decodeOnnx, type OnnxModel } from './onnx-schema.ts';
import { treesOf } from './tree-attributes.ts';

/**
 * Reads back a model that `writeOnnx` wrote, trees and covers included, so that explanations and scores come from the
 * same file.
 * @throws {Error} where the bytes are not such a model.
 */
export function readOnnx(bytes: Uint8Array): CalibratedModel {
  const onnx = decodeOnnx(bytes);
  const features = onnx.metadataProps.find((entry) => entry.key === 'features')?.value;
  if (features === undefined) throw new DataError('The ONNX model does not name its features.');
  return { features: JSON.parse(features) as string[], model: modelOf(onnx), calibrator: calibratorOf(onnx) };
}

function constantsOf(onnx: OnnxModel): (name: string) => Float64Array {
  return (name) => {
    const tensor = onnx.graph.initializer?.find((candidate) => candidate.name === name);
    if (tensor === undefined) throw new DataError(`The ONNX model lacks the constant ${name}.`);
    return Float64Array.from(tensor.doubleData ?? []);
  };
}

function hasConstant(onnx: OnnxModel, name: string): boolean {
  return onnx.graph.initializer?.some((tensor) => tensor.name === name) === true;
}

function modelOf(onnx: OnnxModel): MarginModel {
  const kind = onnx.graph.name;
  if (kind === 'logistic') return linearOf(onnx);
  const node = onnx.graph.node.find((candidate) => candidate.opType === 'TreeEnsembleRegressor');
  if (node === undefined || (kind !== 'forest' && kind !== 'boosting')) {
    throw new DataError(`The ONNX model is of the unknown kind ${kind}.`);
  }
  return { kind, ...treesOf(node), ...(hasConstant(onnx, 'weights') && { linear: linearOf(onnx) }) };
}

function linearOf(onnx: OnnxModel): LogisticModel {
  const constant = constantsOf(onnx);
  return {
    kind: 'logistic',
    means: constant('means'),
    deviations: constant('deviations'),
    weights: constant('weights'),
    intercept: constant('bias')[0],
  };
}

function calibratorOf(onnx: OnnxModel): Calibrator {
  const constant = constantsOf(onnx);
  if (hasConstant(onnx, 'slope'))
    return { kind: 'platt', slope: constant('slope')[0], intercept: constant('intercept')[0] };
  return {
    kind: 'isotonic',
    steps: constant('steps'),
    probabilities: constant('probabilities'),
  };
}

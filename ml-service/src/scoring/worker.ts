import { move, workerData } from 'piscina';
import { Scorer } from './session.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly onnx: Uint8Array;
  readonly width: number;
}

const { onnx, width } = workerData as WorkerSetup;
const scorer = Scorer.create(onnx, width);

/** Scores one chunk of rows; its buffer and the answer's are transferred, not copied. */
export default async function score(values: Float32Array): Promise<Float32Array> {
  const scores = await (await scorer).score(values);
  return move(scores.buffer.byteLength === scores.byteLength ? scores : scores.slice()) as Float32Array;
}

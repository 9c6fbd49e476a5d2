import { InferenceSession, Tensor } from 'onnxruntime-node';
import { graphInput, graphOutput } from '../model/onnx-graph.ts';

/** Scores rows with one ONNX session on the calling thread, which it blocks: for a few rows, or inside a worker. */
export class Scorer {
  private constructor(
    private readonly session: InferenceSession,
    private readonly width: number,
  ) {}

  /**
   * @param model an ONNX model, as written by `writeOnnx`
   * @param width number of its features
   */
  static async create(model: Uint8Array, width: number): Promise<Scorer> {
    const session = await InferenceSession.create(model, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
    });
    return new Scorer(session, width);
  }

  /** Probabilities of rows given row by row as float32, NaN for missing. */
  async score(values: Float32Array): Promise<Float32Array> {
    const rows = values.length / this.width;
    if (!Number.isInteger(rows)) throw new RangeError(`${values.length} values are no whole rows of ${this.width}.`);
    if (rows === 0) return new Float32Array(0);
    const result = await this.session.run({ [graphInput]: new Tensor('float32', values, [rows, this.width]) });
    return result[graphOutput].data as Float32Array;
  }

  async close(): Promise<void> {
    await this.session.release();
  }
}

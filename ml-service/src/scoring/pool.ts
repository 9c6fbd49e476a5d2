import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { DataError } from '../data/matrix.ts';
import type { WorkerSetup } from './worker.ts';

/** Rows that one task scores: long enough to outweigh the hand-over, short enough to stop soon. */
export const chunkRows = 10_000;

/** Workers with an ONNX session each: batches are scored beside the event loop, never on it. */
export class ScoringPool {
  private readonly pool: Piscina<Float32Array, Float32Array>;

  /**
   * @param onnx an ONNX model, as written by `writeOnnx`
   * @param width number of its features
   */
  constructor(
    onnx: Uint8Array,
    private readonly width: number,
    workers = availableParallelism(),
  ) {
    const loader = createRequire(import.meta.url).resolve('tsx');
    this.pool = new Piscina({
      filename: new URL('./worker.ts', import.meta.url).href,
      workerData: { onnx, width } satisfies WorkerSetup,
      execArgv: ['--import', pathToFileURL(loader).href],
      minThreads: workers,
      maxThreads: workers,
    });
  }

  /**
   * Probabilities of rows given row by row as float32, NaN for missing. The values are copied chunk by chunk.
   * @throws the reason of the signal, once it is aborted.
   */
  async score(values: Float32Array, signal?: AbortSignal): Promise<Float32Array> {
    const rows = values.length / this.width;
    if (!Number.isInteger(rows)) throw new DataError(`${values.length} values are no whole rows of ${this.width}.`);
    const result = new Float32Array(rows);
    const tasks: Promise<void>[] = [];
    for (let start = 0; start < rows; start += chunkRows) {
      tasks.push(
        this.scoreChunk(values.slice(start * this.width, (start + chunkRows) * this.width), signal).then((scores) =>
          result.set(scores, start),
        ),
      );
    }
    await Promise.all(tasks);
    return result;
  }

  /** Scores up to `chunkRows` rows in one task; the values' buffer is transferred and cannot be used afterwards. */
  scoreChunk(values: Float32Array<ArrayBuffer>, signal?: AbortSignal): Promise<Float32Array> {
    return this.pool.run(values, { transferList: [values.buffer], signal: signal ?? null });
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work done so far; `loss` is the validation log-loss where there is one. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly loss?: number;
}

export interface Interruption {
  /** Aborting it rejects the training with the signal's reason; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How long training may hold the event loop, in milliseconds. */
const turn = 20;

/** Reports progress, lets the event loop run now and then, and stops where the signal is aborted. */
export class Checkpoint {
  private last = performance.now();

  constructor(private readonly interruption: Interruption) {}

  /** @throws the reason of the signal, once it is aborted. */
  async reach(progress: Progress): Promise<void> {
    this.interruption.onProgress?.(progress);
    if (performance.now() - this.last > turn) {
      await nextTurn();
      this.last = performance.now();
    }
    this.interruption.signal?.throwIfAborted();
  }
}

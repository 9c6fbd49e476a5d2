import { join } from 'node:path';
import { ServedModel } from './served-model.ts';

export interface ModelKeeperOptions {
  /** Folder of the model folders. */
  readonly folder: string;
  /** The version that is to serve; null while there is none. Rejects while that cannot be read. */
  readonly readVersion: () => Promise<string | null>;
  /** Threads for batches. */
  readonly workers: number;
  /** Told when another model serves, and when one is refused. */
  readonly onEvent?: (event: ModelEvent) => void;
}

export type ModelEvent =
  | { readonly kind: 'serving'; readonly version: string }
  | { readonly kind: 'refused'; readonly version: string; readonly reason: string };

/** There is no model to predict with; the message says why and what to do. */
export class NoModelError extends Error {
  override readonly name = 'NoModelError';
}

/** Keeps the model that the registry names: takes a promoted one over, and refuses one that is damaged. */
export class ModelKeeper {
  private current: ServedModel | undefined;
  private refusedVersion: string | undefined;
  private checking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: ModelKeeperOptions) {}

  /** Version that serves now. */
  get version(): string | undefined {
    return this.current?.card.version;
  }

  /** That the version that is to serve does not, in words for everybody; the event has the reason. */
  get problem(): string | undefined {
    if (this.refusedVersion === undefined) return undefined;
    return `Model ${this.refusedVersion} is damaged: restore its files or train again. The log has the reason.`;
  }

  /**
   * Runs work with the model that serves; a promotion meanwhile does not take it away.
   * @throws {NoModelError} where there is none.
   */
  use<T>(work: (model: ServedModel) => Promise<T>): Promise<T> {
    if (this.current === undefined) {
      return Promise.reject(new NoModelError(this.problem ?? 'No model yet: npm run train trains one.'));
    }
    return this.current.use(work);
  }

  /**
   * Compares with the registry and takes over what it names. Calls at the same time share one check.
   * @throws the reason when the registry cannot be read; the current model goes on serving.
   */
  check(): Promise<void> {
    this.checking ??= this.takeOver().finally(() => (this.checking = undefined));
    return this.checking;
  }

  /** Checks again and again; a registry that cannot be read is asked again the next time. */
  watch(milliseconds: number): void {
    this.timer = setInterval(() => void this.check().catch(() => undefined), milliseconds);
    this.timer.unref();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await this.checking?.catch(() => undefined);
    await this.current?.retire();
    this.current = undefined;
  }

  private async takeOver(): Promise<void> {
    const { folder, readVersion, workers, onEvent } = this.options;
    const version = await readVersion();
    if (version === null || version === this.version) {
      this.refusedVersion = undefined;
      return;
    }
    let next: ServedModel;
    try {
      next = await ServedModel.load(join(folder, version), workers);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // Once is enough for the log; a restored file is taken all the same.
      if (this.refusedVersion !== version) onEvent?.({ kind: 'refused', version, reason });
      this.refusedVersion = version;
      return;
    }
    this.refusedVersion = undefined;
    if (this.isClosed) return next.retire();
    const former = this.current;
    this.current = next;
    onEvent?.({ kind: 'serving', version });
    await former?.retire();
  }
}

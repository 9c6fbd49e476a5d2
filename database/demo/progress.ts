import type { Batch } from './rows.ts';

const every = 3000;

/** Tells how far a load is: at once, and then what it is at every few seconds, however long a step takes. */
export class ProgressTeller {
  private readonly started = performance.now();
  private readonly timer: NodeJS.Timeout;
  private rows = 0;

  constructor(
    private readonly of: number,
    private readonly log: (line: string) => void = () => undefined,
    private step = 'preparing',
  ) {
    this.tell();
    this.timer = setInterval(() => this.tell(), every);
  }

  /** Names the step that begins. */
  at(step: string): void {
    this.step = step;
  }

  /** Counts a batch that the database has taken. */
  loaded({ rows, customers }: Batch): void {
    this.rows += rows;
    const share = Math.floor((100 * customers) / this.of);
    this.step = `${customers} of ${this.of} customers (${share}%), ${this.rows.toLocaleString('en')} rows`;
  }

  /** Ends the telling. */
  stop(): void {
    clearInterval(this.timer);
  }

  private tell(): void {
    const seconds = Math.floor((performance.now() - this.started) / 1000);
    this.log(`${String(seconds).padStart(4)} s  ${this.step}`);
  }
}

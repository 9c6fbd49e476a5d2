const INTERVAL_MS = 2_000;

/** Says at most every two seconds how far a file has come. */
export class Progress {
  readonly #file: string;
  readonly #log: (line: string) => void;
  readonly #startedAt = performance.now();
  #lastSaid = this.#startedAt;
  #rows = 0;

  constructor(file: string, log: (line: string) => void) {
    this.#file = file;
    this.#log = log;
  }

  advance(rows: number): void {
    this.#rows += rows;
    const now = performance.now();
    if (now - this.#lastSaid < INTERVAL_MS) return;
    this.#lastSaid = now;
    this.#log(`${this.#file}: ${format(this.#rows)} rows so far, ${this.#rate(this.#rows)}`);
  }

  done(rows: number): void {
    this.#log(`${this.#file}: ${format(rows)} rows, ${this.#rate(rows)}`);
  }

  #rate(rows: number): string {
    const seconds = Math.max(performance.now() - this.#startedAt, 1) / 1000;
    return `${format(Math.round(rows / seconds))} rows/s`;
  }
}

function format(number: number): string {
  return number.toLocaleString('en');
}

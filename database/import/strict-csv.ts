import { countLines, LF } from './line-ends.ts';

/** The file may be good CSV, but not in a form that COPY reads for certain as it is meant. */
export class NotStrictCsv extends Error {
  override name = 'NotStrictCsv';
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const CR = 0x0d;

/**
 * Looks for what COPY would take silently and wrongly: quotes in the middle of a field, which it drops, and a line
 * `\.`, at which it stops reading. It jumps from quote to quote, so that it costs next to nothing.
 */
export class StrictCsv {
  #isQuoted = false;
  /** A quote inside a quoted field that ended the last chunk: what follows decides what it means. */
  #isPending = false;
  #last = LF;
  #beforeLast = LF;

  /**
   * Checks the next bytes of the file, from the first row on.
   * @returns the number of line ends in them
   * @throws NotStrictCsv
   */
  check(chunk: Buffer): number {
    if (chunk.length === 0) return 0;
    this.#refuseEndMark(chunk);
    this.#checkQuotes(chunk);
    this.#beforeLast = chunk.length > 1 ? (chunk[chunk.length - 2] ?? LF) : this.#last;
    this.#last = chunk[chunk.length - 1] ?? LF;
    return countLines(chunk);
  }

  #refuseEndMark(chunk: Buffer): void {
    const first = String.fromCharCode(this.#beforeLast, this.#last) + chunk.toString('latin1', 0, 2);
    const isAtStart = /[\r\n]\\\./.test(first);
    if (isAtStart || chunk.includes('\n\\.') || chunk.includes('\r\\.')) throw new NotStrictCsv();
  }

  #checkQuotes(chunk: Buffer): void {
    let at = 0;
    if (this.#isPending) {
      this.#isPending = false;
      if (chunk[0] === QUOTE) at = 1;
      else this.#closeBefore(chunk[0]);
    }
    for (;;) {
      const quote = chunk.indexOf(QUOTE, at);
      if (quote < 0) return;
      at = quote + 1;
      if (!this.#isQuoted) {
        const before = quote === 0 ? this.#last : chunk[quote - 1];
        if (!isBoundary(before)) throw new NotStrictCsv();
        this.#isQuoted = true;
      } else if (at === chunk.length) {
        this.#isPending = true;
      } else if (chunk[at] === QUOTE) {
        at++;
      } else {
        this.#closeBefore(chunk[at]);
      }
    }
  }

  #closeBefore(next: number | undefined): void {
    if (!isBoundary(next)) throw new NotStrictCsv();
    this.#isQuoted = false;
  }
}

function isBoundary(byte: number | undefined): boolean {
  return byte === COMMA || byte === LF || byte === CR;
}

import { LF } from './line-ends.ts';
import { plainForm } from './plain-form.ts';
import type { Column } from './schema.ts';
import { NotStrictCsv } from './strict-csv.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;

/** Looks for numbers and times that COPY would take, but not literally. For bytes that passed StrictCsv. */
export class PlainCells {
  readonly #patterns: (RegExp | undefined)[];
  #column = 0;
  #isQuoted = false;
  /** The field that the last chunk ended in. */
  #begun = '';

  /** @param columns those of the file, in its order */
  constructor(columns: readonly Pick<Column, 'baseType' | 'scale'>[]) {
    this.#patterns = columns.map((column) => {
      const form = plainForm(column);
      return form && new RegExp(form.pattern);
    });
  }

  /** @throws NotStrictCsv */
  check(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted;
      else if (!this.#isQuoted && (byte === COMMA || byte === LF)) {
        this.#endField(chunk, from, at);
        this.#column = byte === COMMA ? this.#column + 1 : 0;
        from = at + 1;
      }
    }
    if (this.#patterns[this.#column]) this.#begun += chunk.toString('latin1', from);
  }

  /** The last line need not end. @throws NotStrictCsv */
  end(): void {
    this.#endField(Buffer.alloc(0), 0, 0);
  }

  #endField(chunk: Buffer, from: number, to: number): void {
    const pattern = this.#patterns[this.#column];
    if (!pattern) return;
    const text = this.#begun + chunk.toString('latin1', from, to);
    this.#begun = '';
    if (pattern.test(text)) return;
    const field = text.replace(/\r$/, '').replace(/^"(.*)"$/s, '$1');
    if (field !== '' && !pattern.test(field)) throw new NotStrictCsv();
  }
}

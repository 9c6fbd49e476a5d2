import { totalSize } from './data/averages';
import type { CohortModel } from './data/model';
import type { Formats } from './format';

export const ROW_HEIGHT = 26;
/** Widest character of a label and of a number, in pixels of the small font. */
const LETTER = 8.5;
const DIGIT = 7.3;
const PADDING = 14;

/** Rows or columns from `from` up to, not including, `to`. */
export interface Range {
  from: number;
  to: number;
}

/** Ranges begin and end at multiples of this, so that most scroll events change nothing. */
const BLOCK = 4;
/** Drawn beyond the view at least, as scrolling runs ahead of drawing. */
const SPARE = 4;

/**
 * Which rows or columns of equal size are to be drawn: those in view and a few on either side.
 * @param offset pixels scrolled
 * @param extent pixels in view
 */
export function visibleRange(offset: number, extent: number, size: number, count: number): Range {
  const first = Math.max(0, offset) / size - SPARE;
  const last = (Math.max(0, offset) + extent) / size + SPARE;
  const to = Math.min(count, Math.max(0, Math.ceil(last / BLOCK) * BLOCK));
  return { from: Math.min(Math.max(0, Math.floor(first / BLOCK) * BLOCK), to), to };
}

/** Widths of the columns in pixels, wide enough for their longest text. */
export interface Widths {
  cohort: number;
  size: number;
  cell: number;
}

export function columnWidths(model: CohortModel, formats: Formats): Widths {
  const { cohorts, cohortTitle } = model;
  const longest = (texts: Iterable<string>) => {
    let length = 0;
    for (const text of texts) {
      length = Math.max(length, text.length);
    }
    return length;
  };
  const labels = cohorts.map(({ label }) => label);
  const sizes = cohorts.flatMap(({ size }) => (size === null ? [] : [formats.size(size)]));
  const width = (characters: number, each: number) => Math.ceil(characters * each) + PADDING;
  return {
    cohort: Math.min(220, Math.max(72, width(longest([`${cohortTitle} ↑`, ...labels]), LETTER))),
    size: Math.min(120, Math.max(56, width(longest([...sizes, formats.size(totalSize(model))]), DIGIT))),
    cell: Math.min(140, Math.max(58, width(longest(extremesOf(cohorts, formats)) + 1, DIGIT))),
  };
}

/** The texts of the extreme values: between them no text is much longer. */
function extremesOf(cohorts: CohortModel['cohorts'], formats: Formats): string[] {
  let least = Infinity;
  let most = -Infinity;
  for (const { cells } of cohorts) {
    for (const cell of cells) {
      if (cell?.shown != null) {
        least = Math.min(least, cell.shown);
        most = Math.max(most, cell.shown);
      }
    }
  }
  return least <= most ? [formats.shown(least).text, formats.shown(most).text] : [];
}

import type { Cell, Cohort } from './data/model';

export interface Scale {
  from: number;
  to: number;
  /** Pixels that `from` and `to` lie at. */
  start: number;
  end: number;
}

export function position(value: number, { from, to, start, end }: Scale): number {
  return to === from ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);
}

/**
 * Round numbers that divide a range: steps of 1, 2 or 5 times a power of ten.
 * @param most ticks to have
 */
export function ticks(from: number, to: number, most: number): number[] {
  const raw = (to - from) / Math.max(1, most);
  if (!(raw > 0) || !Number.isFinite(raw)) {
    return [from];
  }
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= raw * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  // Multiples, not sums: 0.1 + 0.2 is not 0.3. Rounded to the step's own digits.
  const digits = Math.min(100, Math.max(0, -Math.floor(Math.log10(step))));
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toFixed(digits)));
}

/** Paths of a cohort's line: what has ended, and the unfinished rest, which begins at the last point of the former. */
export function linePaths(
  { cells }: Cohort,
  periods: readonly number[],
  x: Scale,
  y: Scale
): { ended: string; unfinished: string } {
  let ended = '';
  let unfinished = '';
  let last: { cell: Cell; point: string } | undefined;
  cells.forEach((cell, index) => {
    if (!cell || cell.shown === null) {
      last = undefined;
      return;
    }
    const point = `${position(periods[index] ?? 0, x).toFixed(1)} ${position(cell.shown, y).toFixed(1)}`;
    if (cell.mature) {
      ended += `${last ? 'L' : 'M'}${point}`;
    } else {
      unfinished += last && unfinished === '' ? `M${last.point}L${point}` : `${last ? 'L' : 'M'}${point}`;
    }
    last = { cell, point };
  });
  return { ended, unfinished };
}

/** Least and greatest shown value, with 0 among them so that heights compare. */
export function shownRange(cohorts: readonly Cohort[]): { from: number; to: number } {
  let from = 0;
  let to = 0;
  for (const { cells } of cohorts) {
    for (const cell of cells) {
      if (cell?.shown != null) {
        from = Math.min(from, cell.shown);
        to = Math.max(to, cell.shown);
      }
    }
  }
  return { from, to: to === from ? from + 1 : to };
}

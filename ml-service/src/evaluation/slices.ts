import { bootstrapInterval, type BootstrapOptions, type Interval } from './bootstrap.ts';

/** How many events there were in a part of the rows, beside how many the model expected. */
export interface SliceScore {
  readonly feature: string;
  /** Level of the feature; null is missing. */
  readonly level: string | null;
  readonly n: number;
  readonly observed: number;
  readonly expected: number;
  /** observed / expected with its interval; null with fewer than 30 events. */
  readonly ratio: Interval | null;
}

/** Fewer events than this say nothing about a ratio. */
export const fewestEvents = 30;

/**
 * Observed over expected events by the levels of a feature, in the order of the levels, missing last.
 * @param levels of each row
 * @param options of the bootstrap; its groups are numbered by row
 */
export function sliceScores(
  feature: string,
  levels: readonly (string | null)[],
  labels: Uint8Array,
  probabilities: Float64Array,
  options: Partial<BootstrapOptions> = {},
): SliceScore[] {
  const rowsOf = new Map<string | null, number[]>();
  levels.forEach((level, row) => {
    const rows = rowsOf.get(level);
    if (rows === undefined) rowsOf.set(level, [row]);
    else rows.push(row);
  });
  const order = [...rowsOf.keys()].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  return order.map((level) => {
    const rows = rowsOf.get(level) ?? [];
    const sum = (values: ArrayLike<number>, of: Iterable<number>) => {
      let total = 0;
      for (const row of of) total += values[rows[row]];
      return total;
    };
    const ratio = (of: Int32Array) => {
      const expected = sum(probabilities, of);
      return expected > 0 ? sum(labels, of) / expected : null;
    };
    const observed = sum(labels, rows.keys());
    const { groups } = options;
    const grouping = groups === undefined ? {} : { groups: rows.map((row) => groups[row]) };
    return {
      feature,
      level,
      n: rows.length,
      observed,
      expected: sum(probabilities, rows.keys()),
      ratio: observed < fewestEvents ? null : bootstrapInterval(rows.length, ratio, { ...options, ...grouping }),
    };
  });
}

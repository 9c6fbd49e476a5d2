import { Random } from '../random.ts';
import { prAucOfRows } from './scores.ts';

/** A percentile interval of a bootstrapped statistic. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Nominal coverage, for example 0.95. */
  readonly level: number;
  /** Resamples in which the statistic was defined. */
  readonly resamples: number;
}

export interface BootstrapOptions {
  readonly resamples: number;
  readonly level: number;
  readonly seed: number;
  /**
   * Number of the group of each row, from 0, for rows that are not independent, such as one customer's at several
   * snapshots: whole groups are resampled then.
   */
  readonly groups?: ArrayLike<number>;
}

export const bootstrapDefaults: BootstrapOptions = { resamples: 1000, level: 0.95, seed: 42 };

/**
 * Percentile interval of a statistic over resampled rows.
 * @param statistic of the rows with the given numbers; null where undefined
 * @returns null where the statistic is undefined on the rows themselves
 */
export function bootstrapInterval(
  rows: number,
  statistic: Statistic,
  options: Partial<BootstrapOptions> = {},
): Interval | null {
  const { resamples, level, seed, groups } = { ...bootstrapDefaults, ...options };
  const estimate = statistic(Int32Array.from({ length: rows }, (_, row) => row));
  if (estimate === null) return null;
  const random = Random.stream(seed);
  const draw = groups === undefined ? rowDrawer(rows) : groupDrawer(rows, groups);
  const values: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const value = statistic(draw(random));
    if (value !== null) values.push(value);
  }
  values.sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return { estimate, low: quantile(values, tail), high: quantile(values, 1 - tail), level, resamples: values.length };
}

function rowDrawer(rows: number): (random: Random) => Int32Array {
  const sample = new Int32Array(rows);
  return (random) => {
    for (let r = 0; r < rows; r++) sample[r] = random.below(rows);
    return sample;
  };
}

function groupDrawer(rows: number, groups: ArrayLike<number>): (random: Random) => Int32Array {
  const members = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const group = members.get(groups[row]);
    if (group === undefined) members.set(groups[row], [row]);
    else group.push(row);
  }
  const present = [...members.values()];
  return (random) => Int32Array.from(present.flatMap(() => present[random.below(present.length)]));
}

/** Linear interpolation between order statistics of sorted values. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.ceil(position);
  return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
}

/** What a challenger gains over the model it would replace, on the same rows; positive is better. */
export interface Comparison {
  readonly brierGain: Interval;
  readonly prAucGain: Interval | null;
  /** Both intervals lie above 0. */
  readonly isBetter: boolean;
}

type Statistic = (rows: Int32Array) => number | null;

function brierOfRows(labels: Uint8Array, probabilities: Float64Array): Statistic {
  const errors = probabilities.map((probability, row) => (probability - labels[row]) ** 2);
  return (rows) => (rows.length === 0 ? null : rows.reduce((sum, row) => sum + errors[row], 0) / rows.length);
}

/** Compares two models by the paired bootstrap: fall of the Brier score and rise of PR-AUC. */
export function compare(
  labels: Uint8Array,
  challenger: Float64Array,
  incumbent: Float64Array,
  options: Partial<BootstrapOptions> = {},
): Comparison {
  const gain = (ours: Statistic, theirs: Statistic, sign: number) =>
    bootstrapInterval(
      labels.length,
      (rows) => {
        const [our, their] = [ours(rows), theirs(rows)];
        return our === null || their === null ? null : sign * (our - their);
      },
      options,
    );
  const brierGain = gain(brierOfRows(labels, challenger), brierOfRows(labels, incumbent), -1);
  if (brierGain === null) throw new RangeError('There are no rows to compare the models on.');
  const prAucGain = gain(prAucOfRows(labels, challenger), prAucOfRows(labels, incumbent), 1);
  return { brierGain, prAucGain, isBetter: brierGain.low > 0 && prAucGain !== null && prAucGain.low > 0 };
}

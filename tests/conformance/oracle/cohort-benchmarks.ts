import type { Instant } from '../support/zone.ts';
import { wilson } from './cohorts.ts';
import type { PayingCell } from './cohorts-paying.ts';
import { payingCells } from './cohorts-paying.ts';
import type { Measure } from './oracle.ts';
import { defineOracle } from './oracle.ts';

interface Comparison {
  dims: Record<'split' | 'cohort' | 'standing', string | null>;
  own: Group;
  others: Group;
}

interface Group {
  size: number;
  retained: number;
}

const splits: Record<string, (cell: PayingCell) => string | null> = {
  genotype: (cell) => cell.dims.genotype,
  payer_type: (cell) => cell.dims.payer_type,
  insurance: (cell) => cell.dims.insurance,
  state: (cell) => cell.dims.state,
  channel: (cell) => cell.dims.channel,
  cohort_month: (cell) => monthName(cell.begin),
};

export const monthName = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const groupOf = (cells: readonly PayingCell[]): Group => ({
  size: cells.length,
  retained: cells.filter((cell) => cell.isRetained).length,
});
const rate = ({ size, retained }: Group) => (size === 0 ? null : retained / size);

/** Newcombe's interval of the difference between two proportions; null where there is nobody to compare with. */
function newcombe(own: Group, others: Group): [number, number] | null {
  const [p, q] = [rate(own), rate(others)];
  const [inP, inQ] = [wilson(own.retained, own.size), wilson(others.retained, others.size)];
  if (p === null || q === null || !inP || !inQ) return null;
  return [p - q - Math.hypot(p - inP[0], inQ[1] - q), p - q + Math.hypot(inP[1] - p, q - inQ[0])];
}

/** Two-sided, of a standard normal deviate: twice the area beyond it, by Simpson's rule. */
function twoSided(deviate: number): number {
  const steps = 4000;
  const width = Math.abs(deviate) / steps;
  let area = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    area += weight * Math.exp(-((i * width) ** 2) / 2);
  }
  return 1 - (2 * area * width) / 3 / Math.sqrt(2 * Math.PI);
}

function pValue(own: Group, others: Group): number | null {
  const [p, q] = [rate(own), rate(others)];
  if (p === null || q === null) return null;
  const pooled = (own.retained + others.retained) / (own.size + others.size);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / own.size + 1 / others.size));
  return deviation === 0 ? 1 : twoSided((p - q) / deviation);
}

/** Which hypotheses Benjamini and Hochberg reject at 5%: all up to the last one below its line. */
function rejected(values: readonly (number | null)[]): boolean[] {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const last = known.findLast((value, index) => value <= (0.05 * (index + 1)) / known.length) ?? -1;
  return values.map((value) => value !== null && value <= last);
}

function standing(own: Group, others: Group, isRejected: boolean): string | null {
  const interval = newcombe(own, others);
  if (interval === null) return null;
  if (isRejected && interval[0] > 0) return 'above';
  return isRejected && interval[1] < 0 ? 'below' : 'average';
}

const only =
  (figure: (row: Comparison) => number | null): Measure<Comparison> =>
  (rows) =>
    rows.length === 1 && rows[0] ? figure(rows[0]) : null;

function difference({ own, others }: Comparison): number | null {
  const [p, q] = [rate(own), rate(others)];
  return p === null || q === null ? null : p - q;
}

/** Each cohort of each split beside all other subscribers at one month after the first. */
export const cohortBenchmarks = defineOracle<Comparison>({
  view: 'cohort_benchmarks',
  choices: ['period'],
  facts(data, at: Instant, { period = '3' }) {
    const cells = payingCells(data, at).filter((cell) => cell.isMature && cell.dims.period === period);
    return Object.entries(splits).flatMap(([split, of]) => {
      const cohorts = [...new Set(cells.map((cell) => of(cell) ?? 'unknown'))];
      const pairs = cohorts.map((cohort) => ({
        cohort,
        own: groupOf(cells.filter((cell) => (of(cell) ?? 'unknown') === cohort)),
        others: groupOf(cells.filter((cell) => (of(cell) ?? 'unknown') !== cohort)),
      }));
      const isRejected = rejected(pairs.map(({ own, others }) => pValue(own, others)));
      return pairs.map(({ cohort, own, others }, index) => ({
        dims: { split, cohort, standing: standing(own, others, isRejected[index] ?? false) },
        own,
        others,
      }));
    });
  },
  measures: {
    cohort_size: only(({ own }) => own.size),
    retention_rate: only(({ own }) => rate(own)),
    other_size: only(({ others }) => others.size),
    other_retention_rate: only(({ others }) => rate(others)),
    retention_difference: only(difference),
    difference_low: only(({ own, others }) => newcombe(own, others)?.[0] ?? null),
    difference_high: only(({ own, others }) => newcombe(own, others)?.[1] ?? null),
  },
});

import { benjaminiHochberg } from '../stats/benjaminiHochberg';
import { differenceOf, newcombe, newcombeP, pFromInterval, type Difference } from '../stats/newcombe';
import { averages, counts, type Average } from './averages';
import { intervalOf } from './intervals';
import type { Cell, CohortModel } from './model';

/** The rate of false discoveries among the cohorts marked as different. */
const DISCOVERY_RATE = 0.05;

export type Verdict = 'above' | 'below' | 'not significant';

export interface Comparison extends Difference {
  /** p value adjusted over the cohorts shown. */
  q: number;
  verdict: Verdict;
}

export interface Benchmark {
  /** Share of the cell less the benchmark's, for mature cells; null where there is no benchmark. */
  differences: Array<Array<number | null>>;
  /** Tested differences at the chosen period, in the order of the cohorts. */
  tested: Array<Comparison | null>;
  /** Position of the chosen period; -1 when the data does not have it. */
  index: number;
}

/**
 * Compares each cohort with the benchmark of the data, or with all other cohorts together. Significance is claimed at one
 * period only: Newcombe's interval, Benjamini-Hochberg over the cohorts.
 * @param period at which differences are tested
 */
export function compareWithBenchmark(model: CohortModel, period: number): Benchmark {
  const totals = averages(model);
  const differences = model.cohorts.map(({ cells }) =>
    cells.map((cell, index) => {
      const other = benchmarkOf(cell, totals[index]);
      return cell?.mature && cell.share !== null && other !== null ? cell.share - other : null;
    })
  );
  const index = model.periods.indexOf(period);
  const pairs = model.cohorts.map(({ cells }) => test(cells[index], totals[index], model.basis));
  const q = benjaminiHochberg(pairs.flatMap((pair) => (pair ? [pair.p] : [])));
  let next = 0;
  const tested = pairs.map((pair): Comparison | null => {
    if (!pair) {
      return null;
    }
    const adjusted = q[next++] ?? 1;
    const different = adjusted <= DISCOVERY_RATE;
    const verdict = !different ? 'not significant' : pair.interval.difference > 0 ? 'above' : 'below';
    return { ...pair.interval, q: adjusted, verdict };
  });
  return { differences, tested, index };
}

/** The benchmark's share at a cell: given, else that of all other mature cells of the period. */
export function benchmarkOf(cell: Cell | undefined, total: Average | undefined): number | null {
  if (cell?.benchmark) {
    return cell.benchmark.value;
  }
  if (!counts(cell) || !total) {
    return null;
  }
  const weight = total.weight - cell.weight;
  return weight > 0 ? (total.kept - cell.share * cell.weight) / weight : null;
}

function test(
  cell: Cell | undefined,
  total: Average | undefined,
  basis: CohortModel['basis']
): { interval: Difference; p: number } | null {
  if (!cell?.mature || cell.share === null || !total) {
    return null;
  }
  const own = proportion(cell.share, cell.weight, basis);
  const given = cell.benchmark;
  const other = given
    ? proportion(given.value, given.size, basis)
    : counts(cell)
      ? proportion(
          (total.kept - cell.share * cell.weight) / (total.weight - cell.weight),
          total.weight - cell.weight,
          basis
        )
      : null;
  if (own && other) {
    const interval = newcombe(own, other);
    const p = newcombeP(own, other);
    return interval && p !== null ? { interval, p } : null;
  }
  const bounds = intervalOf(cell, basis);
  if (!bounds || !given || given.lower === null || given.upper === null) {
    return null;
  }
  const benchmark = { value: given.value, lower: given.lower, upper: given.upper };
  const interval = differenceOf({ value: cell.share, ...bounds }, benchmark);
  return { interval, p: pFromInterval(interval) };
}

/** Money has no counts to test. */
function proportion(share: number, trials: number | null, basis: CohortModel['basis']) {
  return basis === 'customers' && trials !== null && trials > 0
    ? { successes: Math.round(share * trials), trials: Math.round(trials) }
    : null;
}

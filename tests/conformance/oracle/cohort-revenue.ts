import { Fraction, ratio } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import { groupBy } from './attributes.ts';
import { monthName } from './cohort-benchmarks.ts';
import type { PayingCell } from './cohorts-paying.ts';
import { payingCells } from './cohorts-paying.ts';
import type { Measure } from './oracle.ts';
import { defineOracle } from './oracle.ts';

interface CohortCell {
  dims: Record<'split' | 'cohort' | 'cohort_month' | 'period' | 'worked_out_on', string>;
  customers: number;
  first: Fraction;
  now: Fraction;
  low: number | null;
  high: number | null;
}

const splits: Record<string, (cell: PayingCell) => string | null> = {
  all: () => 'all',
  genotype: (cell) => cell.dims.genotype,
  payer_type: (cell) => cell.dims.payer_type,
  insurance: (cell) => cell.dims.insurance,
  state: (cell) => cell.dims.state,
  channel: (cell) => cell.dims.channel,
};

const only =
  (figure: (cell: CohortCell) => Fraction | number | null): Measure<CohortCell> =>
  (cells) =>
    cells.length === 1 && cells[0] ? figure(cells[0]) : null;

/** Sums at the newest run's snapshot; the bounds are as the run stored them. */
function cellsAtRun(data: RawData, day: string, snapshotAt: number): CohortCell[] {
  const stored = new Map(
    data.retentionIntervals
      .filter((row) => row.day === day)
      .map((row) => [
        JSON.stringify([row.split, row.cohort, row.month?.slice(0, 7) ?? 'all', String(row.period)]),
        row,
      ]),
  );
  const mature = payingCells(data, snapshotAt).filter((cell) => cell.isMature);
  return Object.entries(splits).flatMap(([split, of]) => {
    const groups = groupBy(
      mature.flatMap((cell) => ['all', monthName(cell.begin)].map((month) => ({ cell, month }))),
      ({ cell, month }) => JSON.stringify([split, of(cell) ?? 'unknown', month, cell.dims.period]),
    );
    // Of a part of all subscribers only what is large enough for an interval.
    const shown = [...groups].filter(([, group]) => split === 'all' || group.length >= 30);
    return shown.map(([key, group]) => {
      const [, cohort, cohort_month, period] = JSON.parse(key) as [string, string, string, string];
      return {
        dims: { split, cohort, cohort_month, period, worked_out_on: day },
        customers: group.length,
        first: Fraction.sum(group.map(({ cell }) => cell.first)),
        now: Fraction.sum(group.map(({ cell }) => cell.mrr)),
        low: stored.get(key)?.low ?? null,
        high: stored.get(key)?.high ?? null,
      };
    });
  });
}

/** What cohorts of each split retained of their MRR, as the newest run up to T knew it. */
export const cohortRevenue = defineOracle<CohortCell>({
  view: 'cohort_revenue',
  facts(data, at) {
    const [run] = data.retentionRuns
      .filter(({ snapshotAt }) => snapshotAt <= at)
      .sort((a, b) => b.snapshotAt - a.snapshotAt);
    return run ? cellsAtRun(data, run.day, run.snapshotAt) : [];
  },
  measures: {
    cohort_size: only(({ customers }) => customers),
    mrr_first: only(({ first }) => first),
    mrr_retained: only(({ now }) => now),
    revenue_retention: only(({ now, first }) => ratio(now, first)),
    revenue_retention_low: only(({ low }) => low),
    revenue_retention_high: only(({ high }) => high),
  },
});

import { Fraction, ratio } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { cells, retention } from './cohorts.ts';
import type { Cell } from './cohorts.ts';
import { lastActions } from './last-action.ts';
import { count, defineOracle } from './oracle.ts';
import { ratesOf, runningAt, subscriptionsByCustomer, worth } from './recurring.ts';
import { percentile } from './statistics.ts';

export interface PayingCell extends Cell {
  /** At the month's end, at the end of the month before, and at the end of the cohort's first month. */
  mrr: Fraction;
  before: Fraction | undefined;
  first: Fraction;
  /** The cohort's first month, and the cell's own. */
  begin: Month;
  month: Month;
}

/** MRR at the end of each month in which a customer could have any; the running month ends at T. */
function monthEndMrr(data: RawData, at: Instant): Map<string, Map<Month, Fraction>> {
  const book = new Map<string, Map<Month, Fraction>>();
  for (const [customer, contracts] of subscriptionsByCustomer(data)) {
    const starts = contracts.map(({ subscription }) => data.zone.month(subscription.startedAt));
    const months = new Map<Month, Fraction>();
    for (let month = Math.min(...starts); month <= data.zone.month(at); month += 1) {
      const end = Math.min(at, data.zone.monthEnd(month));
      months.set(month, worth(runningAt(contracts, end), ratesOf(data, data.zone.day(end))));
    }
    book.set(customer, months);
  }
  return book;
}

const exposed = (cell: PayingCell) => cell.isMature && (cell.before?.sign ?? 0) > 0;
/** A month that is still running has not been lost. */
const churned = (cell: PayingCell) => exposed(cell) && cell.mrr.sign === 0;

/** Cells of subscribers by the first month at whose end they had MRR. */
export function payingCells(data: RawData, at: Instant): PayingCell[] {
  const book = monthEndMrr(data, at);
  const mrr = (customer: string, month: Month) => book.get(customer)?.get(month) ?? Fraction.zero;
  const begins = new Map<string, Month>();
  for (const [customer, months] of book) {
    const first = [...months].find(([, amount]) => amount.sign > 0);
    if (first) begins.set(customer, first[0]);
  }
  return cells(data, at, begins, (customer, month) => mrr(customer, month).sign > 0).map((cell) => {
    const begin = begins.get(cell.customer) ?? cell.month;
    return {
      ...cell,
      mrr: mrr(cell.customer, cell.month),
      before: cell.month > begin ? mrr(cell.customer, cell.month - 1) : undefined,
      first: mrr(cell.customer, begin),
      begin,
    };
  });
}

interface EndedCell extends PayingCell {
  dims: PayingCell['dims'] & { last_action: string | null };
  /** Of those who churned, between their last action and that. */
  days: number | null;
}

/** Subscribers by the first month at whose end they had MRR. */
export const cohortsPaying = defineOracle<EndedCell>({
  view: 'cohorts_paying',
  time: 'cohort_month',
  facts(data, at) {
    const last = lastActions(data, at);
    return payingCells(data, at).map((cell) => {
      const ended = churned(cell) ? last(cell.customer, cell.month) : null;
      return {
        ...cell,
        dims: { ...cell.dims, last_action: ended && ended.action },
        days: ended && ended.daysBefore,
      };
    });
  },
  measures: {
    ...retention('paying'),
    churned_in_month: count(churned),
    hazard: (facts) => ratio(facts.filter(churned).length, facts.filter(exposed).length),
    days_from_last_action_p50: (facts) =>
      percentile(
        facts.flatMap(({ days }) => days ?? []),
        0.5,
      ),
    revenue_retention: (facts) => {
      const ended = facts.filter((cell) => cell.isMature);
      return ratio(Fraction.sum(ended.map((cell) => cell.mrr)), Fraction.sum(ended.map((cell) => cell.first)));
    },
  },
});

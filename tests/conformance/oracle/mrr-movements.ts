import { Fraction, ratio } from '../support/decimal.ts';
import type { Customer, RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { attributesAt } from './attributes.ts';
import type { Slicers } from './attributes.ts';
import type { Measure, Period } from './oracle.ts';
import { count, defineOracle, monthStart, sum } from './oracle.ts';
import { openingRates, ratesOf, runningAt, subscriptionsByCustomer, worth } from './recurring.ts';

/** What a customer did to a slice's recurring revenue in one month. */
export interface Posting {
  time: Instant;
  month: Month;
  dims: Slicers & { is_partial: string };
  opening?: Fraction;
  isNew?: boolean;
  new?: Fraction;
  reactivation?: Fraction;
  expansion?: Fraction;
  contraction?: Fraction;
  churn?: Fraction;
  transferIn?: Fraction;
  transferOut?: Fraction;
  fx?: Fraction;
  closing?: Fraction;
  /** In the slice of twelve months ago: MRR then; now, when it never was 0 between; and now in any case. */
  year?: { before: Fraction; kept: Fraction; now: Fraction };
}

/** A customer's MRR at the end of every month up to T, which stands for the end of the running one. */
export function monthEnds(data: RawData, customer: Customer, from: Month, at: Instant) {
  const contracts = subscriptionsByCustomer(data).get(customer.id) ?? [];
  const ends = [];
  for (let month = from - 1; month <= data.zone.month(at); month += 1) {
    const end = Math.min(at, data.zone.monthEnd(month));
    const running = runningAt(contracts, end);
    ends.push({ month, end, running, mrr: worth(running, ratesOf(data, data.zone.day(end))) });
  }
  return ends;
}

function postings(data: RawData, customer: Customer, from: Month, at: Instant): Posting[] {
  const ends = monthEnds(data, customer, from, at);
  const result: Posting[] = [];
  let hadBefore = false;
  for (const [index, now] of ends.entries()) {
    const before = ends[index - 1];
    if (!before) continue;
    const opening = before.mrr;
    const closing = now.mrr;
    const atOpeningRate = worth(now.running, openingRates(data, data.zone.day(before.end), data.zone.day(now.end)));
    const home = attributesAt(data, customer, opening.sign > 0 ? before.end : now.end);
    const moved = attributesAt(data, customer, now.end);
    const shared = {
      time: monthStart(data, now.month),
      month: now.month,
    };
    const is_partial = String(now.end < data.zone.monthEnd(now.month));
    const main: Posting = { ...shared, dims: { ...home, is_partial }, opening };
    if (closing.sign === 0) {
      main.churn = opening;
    } else if (opening.sign === 0) {
      main.isNew = !hadBefore;
      main[hadBefore ? 'reactivation' : 'new'] = atOpeningRate;
      main.fx = closing.minus(atOpeningRate);
    } else {
      const change = atOpeningRate.minus(opening);
      if (change.sign >= 0) main.expansion = change;
      else main.contraction = change.negated();
      main.fx = closing.minus(atOpeningRate);
    }
    const yearAgo = ends[index - 12];
    if (yearAgo && yearAgo.mrr.sign > 0) {
      const stayed = ends.slice(index - 12, index + 1).every((end) => end.mrr.sign > 0);
      const year = { before: yearAgo.mrr, kept: stayed ? closing : Fraction.zero, now: closing };
      result.push({ ...shared, dims: { ...attributesAt(data, customer, yearAgo.end), is_partial }, year });
    }
    const moves = closing.sign > 0 && JSON.stringify(home) !== JSON.stringify(moved);
    if (moves) {
      main.transferOut = closing;
      result.push({ ...shared, dims: { ...moved, is_partial }, transferIn: closing, closing });
    } else {
      main.closing = closing;
    }
    if (opening.sign > 0 || closing.sign > 0) result.push(main);
    hadBefore ||= closing.sign > 0;
  }
  return result;
}

type Amount = (posting: Posting) => Fraction | undefined;
const total = (amount: Amount) => sum(amount) as (postings: readonly Posting[]) => Fraction;
const inMonth = (postings: readonly Posting[], month: Month) => postings.filter((posting) => posting.month === month);
const opening = (postings: readonly Posting[], { first }: Period) => total((p) => p.opening)(inMonth(postings, first));
const closing = (postings: readonly Posting[], { last }: Period) => total((p) => p.closing)(inMonth(postings, last));
const openings = total((p) => p.opening);
const added = {
  new: total((p) => p.new),
  reactivation: total((p) => p.reactivation),
  expansion: total((p) => p.expansion),
  contraction: total((p) => p.contraction),
  churn: total((p) => p.churn),
};
const positive = (amount: Amount) => (postings: readonly Posting[]) =>
  postings.filter((posting) => (amount(posting)?.sign ?? 0) > 0).length;
const opened = positive((p) => p.opening);
const churned = positive((p) => p.churn);

/** Of the subscribers of twelve months before the period's last month. */
function yearly(amount: (year: NonNullable<Posting['year']>) => Fraction): Measure<Posting> {
  return (postings, { last }) => {
    const rows = inMonth(postings, last).flatMap((posting) => posting.year ?? []);
    return ratio(Fraction.sum(rows.map(amount)), Fraction.sum(rows.map((year) => year.before)));
  };
}

const smaller = (a: Fraction, b: Fraction) => (a.compare(b) < 0 ? a : b);

/** Month of the first subscription; without any, no month is early enough. */
export function firstMonth(data: RawData): Month {
  const starts = data.subscriptions.map((subscription) => data.zone.month(subscription.startedAt));
  return starts.reduce((low, month) => Math.min(low, month), Infinity);
}

/** Each customer's movements, month by month. */
export const mrrMovements = defineOracle<Posting>({
  view: 'mrr_movements',
  time: 'month',
  facts(data, at) {
    const first = firstMonth(data);
    return data.customers.flatMap((customer) => postings(data, customer, first, at));
  },
  measures: {
    mrr_opening: opening,
    mrr_new: added.new,
    mrr_reactivation: added.reactivation,
    mrr_expansion: added.expansion,
    mrr_contraction: added.contraction,
    mrr_churn: added.churn,
    mrr_transfer_in: total((p) => p.transferIn),
    mrr_transfer_out: total((p) => p.transferOut),
    mrr_fx: total((p) => p.fx),
    mrr_closing: closing,
    mrr_growth: (rows, period) => ratio(closing(rows, period).minus(opening(rows, period)), opening(rows, period)),
    quick_ratio: (rows) =>
      ratio(
        added.new(rows).plus(added.reactivation(rows)).plus(added.expansion(rows)),
        added.contraction(rows).plus(added.churn(rows)),
      ),
    nrr: (rows) =>
      ratio(
        openings(rows).plus(added.expansion(rows)).minus(added.contraction(rows)).minus(added.churn(rows)),
        openings(rows),
      ),
    grr: (rows) => ratio(openings(rows).minus(added.contraction(rows)).minus(added.churn(rows)), openings(rows)),
    nrr_12m: yearly((year) => year.kept),
    grr_12m: yearly((year) => smaller(year.kept, year.before)),
    nrr_with_reactivation: yearly((year) => year.now),
    opening_subscribers: (rows, { first }) => opened(inMonth(rows, first)),
    new_subscribers: count((p) => p.isNew === true),
    churned_subscribers: churned,
    subscriber_churn_rate: (rows) => ratio(churned(rows), opened(rows)),
  },
});

import { Fraction, ratio } from '../support/decimal.ts';
import type { Customer, RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { firstMonth, monthEnds } from './mrr-movements.ts';
import type { Period } from './oracle.ts';
import { defineOracle, monthStart, sum } from './oracle.ts';
import { openingRates, ratesOf, worthByPlan } from './recurring.ts';

/** What a customer did to a plan's recurring revenue in one month. */
interface Posting {
  time: Instant;
  month: Month;
  dims: Record<'plan' | 'channel' | 'is_partial', string | null>;
  opening: Fraction;
  closing: Fraction;
  fx: Fraction;
  kind: 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn';
  change: Fraction;
}

function postings(data: RawData, customer: Customer, from: Month, at: Instant): Posting[] {
  const ends = monthEnds(data, customer, from, at);
  const result: Posting[] = [];
  let hadBefore = false;
  for (const [index, now] of ends.entries()) {
    const before = ends[index - 1];
    if (!before) continue;
    const days = { before: data.zone.day(before.end), now: data.zone.day(now.end) };
    const openings = worthByPlan(before.running, ratesOf(data, days.before));
    const closings = worthByPlan(now.running, ratesOf(data, days.now));
    const atOpeningRates = worthByPlan(now.running, openingRates(data, days.before, days.now));
    const names = new Map([...before.running, ...now.running].map((part) => [part.plan, part.planName]));
    for (const [plan, planName] of names) {
      const opening = openings.get(plan) ?? Fraction.zero;
      const closing = closings.get(plan) ?? Fraction.zero;
      // Less than a cent is nothing, whatever the earlier rate would have made of it.
      const atOpeningRate = closing.sign === 0 ? Fraction.zero : (atOpeningRates.get(plan) ?? Fraction.zero);
      const growth = atOpeningRate.minus(opening);
      const kind = () => {
        if (before.mrr.sign === 0) return hadBefore ? 'reactivation' : 'new';
        if (now.mrr.sign === 0) return 'churn';
        return growth.sign >= 0 ? 'expansion' : 'contraction';
      };
      result.push({
        time: monthStart(data, now.month),
        month: now.month,
        dims: {
          plan: planName,
          channel: customer.channel,
          is_partial: String(now.end < data.zone.monthEnd(now.month)),
        },
        opening,
        closing,
        fx: closing.minus(atOpeningRate),
        kind: kind(),
        change: growth.sign < 0 ? growth.negated() : growth,
      });
    }
    hadBefore ||= now.mrr.sign > 0;
  }
  return result;
}

const changes = (kind: Posting['kind']) =>
  sum<Posting>((posting) => (posting.kind === kind ? posting.change : undefined));
const inMonth = (amount: 'opening' | 'closing', month: Month, postings: readonly Posting[]) =>
  Fraction.sum(postings.filter((posting) => posting.month === month).map((posting) => posting[amount]));
const opening = (postings: readonly Posting[], { first }: Period) => inMonth('opening', first, postings);
const closing = (postings: readonly Posting[], { last }: Period) => inMonth('closing', last, postings);

/** Each customer's movements by plan: a change of plan contracts one and expands the other. */
export const planMrrMovements = defineOracle<Posting>({
  view: 'plan_mrr_movements',
  time: 'month',
  facts: (data, at) => {
    const first = firstMonth(data);
    return data.customers.flatMap((customer) => postings(data, customer, first, at));
  },
  measures: {
    mrr_opening: opening,
    mrr_new: changes('new'),
    mrr_reactivation: changes('reactivation'),
    mrr_expansion: changes('expansion'),
    mrr_contraction: changes('contraction'),
    mrr_churn: changes('churn'),
    mrr_fx: sum((posting) => posting.fx),
    mrr_closing: closing,
    mrr_growth: (rows, period) => ratio(closing(rows, period).minus(opening(rows, period)), opening(rows, period)),
  },
});

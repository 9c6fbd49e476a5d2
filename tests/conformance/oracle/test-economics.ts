import { Fraction, ratio } from '../support/decimal.ts';
import type { Claim } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { ledgerAt } from './cash.ts';
import { requiredRate } from './exchange.ts';
import { count, defineOracle, monthStart, sumOfKnown } from './oracle.ts';
import { earnedAt } from './recognised-revenue.ts';

/** A test with a result, a month's costs, revenue of tests, or a claim decided on. */
interface Entry {
  time: Instant;
  dims: { payer: string | null; is_partial: string };
  isTest?: boolean;
  /** A test of a month before the ledger's first. */
  isUnbooked?: boolean;
  cost?: Fraction;
  earned?: Fraction;
  claim?: Claim;
  paid?: Fraction;
}

const tests = (entries: readonly Entry[]) => entries.filter(({ isTest }) => isTest).length;
const costs = sumOfKnown<Entry>(({ cost }) => cost) as (entries: readonly Entry[]) => Fraction | null;
const revenue = sumOfKnown<Entry>(({ earned }) => earned) as (entries: readonly Entry[]) => Fraction | null;
const paid = sumOfKnown<Entry>((entry) => entry.paid) as (entries: readonly Entry[]) => Fraction | null;
const claims = (entries: readonly Entry[]) => entries.flatMap(({ claim }) => claim ?? []);
const denied = (entries: readonly Entry[]) => claims(entries).filter(({ status }) => status === 'denied').length;

const perTest = (entries: readonly Entry[], amount: Fraction | null) =>
  amount === null || entries.some(({ isUnbooked }) => isUnbooked) ? null : ratio(amount, tests(entries));

export const testEconomics = defineOracle<Entry>({
  view: 'test_economics',
  time: 'month',
  facts(data, at) {
    const placed = (instant: Instant, payer: string | null = null) => {
      const month = data.zone.month(instant);
      return { time: monthStart(data, month), dims: { payer, is_partial: String(at < data.zone.monthEnd(month)) } };
    };
    const ledger = ledgerAt(data, at);
    const begin = ledger.reduce((low, { month }) => Math.min(low, month), Infinity);
    const results = data.orders.flatMap(({ resultAt }) => (resultAt !== null && resultAt <= at ? resultAt : []));
    const decided = data.claims.filter((claim) => claim.adjudicatedAt !== null && claim.adjudicatedAt <= at);
    return [
      ...results.map((result) => ({ ...placed(result), isTest: true, isUnbooked: data.zone.month(result) < begin })),
      ...ledger.map(({ entry, month, amount }) => ({
        ...placed(monthStart(data, month)),
        cost: entry.product === 'tests' && entry.costClass !== null ? amount.negated() : Fraction.zero,
      })),
      ...earnedAt(data, at)
        .filter(({ dims }) => dims.product === 'tests')
        .map(({ time, amount }) => ({ ...placed(time), earned: amount })),
      ...decided.map((claim) => {
        const day = data.zone.day(claim.adjudicatedAt ?? 0);
        const rate = requiredRate(data, claim.currency, day);
        return { ...placed(claim.adjudicatedAt ?? 0, claim.payer), claim, paid: claim.amount.times(rate).rounded() };
      }),
    ];
  },
  measures: {
    // Claims alone, those of one payer say, tell nothing about it.
    tests_completed: (entries) => (entries.every(({ claim }) => claim) ? null : tests(entries)),
    test_costs: costs,
    test_revenue: revenue,
    cost_per_test: (entries) => perTest(entries, costs(entries)),
    profit_per_test: (entries) =>
      perTest(entries, costs(entries) && (revenue(entries) ?? Fraction.zero).minus(costs(entries) ?? Fraction.zero)),
    claims_adjudicated: count(({ claim }) => claim !== undefined),
    claims_denied: denied,
    denial_rate: (entries) => ratio(denied(entries), claims(entries).length),
    reimbursement: paid,
    reimbursement_per_test: (entries) =>
      ratio(paid(entries) ?? Fraction.zero, new Set(claims(entries).map(({ test }) => test)).size),
  },
});

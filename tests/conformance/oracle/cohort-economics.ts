import { Fraction, ratio } from '../support/decimal.ts';
import type { Customer, RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { monthOf } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { conversions } from './attribution.ts';
import { requiredRate } from './exchange.ts';
import type { Measure } from './oracle.ts';
import type { Held } from './subscriber-years.ts';
import { subscriberYears, together } from './subscriber-years.ts';

export interface Economics {
  /** Null: no spend on record in the month of the sign-up. */
  cost: Fraction | null;
  hasPaid: boolean;
  isSubscriber: boolean;
  held: Held;
  all: Held;
  margin: Fraction | null;
}

/** What each customer cost to win, by customer. */
function acquisitionCosts(data: RawData, at: Instant, known: readonly Customer[]): Map<string, Fraction> {
  const spend = data.spend
    .filter((row) => row.day <= data.zone.day(at))
    .map((row) => ({
      channel: row.channel,
      month: monthOf(row.day),
      amount: row.amount.times(requiredRate(data, row.currency, row.day)).rounded(),
    }));
  const costs = new Map<string, Fraction>();
  for (const joined of groupBy(known, (customer) => String(data.zone.month(customer.createdAt))).values()) {
    const month = data.zone.month(joined[0]?.createdAt ?? 0);
    const ofMonth = spend.filter((row) => row.month === month);
    if (ofMonth.length === 0) continue;
    const pay = (payers: readonly Customer[], amount: Fraction) => {
      for (const { id } of payers)
        costs.set(id, (costs.get(id) ?? Fraction.zero).plus(amount.over(Fraction.of(payers.length))));
    };
    pay(joined, Fraction.zero);
    for (const { channel, amount } of ofMonth) {
      const own = joined.filter((customer) => customer.channel === channel);
      pay(own.length > 0 ? own : joined, amount);
    }
  }
  return costs;
}

/** What everyone who signed up by T cost, and was as a subscriber. */
export function economics(data: RawData, at: Instant): Map<string, Economics> {
  const known = data.customers.filter((customer) => customer.createdAt <= at);
  const costs = acquisitionCosts(data, at, known);
  const paid = conversions(data, at, 'first_payment');
  const years = subscriberYears(data, at);
  const all = together([...years.held.values()]);
  return new Map(
    known.map(({ id }) => [
      id,
      {
        cost: costs.get(id) ?? null,
        hasPaid: paid.has(id),
        isSubscriber: years.subscribers.has(id),
        held: years.held.get(id) ?? together([]),
        all,
        margin: years.margin,
      },
    ]),
  );
}

type Member = { economics: Economics };
type Figure = (members: readonly Member[]) => number | null;

const spend = (members: readonly Member[]) => {
  const known = members.flatMap(({ economics: { cost } }) => cost ?? []);
  return known.length === 0 ? null : Fraction.sum(known);
};
const spendFor =
  (isWon: (economics: Economics) => boolean): Figure =>
  (members) => {
    const amount = spend(members);
    return amount && ratio(amount, members.filter((member) => isWon(member.economics)).length);
  };
const own = (members: readonly Member[]) => together(members.map(({ economics }) => economics.held));
const others = (members: readonly Member[]) => {
  const { mrr, churned } = own(members);
  const all = members[0]?.economics.all ?? together([]);
  return { mrr: all.mrr.minus(mrr), churned: all.churned - churned };
};
/** ARPA x margin / churn rate; the subscribers cancel. */
const lifetime =
  (of: (members: readonly Member[]) => Pick<Held, 'mrr' | 'churned'>): Figure =>
  (members) => {
    const { mrr, churned } = of(members);
    const share = members[0]?.economics.margin ?? null;
    return churned < 20 || share === null ? null : mrr.times(share).over(Fraction.of(churned)).toNumber();
  };
const quotient =
  (top: Figure, bottom: Figure): Figure =>
  (members) => {
    const [a, b] = [top(members), bottom(members)];
    return a === null || b === null || b === 0 ? null : a / b;
  };

const cacSubscriber = spendFor(({ isSubscriber }) => isSubscriber);
const ltv = lifetime(own);
const ltvOthers = lifetime(others);
const monthlyProfit: Figure = (members) => {
  const { mrr, openings } = own(members);
  const share = members[0]?.economics.margin ?? null;
  return share === null || share.sign <= 0 ? null : ratio(mrr.times(share), openings);
};

/** Of cohorts whose members carry their economics. */
export const economicMeasures: Record<string, Measure<Member>> = {
  acquisition_spend: (members) => spend(members)?.toNumber() ?? null,
  cac: spendFor(({ hasPaid }) => hasPaid),
  cac_subscriber: cacSubscriber,
  ltv,
  ltv_others: ltvOthers,
  ltv_vs_average: (members) => {
    const against = quotient(ltv, ltvOthers)(members);
    return against === null ? null : against - 1;
  },
  ltv_cac_ratio: quotient(ltv, cacSubscriber),
  cac_payback_months: quotient(cacSubscriber, monthlyProfit),
};

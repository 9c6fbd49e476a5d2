import { Fraction, ratio } from '../support/decimal.ts';
import type { Customer, RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { monthOf } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { conversions } from './attribution.ts';
import { requiredRate } from './exchange.ts';
import { firstMonth, monthEnds } from './mrr-movements.ts';
import type { Measure } from './oracle.ts';
import { margin } from './unit-economics.ts';

/** MRR at the openings of the 12 full months to T, and how often it was lost in them. */
interface Held {
  mrr: Fraction;
  openings: number;
  churned: number;
}

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

function heldBy(ends: ReturnType<typeof monthEnds>, inside: (event: { month: Month }) => boolean): Held {
  const openings = ends.slice(1).flatMap((now, index) => {
    const before = ends[index];
    return before && before.mrr.sign > 0 && inside(now) ? { mrr: before.mrr, isLost: now.mrr.sign === 0 } : [];
  });
  return {
    mrr: Fraction.sum(openings.map(({ mrr }) => mrr)),
    openings: openings.length,
    churned: openings.filter(({ isLost }) => isLost).length,
  };
}

/** Sums. */
function together(parts: readonly Held[]): Held {
  return {
    mrr: Fraction.sum(parts.map(({ mrr }) => mrr)),
    openings: parts.reduce((sum, part) => sum + part.openings, 0),
    churned: parts.reduce((sum, part) => sum + part.churned, 0),
  };
}

/** What everyone who signed up by T cost, and was as a subscriber. */
export function economics(data: RawData, at: Instant): Map<string, Economics> {
  const known = data.customers.filter((customer) => customer.createdAt <= at);
  const running = data.zone.month(at);
  const newest = at < data.zone.monthEnd(running) ? running - 1 : running;
  const inside = (event: { month: Month }) => event.month <= newest && event.month > newest - 12;
  const costs = acquisitionCosts(data, at, known);
  const paid = conversions(data, at, 'first_payment');
  const share = margin(data, at, ['subscriptions'], inside);
  const lives = known.map((customer) => ({ customer, ends: monthEnds(data, customer, firstMonth(data), at) }));
  const held = lives.map(({ ends }) => heldBy(ends, inside));
  const all = together(held);
  return new Map(
    lives.map(({ customer, ends }, index) => [
      customer.id,
      {
        cost: costs.get(customer.id) ?? null,
        hasPaid: paid.has(customer.id),
        isSubscriber: ends.some(({ mrr }) => mrr.sign > 0),
        held: held[index] ?? together([]),
        all,
        margin: share,
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

import { Fraction, ratio } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { monthOf } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { conversions, eligible } from './attribution.ts';
import { ledgerAt, total } from './cash.ts';
import { requiredRate } from './exchange.ts';
import { firstMonth, monthEnds } from './mrr-movements.ts';
import type { Measure, Value } from './oracle.ts';
import { defineOracle, monthStart } from './oracle.ts';
import { earnedAt, totalEarned } from './recognised-revenue.ts';

const names = [
  'arpa_12m',
  'subscriber_churn_rate_12m',
  'subscription_gross_margin',
  'ltv',
  'cac',
  'cac_subscriber',
  'cac_paid',
  'ltv_cac_ratio',
  'cac_payback_months',
  'ltv_realised',
] as const;
type Name = (typeof names)[number];

interface MonthOfUnits {
  time: Instant;
  month: Month;
  dims: { is_partial: string };
  values: Record<Name, Value>;
}

/** Events with the month that they count in. */
interface Dated {
  month: Month;
}

/** All that happened up to T, by month. */
function history(data: RawData, at: Instant) {
  const lives = data.customers.map((customer) => monthEnds(data, customer, firstMonth(data), at));
  const openings = lives.flatMap((ends) =>
    ends.slice(1).flatMap((now, index) => {
      const before = ends[index];
      if (!before || before.mrr.sign === 0) return [];
      return { month: now.month, mrr: before.mrr, churns: now.mrr.sign === 0 };
    }),
  );
  const newSubscribers = lives.flatMap((ends) => {
    const first = ends.find(({ mrr }) => mrr.sign > 0);
    return first ? { month: first.month } : [];
  });
  const isPaid = new Set(data.channels.filter((channel) => channel.isPaid).map(({ channel }) => channel));
  const spend = data.spend
    .filter((row) => row.day <= data.zone.day(at))
    .map((row) => ({
      month: monthOf(row.day),
      isPaid: isPaid.has(row.channel),
      amount: row.amount.times(requiredRate(data, row.currency, row.day)).rounded(),
    }));
  const touches = groupBy(data.touches, (touch) => touch.customer ?? '');
  const payers = [...conversions(data, at, 'first_payment')].map(([customer, paidAt]) => {
    const channels = new Set(eligible(touches.get(customer) ?? [], paidAt, 30).map(({ channel }) => channel));
    const paid = [...channels].filter((channel) => isPaid.has(channel)).length;
    return { month: data.zone.month(paidAt), credit: channels.size === 0 ? 0 : paid / channels.size };
  });
  return { openings, newSubscribers, spend, payers, ...received(data, at) };
}

/** Payments less refunds of customers' own invoices. */
function received(data: RawData, at: Instant) {
  const lines = data.payments.filter((line) => line.line !== null && line.customer !== null);
  const byId = new Map(lines.map((line) => [line.line, line]));
  const worth = (amount: Fraction, currency: string, when: Instant) => ({
    month: data.zone.month(when),
    amount: amount.times(requiredRate(data, currency, data.zone.day(when))).rounded(),
  });
  const paid = lines.flatMap(({ paidAt, amount, currency }) =>
    paidAt === null || paidAt > at ? [] : worth(amount, currency, paidAt),
  );
  const refunded = data.refunds.flatMap(({ line, refundedAt, amount }) => {
    const of = byId.get(line);
    return of && refundedAt <= at ? worth(amount.negated(), of.currency, refundedAt) : [];
  });
  return { received: [...paid, ...refunded] };
}

/** Gross profit as a share of revenue; null where a month with revenue comes before the ledger, or without revenue. */
export function margin(data: RawData, at: Instant, products: readonly string[], inside: (event: Dated) => boolean) {
  const ledger = ledgerAt(data, at);
  const begin = ledger.reduce((low, { month }) => Math.min(low, month), Infinity);
  const earned = earnedAt(data, at).filter((part) => inside(part) && products.includes(part.dims.product));
  const months = groupBy(earned, ({ month, dims }) => `${month} ${dims.product}`);
  const unbooked = [...months.values()].some(
    (parts) => (parts[0]?.month ?? 0) < begin && totalEarned(parts).sign !== 0,
  );
  const revenue = totalEarned(earned);
  if (unbooked || revenue.sign <= 0) return null;
  const costs = ledger.filter(
    (row) => inside(row) && row.entry.costClass === 'cost_of_revenue' && products.includes(row.entry.product ?? ''),
  );
  return revenue.plus(total(costs)).over(revenue);
}

const sumOf = (rows: readonly { amount: Fraction }[]) => Fraction.sum(rows.map(({ amount }) => amount));
const number = (value: Fraction | null) => value?.toNumber() ?? null;

function valuesOf(data: RawData, at: Instant, past: ReturnType<typeof history>, month: Month): MonthOfUnits['values'] {
  const newest = at < data.zone.monthEnd(month) ? month - 1 : month;
  const inside = (event: Dated) => event.month <= newest && event.month > newest - 12;
  const openings = past.openings.filter(inside);
  const mrr = Fraction.sum(openings.map((opening) => opening.mrr));
  const churned = openings.filter(({ churns }) => churns).length;
  const spend = past.spend.filter(inside);
  const spent = spend.length === 0 ? null : sumOf(spend);
  const cost = (amount: Fraction | null, won: number) => (amount === null ? null : ratio(amount, won));
  const own = margin(data, at, ['subscriptions'], inside);
  const both = margin(data, at, ['tests', 'subscriptions'], inside);
  const arpa = ratio(mrr, openings.length);
  const perSubscriber = cost(spent, past.newSubscribers.filter(inside).length);
  const credit = past.payers.filter(inside).reduce((sum, payer) => sum + payer.credit, 0);
  const paidSpend = sumOf(spend.filter(({ isPaid }) => isPaid));
  const ltv = churned < 20 || own === null ? null : mrr.times(own).over(Fraction.of(churned)).toNumber();
  const toDate = (event: Dated) => event.month <= month;
  const paying = past.payers.filter(toDate).length;
  return {
    arpa_12m: arpa,
    subscriber_churn_rate_12m: ratio(churned, openings.length),
    subscription_gross_margin: number(own),
    ltv,
    cac: cost(spent, past.payers.filter(inside).length),
    cac_subscriber: perSubscriber,
    cac_paid: spent === null || credit === 0 ? null : paidSpend.toNumber() / credit,
    ltv_cac_ratio: ltv === null || !perSubscriber ? null : ltv / perSubscriber,
    cac_payback_months:
      perSubscriber === null || arpa === null || own === null || own.sign <= 0
        ? null
        : perSubscriber / (arpa * own.toNumber()),
    ltv_realised: both === null ? null : ratio(sumOf(past.received.filter(toDate)).times(both), paying),
  };
}

const last =
  (name: Name): Measure<MonthOfUnits> =>
  (months) =>
    months.reduce((a, b) => (b.month > a.month ? b : a)).values[name];

export const unitEconomics = defineOracle<MonthOfUnits>({
  view: 'unit_economics',
  time: 'month',
  facts(data, at) {
    const past = history(data, at);
    const events: Dated[][] = [past.openings, past.newSubscribers, past.spend, past.payers, past.received];
    const first = [...events.flat(), ...earnedAt(data, at), ...ledgerAt(data, at)].reduce(
      (low, event) => Math.min(low, event.month),
      Infinity,
    );
    const months: MonthOfUnits[] = [];
    for (let month = first; month <= data.zone.month(at); month += 1) {
      months.push({
        time: monthStart(data, month),
        month,
        dims: { is_partial: String(at < data.zone.monthEnd(month)) },
        values: valuesOf(data, at, past, month),
      });
    }
    return months;
  },
  measures: Object.fromEntries(names.map((name) => [name, last(name)])),
});

import { Fraction } from '../support/decimal.ts';
import type { Payment, RawData } from '../support/raw-data.ts';
import type { Day, Instant, Month } from '../support/zone.ts';
import { firstDay, monthOf } from '../support/zone.ts';
import { requiredRate } from './exchange.ts';
import { defineOracle, monthStart, sum } from './oracle.ts';

export type Product = 'tests' | 'subscriptions' | 'shared';

/** What of a paid line or of a refund counts as earned in a month. */
export interface Earned {
  time: Instant;
  month: Month;
  dims: {
    is_partial: string;
    revenue_source: string | null;
    product: Product;
    payer_type: string;
    payer: string | null;
  };
  customer: string | null;
  amount: Fraction;
}

const products: Record<string, Product> = { b2c_tests: 'tests', b2c_subscriptions: 'subscriptions' };

/** How much of an amount is earned by the end of a day: as much of it as of the days of service. */
function earnedBy(amount: Fraction, from: Day, to: Day, day: Day): Fraction {
  let served = 0;
  for (let each = from; each <= Math.min(to, day); each += 1) served += 1;
  return amount
    .times(Fraction.of(served))
    .over(Fraction.of(to - from + 1))
    .rounded();
}

/** @param notBefore month in which what was earned earlier counts; null when it counts in its own */
function months(data: RawData, at: Instant, line: Payment, amount: Fraction, booked: Day, notBefore: Month | null) {
  const { serviceFrom: from, serviceTo: to } = line;
  if (from === null || to === null) return [{ month: monthOf(booked), amount }];
  const earned: { month: Month; amount: Fraction }[] = [];
  let before = Fraction.zero;
  const last = Math.max(monthOf(to), notBefore ?? -Infinity);
  for (let month = Math.max(monthOf(from), notBefore ?? -Infinity); month <= last; month += 1) {
    const day = Math.min(firstDay(month + 1) - 1, data.zone.day(at));
    const now = earnedBy(amount, from, to, day);
    if (month <= data.zone.month(at)) earned.push({ month, amount: now.minus(before) });
    before = now;
  }
  return earned;
}

const known = new WeakMap<RawData, Map<Instant, Earned[]>>();

export function earnedAt(data: RawData, at: Instant): Earned[] {
  const answers = known.get(data) ?? new Map<Instant, Earned[]>();
  known.set(data, answers);
  const earned = answers.get(at) ?? workOut(data, at);
  answers.set(at, earned);
  return earned;
}

function workOut(data: RawData, at: Instant): Earned[] {
  const lines = data.payments.filter((payment) => payment.line !== null);
  const byId = new Map(lines.map((line) => [line.line, line]));
  const worth = (amount: Fraction, currency: string, day: Day) =>
    amount.times(requiredRate(data, currency, day)).rounded();
  const posts = (line: Payment, parts: { month: Month; amount: Fraction }[]): Earned[] =>
    parts.map(({ month, amount }) => ({
      time: monthStart(data, month),
      month,
      dims: {
        is_partial: String(at < data.zone.monthEnd(month)),
        revenue_source: line.source,
        product: products[line.source ?? ''] ?? 'shared',
        payer_type: line.payerType ?? 'none',
        payer: line.payer,
      },
      customer: line.customer,
      amount,
    }));
  const paid = lines.flatMap((line) => {
    if (line.paidAt === null || line.paidAt > at) return [];
    const day = data.zone.day(line.paidAt);
    return posts(line, months(data, at, line, worth(line.amount, line.currency, day), day, null));
  });
  const refunded = data.refunds.flatMap((refund) => {
    const line = byId.get(refund.line);
    if (!line || refund.refundedAt > at) return [];
    const day = data.zone.day(refund.refundedAt);
    const amount = worth(refund.amount, line.currency, day).negated();
    return posts(line, months(data, at, line, amount, day, monthOf(day)));
  });
  return [...paid, ...refunded];
}

export const totalEarned = (earned: readonly Earned[]) => Fraction.sum(earned.map(({ amount }) => amount));

export const revenueRecognition = defineOracle<Earned>({
  view: 'revenue_recognition',
  time: 'month',
  facts: earnedAt,
  measures: { recognised_revenue: sum(({ amount }) => amount) },
});

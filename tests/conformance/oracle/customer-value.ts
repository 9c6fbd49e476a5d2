import { Fraction } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { requiredRate } from './exchange.ts';
import { margin } from './unit-economics.ts';

interface Entry {
  customer: string;
  at: Instant;
  amount: Fraction;
}

/** Payments of customers and refunds of them up to T. */
function entriesAt(data: RawData, at: Instant): Entry[] {
  const lines = data.payments.filter((line) => line.line !== null);
  const byId = new Map(lines.map((line) => [line.line, line]));
  const worth = (customer: string, amount: Fraction, currency: string, when: Instant) => ({
    customer,
    at: when,
    amount: amount.times(requiredRate(data, currency, data.zone.day(when))).rounded(),
  });
  const paid = lines.flatMap(({ customer, paidAt, amount, currency }) =>
    customer === null || paidAt === null || paidAt > at ? [] : worth(customer, amount, currency, paidAt),
  );
  const refunded = data.refunds.flatMap(({ line, refundedAt, amount }) => {
    const of = byId.get(line);
    if (!of || of.customer === null || refundedAt > at) return [];
    return worth(of.customer, amount.negated(), of.currency, refundedAt);
  });
  return [...paid, ...refunded];
}

/** The gross margin of tests and subscriptions over the 12 full months to T. */
export function marginAt(data: RawData, at: Instant): Fraction | null {
  const month = data.zone.month(at);
  const newest = at < data.zone.monthEnd(month) ? month - 1 : month;
  return margin(data, at, ['tests', 'subscriptions'], (event) => event.month <= newest && event.month > newest - 12);
}

/** What customers paid between two instants, both included, and what it was worth: null where no margin is known. */
export function customerValues(data: RawData, at: Instant) {
  const share = marginAt(data, at);
  const entries = groupBy(entriesAt(data, at), ({ customer }) => customer);
  const revenue = (customer: string, from: Instant, to: Instant) =>
    Fraction.sum(
      (entries.get(customer) ?? []).filter((entry) => entry.at >= from && entry.at <= to).map(({ amount }) => amount),
    );
  return {
    revenue,
    between: (customer: string, from: Instant, to: Instant): Fraction | null =>
      share && revenue(customer, from, to).times(share).rounded(),
  };
}

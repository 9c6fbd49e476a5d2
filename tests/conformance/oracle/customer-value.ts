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

/** What customers were worth at T: net revenue x gross margin, null where that is unknown. */
export function customerValues(data: RawData, at: Instant) {
  const month = data.zone.month(at);
  const newest = at < data.zone.monthEnd(month) ? month - 1 : month;
  const share = margin(
    data,
    at,
    ['tests', 'subscriptions'],
    (event) => event.month <= newest && event.month > newest - 12,
  );
  const entries = groupBy(entriesAt(data, at), ({ customer }) => customer);
  return {
    /** Between two instants, both included. */
    between(customer: string, from: Instant, to: Instant): Fraction | null {
      const inside = (entries.get(customer) ?? []).filter((entry) => entry.at >= from && entry.at <= to);
      return (
        share &&
        Fraction.sum(inside.map(({ amount }) => amount))
          .times(share)
          .rounded()
      );
    },
  };
}

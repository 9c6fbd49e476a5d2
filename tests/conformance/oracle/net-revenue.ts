import { Fraction } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { requiredRate } from './exchange.ts';
import { defineOracle, sum, sumOfKnown } from './oracle.ts';

interface Entry {
  time: Instant;
  dims: Record<'revenue_source' | 'payer_type' | 'payer', string | null>;
  paid?: Fraction;
  refunded?: Fraction;
}

const inReportingCurrency = (data: RawData, amount: Fraction, currency: string, at: Instant) =>
  amount.times(requiredRate(data, currency, data.zone.day(at))).rounded();

/** One entry for each paid line and for each refund, at the rate of its own day. */
export function entriesAt(data: RawData, at: Instant): Entry[] {
  const lines = data.payments.filter((payment) => payment.line !== null);
  const byId = new Map(lines.map((line) => [line.line, line]));
  const dimsOf = (line: (typeof lines)[number]) => ({
    revenue_source: line.source,
    payer_type: line.payerType ?? 'none',
    payer: line.payer,
  });
  const paid = lines.flatMap((line): Entry[] =>
    line.paidAt === null || line.paidAt > at
      ? []
      : [
          {
            time: line.paidAt,
            dims: dimsOf(line),
            paid: inReportingCurrency(data, line.amount, line.currency, line.paidAt),
          },
        ],
  );
  const refunded = data.refunds.flatMap((refund): Entry[] => {
    const line = byId.get(refund.line);
    if (!line || refund.refundedAt > at) return [];
    return [
      {
        time: refund.refundedAt,
        dims: dimsOf(line),
        refunded: inReportingCurrency(data, refund.amount, line.currency, refund.refundedAt),
      },
    ];
  });
  return [...paid, ...refunded];
}

export const netRevenue = defineOracle<Entry>({
  view: 'net_revenue',
  time: 'date',
  facts: entriesAt,
  measures: {
    net_revenue: sum((entry) => (entry.paid ?? Fraction.zero).minus(entry.refunded ?? Fraction.zero)),
    refunds: sumOfKnown((entry) => entry.refunded),
  },
});

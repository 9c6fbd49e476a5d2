import { Fraction, ratio } from '../support/decimal.ts';
import type { Instant } from '../support/zone.ts';
import type { Measure } from './oracle.ts';
import { defineOracle } from './oracle.ts';
import { entriesAt } from './net-revenue.ts';

/** What came in, as each payer sees it: its own, and all of it. */
interface Share {
  time: Instant;
  dims: Record<'payer' | 'payer_type', string | null>;
  own: Fraction;
  all: Fraction;
}

const own = (shares: readonly Share[]) => Fraction.sum(shares.map((share) => share.own));
const share: Measure<Share> = (shares) => {
  const payers = new Set(shares.map(({ dims }) => dims.payer)).size;
  const everything = Fraction.sum(shares.map(({ all }) => all));
  return ratio(own(shares).times(Fraction.of(payers)), everything);
};

export const payerRevenue = defineOracle<Share>({
  view: 'payer_revenue',
  time: 'date',
  facts(data, at) {
    const entries = entriesAt(data, at);
    const payers = new Set(entries.map(({ dims }) => dims.payer));
    const types = new Map(data.payers.map(({ name, type }) => [name, type]));
    return entries.flatMap(({ time, dims, paid, refunded }) => {
      const amount = (paid ?? Fraction.zero).minus(refunded ?? Fraction.zero);
      return [...payers].map((payer) => ({
        time: data.zone.midnight(data.zone.day(time)),
        dims: { payer, payer_type: types.get(payer ?? '') ?? 'none' },
        own: payer === dims.payer ? amount : Fraction.zero,
        all: amount,
      }));
    });
  },
  measures: { payer_net_revenue: own, payer_revenue_share: share },
});

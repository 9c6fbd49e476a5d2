import { Fraction, ratio } from '../support/decimal.ts';
import type { Instant } from '../support/zone.ts';
import type { Booked } from './cash.ts';
import { ledgerAt, total } from './cash.ts';
import type { Measure } from './oracle.ts';
import { defineOracle, monthStart } from './oracle.ts';
import type { Earned, Product } from './recognised-revenue.ts';
import { earnedAt, totalEarned } from './recognised-revenue.ts';

/** Something earned, or something that the ledger calls a cost. */
interface Entry {
  time: Instant;
  dims: { product: Product; is_partial: string };
  earned?: Earned;
  /** The ledger had not begun in its month. */
  isUnbooked?: boolean;
  cost?: Booked;
}

const revenue = (entries: readonly Entry[]) => totalEarned(entries.flatMap(({ earned }) => earned ?? []));
const costs = (entries: readonly Entry[], of: string) =>
  total(entries.flatMap(({ cost }) => cost ?? []).filter(({ entry }) => entry.costClass === of)).negated();

/** Null where no month of the ledger is among the entries. */
const costsKnown =
  (of: string): Measure<Entry> =>
  (entries) =>
    entries.every(({ isUnbooked }) => isUnbooked) ? null : costs(entries, of);
const gross = (entries: readonly Entry[]) => revenue(entries).minus(costs(entries, 'cost_of_revenue'));
const contribution = (entries: readonly Entry[]) => gross(entries).minus(costs(entries, 'variable'));

const booked =
  <V>(value: (entries: readonly Entry[]) => V) =>
  (entries: readonly Entry[]) =>
    entries.some(({ isUnbooked }) => isUnbooked) ? null : value(entries);
const ofRevenue = (profit: (entries: readonly Entry[]) => Fraction) =>
  booked((entries) => (revenue(entries).sign > 0 ? ratio(profit(entries), revenue(entries)) : null));

export const margins = defineOracle<Entry>({
  view: 'margins',
  time: 'month',
  facts(data, at) {
    const ledger = ledgerAt(data, at);
    const begin = ledger.reduce((low, { month }) => Math.min(low, month), Infinity);
    return [
      ...earnedAt(data, at).map((earned) => ({
        time: earned.time,
        dims: { product: earned.dims.product, is_partial: earned.dims.is_partial },
        earned,
        isUnbooked: earned.month < begin,
      })),
      ...ledger.map((cost) => ({
        time: monthStart(data, cost.month),
        dims: { product: cost.entry.product ?? 'shared', is_partial: String(at < data.zone.monthEnd(cost.month)) },
        cost,
      })),
    ];
  },
  measures: {
    recognised_revenue: revenue,
    cost_of_revenue: costsKnown('cost_of_revenue'),
    variable_costs: costsKnown('variable'),
    gross_profit: booked(gross),
    gross_margin: ofRevenue(gross),
    contribution: booked(contribution),
    contribution_margin: ofRevenue(contribution),
  },
});

import { Fraction, ratio } from '../support/decimal.ts';
import type { LedgerEntry, RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { monthOf } from '../support/zone.ts';
import { requiredRate } from './exchange.ts';
import type { Measure } from './oracle.ts';
import { defineOracle, monthStart, sum, sumOfKnown } from './oracle.ts';

/** A ledger entry in the reporting currency. */
export interface Booked {
  entry: LedgerEntry;
  month: Month;
  amount: Fraction;
}

/** The ledger up to T's day, each entry at the rate of its own. */
export function ledgerAt(data: RawData, at: Instant): Booked[] {
  return data.ledger
    .filter((entry) => entry.day <= data.zone.day(at))
    .map((entry) => ({
      entry,
      month: monthOf(entry.day),
      amount: entry.amount.times(requiredRate(data, entry.currency, entry.day)).rounded(),
    }));
}

export const total = (booked: readonly Booked[]) => Fraction.sum(booked.map(({ amount }) => amount));

interface Flow {
  time: Instant;
  dims: Record<'activity' | 'category' | 'cost_class' | 'product', string>;
  amount: Fraction;
}

export const cashFlows = defineOracle<Flow>({
  view: 'cash_flows',
  time: 'date',
  facts: (data, at) =>
    ledgerAt(data, at).map(({ entry, amount }) => ({
      time: data.zone.midnight(entry.day),
      dims: {
        activity: entry.activity,
        category: entry.category,
        cost_class: entry.costClass ?? 'none',
        product: entry.product ?? 'none',
      },
      amount,
    })),
  measures: {
    cash_flow: sum(({ amount }) => amount),
    cash_in: sumOfKnown(({ amount }) => (amount.sign > 0 ? amount : undefined)),
    cash_out: sumOfKnown(({ amount }) => (amount.sign < 0 ? amount.negated() : undefined)),
  },
});

interface MonthOfCash {
  time: Instant;
  month: Month;
  dims: { is_partial: string };
  balance: Fraction;
  /** Null where the ledger does not reach back three full months. */
  burn: Fraction | null;
}

const last = (read: (month: MonthOfCash) => Fraction | null) => (months: readonly MonthOfCash[]) => {
  const [newest] = [...months].sort((a, b) => b.month - a.month);
  return newest ? read(newest) : null;
};
const balance = last((month) => month.balance);
const burn = last((month) => month.burn);
const asNumber =
  (value: (months: readonly MonthOfCash[]) => Fraction | null): Measure<MonthOfCash> =>
  (months) =>
    value(months)?.toNumber() ?? null;

export const cash = defineOracle<MonthOfCash>({
  view: 'cash',
  time: 'month',
  facts(data, at) {
    const booked = ledgerAt(data, at);
    const first = booked.reduce((low, { month }) => Math.min(low, month), Infinity);
    const months: MonthOfCash[] = [];
    for (let month = first; month <= data.zone.month(at); month += 1) {
      const isPartial = at < data.zone.monthEnd(month);
      const lastFull = isPartial ? month - 1 : month;
      const operating = booked.filter(
        (row) => row.entry.activity === 'operating' && row.month <= lastFull && row.month > lastFull - 3,
      );
      months.push({
        time: monthStart(data, month),
        month,
        dims: { is_partial: String(isPartial) },
        balance: total(booked.filter((row) => row.month <= month)),
        burn: lastFull - first + 1 < 3 ? null : total(operating).negated().over(Fraction.of(3)),
      });
    }
    return months;
  },
  measures: {
    cash_balance: balance,
    burn_rate: asNumber(burn),
    runway_months(months) {
      const monthly = burn(months);
      const left = balance(months);
      if (monthly === null || left === null || monthly.sign <= 0) return null;
      return left.sign > 0 ? ratio(left, monthly) : 0;
    },
  },
});

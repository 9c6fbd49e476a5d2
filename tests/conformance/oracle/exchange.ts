import { Fraction } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Day } from '../support/zone.ts';

const one = Fraction.of(1);
const tables = new WeakMap<RawData, Map<string, Map<Day, Fraction>>>();

/** Reporting currency for one unit: the latest rate on or before the day, at most 7 days old; undefined without one. */
export function rateOn(data: RawData, currency: string, day: Day): Fraction | undefined {
  if (currency === data.currency) return one;
  let table = tables.get(data);
  if (!table) {
    table = new Map();
    for (const row of data.rates) {
      const rates = table.get(row.currency) ?? new Map<Day, Fraction>();
      table.set(row.currency, rates.set(row.day, row.rate));
    }
    tables.set(data, table);
  }
  const rates = table.get(currency);
  for (let age = 0; age <= 7; age += 1) {
    const rate = rates?.get(day - age);
    if (rate) return rate;
  }
  return undefined;
}

/** @throws when there is no rate */
export function requiredRate(data: RawData, currency: string, day: Day): Fraction {
  const rate = rateOn(data, currency, day);
  if (!rate) throw new Error(`no rate of ${currency} on day ${day}`);
  return rate;
}

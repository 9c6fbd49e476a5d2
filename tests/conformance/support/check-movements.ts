import { expect, test } from '@jest/globals';
import type { Oracle, Slice } from '../oracle/oracle.ts';
import { timeKey } from '../oracle/oracle.ts';
import type { ask } from './compare.ts';
import { Fraction } from './decimal.ts';

type Rows = Awaited<ReturnType<typeof ask>>;

const gains = ['mrr_new', 'mrr_reactivation', 'mrr_expansion', 'mrr_transfer_in', 'mrr_fx'];
const losses = ['mrr_contraction', 'mrr_churn', 'mrr_transfer_out'];

/** Rows by period, then by slice. */
function ledger(rows: Rows): Map<string, Map<string, Rows[number]>> {
  const periods = new Map<string, Map<string, Rows[number]>>();
  for (const row of rows) {
    const { [timeKey]: period, ...slice } = row.dims;
    const slices = periods.get(period ?? '') ?? new Map<string, Rows[number]>();
    periods.set(period ?? '', slices.set(JSON.stringify(slice), row));
  }
  return new Map([...periods].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const amount = (row: Rows[number] | undefined, name: string) => Fraction.of(row?.values[name] ?? '0');
const text = (value: Fraction) => value.toNumber().toFixed(2);

/** Opening and movements of a row. */
function reconciled(row: Rows[number]): Fraction {
  const plus = Fraction.sum(gains.map((name) => amount(row, name)));
  const minus = Fraction.sum(losses.map((name) => amount(row, name)));
  return amount(row, 'mrr_opening').plus(plus).minus(minus);
}

/** @returns where an opening and its movements miss the closing, or a closing misses the next opening */
export function movementErrors(rows: Rows): string[] {
  const errors: string[] = [];
  let before: Map<string, Rows[number]> | undefined;
  for (const [period, slices] of ledger(rows)) {
    for (const slice of new Set([...slices.keys(), ...(before?.keys() ?? [])])) {
      const row = slices.get(slice);
      const carried = amount(before?.get(slice), 'mrr_closing');
      if (before && amount(row, 'mrr_opening').compare(carried) !== 0) {
        errors.push(`${period} ${slice} opens with ${text(amount(row, 'mrr_opening'))} after ${text(carried)}`);
      }
      if (row && reconciled(row).compare(amount(row, 'mrr_closing')) !== 0) {
        errors.push(`${period} ${slice} comes to ${text(reconciled(row))}, closes ${text(amount(row, 'mrr_closing'))}`);
      }
    }
    before = slices;
  }
  return errors;
}

/** Movements reconcile to the cent for each month and slice, and add up over slices and periods. */
export function checkMovements(
  oracle: Oracle,
  cuts: string[][],
  rowsOf: (oracle: Oracle, slice: Slice) => Promise<Rows>,
): void {
  const flows = [...gains, ...losses].filter((name) => oracle.measures.includes(name));
  const balances = ['mrr_opening', 'mrr_closing'];

  const longer = (['quarter', 'year'] as const).map((granularity) => ({ by: cuts[1] ?? [], granularity }));
  test.each([...cuts.map((by) => ({ by, granularity: 'month' as const })), ...longer])(
    `${oracle.view}: movements reconcile by $by and $granularity`,
    async ({ by, granularity }) => {
      const rows = await rowsOf(oracle, { dimensions: by, time: { granularity } });
      expect(rows.length).toBeGreaterThan(1);
      expect(movementErrors(rows)).toEqual([]);
    },
  );

  test.each(cuts.filter((by) => by.length > 0).map((by) => ({ by })))(
    `${oracle.view}: slices by $by add up to the month, transfers to nothing`,
    async ({ by }) => {
      const months = await rowsOf(oracle, { time: { granularity: 'month' } });
      const parts = ledger(await rowsOf(oracle, { dimensions: by, time: { granularity: 'month' } }));
      for (const month of months) {
        const slices = [...(parts.get(month.dims[timeKey] ?? '')?.values() ?? [])];
        const names = [...balances, ...flows];
        expect(names.map((name) => text(Fraction.sum(slices.map((slice) => amount(slice, name)))))).toEqual(
          names.map((name) => text(amount(month, name))),
        );
        expect(text(amount(month, 'mrr_transfer_in'))).toBe(text(amount(month, 'mrr_transfer_out')));
      }
    },
  );

  test(`${oracle.view}: a year is its months`, async () => {
    const months = await rowsOf(oracle, { time: { granularity: 'month' } });
    for (const year of await rowsOf(oracle, { time: { granularity: 'year' } })) {
      const own = months
        .filter((month) => month.dims[timeKey]?.slice(0, 4) === year.dims[timeKey]?.slice(0, 4))
        .sort((a, b) => ((a.dims[timeKey] ?? '') < (b.dims[timeKey] ?? '') ? -1 : 1));
      const expected = [
        amount(own[0], 'mrr_opening'),
        amount(own.at(-1), 'mrr_closing'),
        ...flows.map((name) => Fraction.sum(own.map((month) => amount(month, name)))),
      ];
      expect([...balances, ...flows].map((name) => text(amount(year, name)))).toEqual(expected.map(text));
    }
  });
}

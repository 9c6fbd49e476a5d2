import type { Field } from '@grafana/data';
import { t } from '../../../i18n/t';
import type { Measure } from '../options';
import type { RoleFields } from './fields';
import type { Row } from './longRows';
import { DataProblem, type Basis, type Cell } from './model';

/** Where the shown values and the shares come from. */
export interface Sources {
  measure: Measure;
  basis: Basis;
  quantity: 'share' | 'count' | 'amount';
  /** Whether the given bounds are those of the share. */
  bounded: boolean;
  shown: Field;
  share: Field;
  size: Field | undefined;
  notes: string[];
}

/**
 * Decides what the chosen measure is read from.
 * @throws DataProblem when the data does not have it
 */
export function sourcesOf(fields: RoleFields, rows: readonly Row[], measure: Measure): Sources {
  const { share, retained, amount, revenueShare, size, mature, period } = fields;
  const sized = rows.some((row) => row.size !== null);
  const ofCustomers = share ?? (retained && sized ? retained : undefined);
  const ofMoney = revenueShare ?? amount;
  const notes = [
    ...(sized ? [] : [t('notes.no-size', 'Without a size there are no intervals and no weighted average of shares.')]),
    ...(mature || !period ? [] : [t('notes.no-mature', 'Nothing says which periods have ended: all count as ended.')]),
  ];
  const common = { measure, size, notes };
  if (measure === 'revenue') {
    const shown = amount ?? revenueShare;
    if (!shown || !ofMoney) {
      throw new DataProblem(
        t('problems.no-revenue', 'There is no revenue in the data: add an amount, or show percent or counts.')
      );
    }
    const bounded = share === undefined;
    return { ...common, basis: 'money', quantity: amount ? 'amount' : 'share', bounded, shown, share: ofMoney };
  }
  if (measure === 'count') {
    const shown = retained ?? (sized ? share : undefined);
    if (!shown) {
      throw new DataProblem(
        t('problems.no-counts', 'There are no counts in the data: add the customers retained, or show percent.')
      );
    }
    return { ...common, basis: 'customers', quantity: 'count', bounded: true, shown, share: ofCustomers ?? shown };
  }
  if (ofCustomers) {
    return { ...common, basis: 'customers', quantity: 'share', bounded: true, shown: ofCustomers, share: ofCustomers };
  }
  if (ofMoney) {
    return { ...common, basis: 'money', quantity: 'share', bounded: true, shown: ofMoney, share: ofMoney };
  }
  throw new DataProblem(
    t('problems.no-size', 'A percentage needs the size of the cohort beside the counts: add it, or show counts.')
  );
}

/**
 * One cell of the table.
 * @param start the cohort's row in the first period
 * @param odd counts rows whose numbers cannot be
 */
export function cellOf(row: Row, start: Row | undefined, sources: Sources, odd: { count: number }): Cell {
  const { basis, quantity, bounded } = sources;
  const { amount, mature, benchmark, field } = row;
  const size = row.size !== null && row.size >= 0 ? row.size : null;
  const left = row.count !== null && row.count >= 0 ? row.count : null;
  if (row.size !== size || row.count !== left || (left !== null && size !== null && left > size)) {
    odd.count += 1;
  }
  const weight = basis === 'customers' ? size : (start?.amount ?? null);
  const share = basis === 'customers' ? (row.share ?? ratio(left, size)) : (row.revenueShare ?? ratio(amount, weight));
  const count = left ?? (share !== null && size !== null && basis === 'customers' ? share * size : null);
  // Written out, not spread: this runs for every cell.
  return {
    shown: quantity === 'share' ? share : quantity === 'count' ? count : amount,
    share,
    weight,
    count,
    size,
    amount,
    mature,
    lower: bounded ? row.lower : null,
    upper: bounded ? row.upper : null,
    benchmark,
    row: row.row,
    field,
  };
}

/** Undefined over nothing, and over a negative whole, of which there are no shares. */
function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole;
}

import type { Channels } from './attribution';
import { evaluate } from './evaluate';
import type { Measure } from './measures';
import type { Row } from './rows';

export type Column = Exclude<Measure, 'roi_lower' | 'roi_upper' | 'impressions'> | 'share' | 'status';

/** Columns of the channel table in their order; titles where the field has none of its own. */
export const columnTitles: Readonly<Record<Column, string>> = {
  credit: 'Credit',
  share: 'Share',
  conversions: 'Conversions touched',
  spend: 'Spend',
  cac: 'CAC',
  value: 'Value',
  roas: 'ROAS',
  roi: 'ROI',
  ltv: 'LTV',
  clicks: 'Clicks',
  conversion_rate: 'Conversion rate',
  status: 'Status',
};

export const allColumns = Object.keys(columnTitles) as Column[];

/** The columns that have data, or those of them that were chosen. */
export function presentColumns({ rows, source }: Channels, model: string, chosen: readonly string[]): Column[] {
  const wanted = allColumns.filter((column) => chosen.length === 0 || chosen.includes(column));
  return wanted.filter((column) => {
    if (column === 'credit' || column === 'share') {
      return true;
    }
    return column === 'status'
      ? source.status !== undefined
      : rows.some((row) => evaluate(row, column, model) !== null);
  });
}

/** A number column's value. The share is of all credit under the model. */
export function valueOf(row: Row, column: Column, model: string, total: Row): number | null {
  if (column === 'status') {
    return null;
  }
  if (column !== 'share') {
    return evaluate(row, column, model);
  }
  const all = evaluate(total, 'credit', model);
  const own = evaluate(row, 'credit', model);
  return own === null || !all ? null : own / all;
}

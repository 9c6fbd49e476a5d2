import { t } from '../../../i18n/t';
import type { Channels } from './attribution';
import { evaluate } from './evaluate';
import type { Measure } from './measures';
import type { Row } from './rows';

export type Column = Exclude<Measure, 'roi_lower' | 'roi_upper' | 'impressions'> | 'share' | 'status';

/** Columns of the channel table in their order. */
export const allColumns: readonly Column[] = [
  'credit',
  'share',
  'conversions',
  'spend',
  'cac',
  'value',
  'roas',
  'roi',
  'ltv',
  'clicks',
  'conversion_rate',
  'status',
];

/** Titles where the field has none of its own. */
export const columnTitles = (): Readonly<Record<Column, string>> => ({
  credit: t('columns.credit', 'Credit'),
  share: t('columns.share', 'Share'),
  conversions: t('columns.conversions-touched', 'Conversions touched'),
  spend: t('columns.spend', 'Spend'),
  cac: t('columns.cac', 'CAC'),
  value: t('columns.value', 'Value'),
  roas: t('columns.roas', 'ROAS'),
  roi: t('columns.roi', 'ROI'),
  ltv: t('columns.ltv', 'LTV'),
  clicks: t('columns.clicks', 'Clicks'),
  conversion_rate: t('columns.conversion-rate', 'Conversion rate'),
  status: t('columns.status', 'Status'),
});

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

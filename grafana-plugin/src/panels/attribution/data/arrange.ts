import { t } from '../../../i18n/t';
import type { SortDirection } from '../options';
import { combine, type Row } from './rows';

/** A stable order by a value; rows without one come last whatever the direction. */
export function sortRows(
  rows: readonly Row[],
  valueOf: (row: Row) => number | string | null | undefined,
  direction: SortDirection
): Row[] {
  const sign = direction === 'asc' ? 1 : -1;
  return rows
    .map((row) => ({ row, value: valueOf(row) ?? null }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null);
      }
      if (typeof a.value === 'string' || typeof b.value === 'string') {
        return sign * String(a.value).localeCompare(String(b.value));
      }
      return sign * (a.value - b.value);
    })
    .map(({ row }) => row);
}

/** The first rows, and the others as one row, so that what is shown still adds up. */
export function cutRows(rows: readonly Row[], limit: number): { shown: Row[]; others?: Row } {
  if (rows.length <= limit) {
    return { shown: [...rows] };
  }
  const rest = rows.slice(limit);
  const name = t('rows.others', '{{count}} others', { count: rest.length, defaultValue_one: '{{count}} other' });
  return { shown: rows.slice(0, limit), others: combine(rest, { key: 'others', name }) };
}

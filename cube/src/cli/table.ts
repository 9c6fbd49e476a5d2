import Table from 'cli-table3';

/** What Cube tells about a member. */
export interface Annotation {
  title?: string;
  shortTitle?: string;
  type?: string;
  format?: unknown;
}

export interface Column extends Annotation {
  key: string;
}

/** An aligned table with the members' titles; undefined values show as a dash. */
export function formatTable(columns: readonly Column[], rows: readonly Record<string, unknown>[]): string {
  const table = new Table({
    head: columns.map(({ key, shortTitle, title }) => shortTitle ?? title ?? key),
    colAligns: columns.map(({ type }) => (type === 'number' ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(columns.map((column) => formatValue(row[column.key], column)));
  return table.toString();
}

/** Numbers arrive as text with all their digits; they are rounded for reading only. */
export function formatValue(value: unknown, { type, format }: Annotation): string {
  if (value === null || value === undefined) return '-';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'number' && /^[+-]?\d/.test(text)) return formatNumber(text, format);
  if (type === 'time')
    return text
      .replace(/T00:00:00\.000$/, '')
      .replace('T', ' ')
      .replace(/\.000$/, '');
  return text;
}

function formatNumber(text: string, format: unknown): string {
  const options: Intl.NumberFormatOptions =
    format === 'percent'
      ? { style: 'percent', maximumFractionDigits: 1 }
      : format === 'currency'
        ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
        : { maximumFractionDigits: 4 };
  return new Intl.NumberFormat('en-US', options).format(text as Intl.StringNumericLiteral);
}

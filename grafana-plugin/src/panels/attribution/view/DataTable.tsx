import React, { type ReactNode } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { SortDirection } from '../options';
import type { Sort } from './useSort';

export interface ColumnSpec<T> {
  id: string;
  title: string;
  description?: string;
  numeric: boolean;
  render: (row: T) => ReactNode;
  /** What the summary row shows. */
  summary?: ReactNode;
}

interface Props<T> {
  /** What the table holds, for screen readers. */
  caption: string;
  /** The first one names the row. */
  columns: Array<ColumnSpec<T>>;
  rows: readonly T[];
  keyOf: (row: T) => string;
  sort?: Sort;
  onSort?: (column: string, first: SortDirection) => void;
  /** Tells which row the pointer or the keyboard is at. */
  onPoint?: (row: T | undefined) => void;
}

/** A real table that scrolls under its headers, sortable by pointer and keyboard. */
export function DataTable<T>({ caption, columns, rows, keyOf, sort, onSort, onPoint }: Props<T>) {
  const styles = useStyles2(getStyles);
  const [name, ...others] = columns;
  const summarised = columns.some(({ summary }) => summary !== undefined);
  return (
    // Whatever scrolls has to be reachable by keyboard.
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.hidden}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Header key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              onMouseEnter={onPoint && (() => onPoint(row))}
              onMouseLeave={onPoint && (() => onPoint(undefined))}
            >
              <th scope="row" className={styles.name}>
                {name.render(row)}
              </th>
              {others.map(({ id, numeric, render }) => (
                <td key={id} className={cx(numeric && styles.numeric)}>
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {summarised && (
          <tfoot>
            <tr>
              <th scope="row" className={styles.name}>
                {name.summary}
              </th>
              {others.map(({ id, numeric, summary }) => (
                <td key={id} className={cx(numeric && styles.numeric)}>
                  {summary}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Header<T>({ column, sort, onSort }: { column: ColumnSpec<T> } & Pick<Props<T>, 'sort' | 'onSort'>) {
  const styles = useStyles2(getStyles);
  const { id, title, description, numeric } = column;
  const direction = sort?.by === id ? sort.direction : undefined;
  return (
    <th
      scope="col"
      className={cx(styles.header, numeric && styles.numeric)}
      aria-sort={direction && (direction === 'asc' ? 'ascending' : 'descending')}
    >
      {onSort ? (
        <button
          type="button"
          className={styles.sort}
          title={description}
          onClick={() => onSort(id, numeric ? 'desc' : 'asc')}
        >
          {title}
          {direction && <Icon name={direction === 'asc' ? 'arrow-up' : 'arrow-down'} size="sm" />}
        </button>
      ) : (
        <span title={description}>{title}</span>
      )}
    </th>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflow: 'auto', flex: '1 1 auto', minHeight: 0 }),
  table: css({
    width: '100%',
    borderCollapse: 'separate',
    borderSpacing: 0,
    fontSize: theme.typography.bodySmall.fontSize,
    'th, td': {
      padding: theme.spacing(0.5, 1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      whiteSpace: 'nowrap',
      verticalAlign: 'middle',
    },
    'tbody tr:hover > *': { background: theme.colors.emphasize(theme.colors.background.primary, 0.04) },
    'tfoot > tr > *': {
      position: 'sticky',
      bottom: 0,
      background: theme.colors.background.primary,
      borderTop: `1px solid ${theme.colors.border.medium}`,
      fontWeight: theme.typography.fontWeightMedium,
    },
  }),
  header: css({
    position: 'sticky',
    top: 0,
    zIndex: 2,
    background: theme.colors.background.primary,
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightMedium,
    textAlign: 'left',
  }),
  name: css({
    position: 'sticky',
    left: 0,
    zIndex: 1,
    background: theme.colors.background.primary,
    fontWeight: theme.typography.fontWeightRegular,
    textAlign: 'left',
    maxWidth: 220,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
  numeric: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
  sort: css({
    background: 'none',
    border: 'none',
    padding: 0,
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
    '&:hover': { color: theme.colors.text.primary },
  }),
  hidden: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
});

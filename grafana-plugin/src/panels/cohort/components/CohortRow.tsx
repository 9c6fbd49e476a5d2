import React, { memo, type CSSProperties } from 'react';
import type { Comparison } from '../data/benchmark';
import type { Cell, Cohort } from '../data/model';
import type { Formats, Painted } from '../format';
import type { Range } from '../layout';
import { frozenCell } from './frozen';
import type { TableStyles } from './styles';

/** What the cells of a table share while its data and options stay. */
export interface RowContext {
  formats: Formats;
  styles: TableStyles;
  showSize: boolean;
  /** Differences from the benchmark; absent outside of that mode. */
  comparison?: { index: number; largest: number };
}

interface Props {
  cohort: Cohort;
  /** Position among the rows shown. */
  row: number;
  columns: Range;
  context: RowContext;
  /** How many of the first columns stay in place, and where the second then begins. */
  frozen: number;
  sizeLeft: number;
  differences?: Array<number | null>;
  tested?: Comparison | null;
  /** Column of the cell that the keyboard is at, if it is in this row. */
  current?: number;
}

const marks = { above: '▲', below: '▼', 'not significant': '' };
const spoken = {
  above: 'above the benchmark',
  below: 'below the benchmark',
  'not significant': 'not significantly different',
};

/** One cohort: its name, its size and those of its periods that are in view. */
export const CohortRow = memo(function CohortRow(props: Props) {
  const { cohort, row, columns, context, frozen, sizeLeft, current } = props;
  const common = (column: number) => ({
    'aria-colindex': column + 1,
    'data-cell': `${row} ${column}`,
    tabIndex: current === column ? 0 : -1,
  });
  const { formats, styles, showSize } = context;
  const leading = showSize ? 2 : 1;
  const cells = [];
  for (let column = columns.from; column < columns.to; column++) {
    cells.push(<PeriodCell key={column} {...props} period={column} focusable={current === column + leading} />);
  }
  return (
    <tr aria-rowindex={row + 2}>
      <th scope="row" {...common(0)} {...frozenCell(0, frozen, 0)} className={styles.cohort}>
        {cohort.label}
      </th>
      {showSize && (
        <td {...common(1)} {...frozenCell(1, frozen, sizeLeft)} className={styles.size}>
          {cohort.size === null ? formats.noValue : formats.size(cohort.size)}
        </td>
      )}
      <td aria-hidden className={styles.spacer} />
      {cells}
      <td aria-hidden className={styles.spacer} />
    </tr>
  );
});

function PeriodCell({
  cohort,
  row,
  period,
  context: { formats, styles, showSize, comparison },
  differences,
  tested,
  focusable,
}: Props & { period: number; focusable: boolean }) {
  const column = period + (showSize ? 2 : 1);
  const shared = { 'aria-colindex': column + 1, 'data-cell': `${row} ${column}`, tabIndex: focusable ? 0 : -1 };
  const cell = cohort.cells[period];
  if (!cell) {
    return <td {...shared} className={styles.empty} />;
  }
  if (comparison && cell.mature) {
    const difference = differences?.[period] ?? null;
    const verdict = period === comparison.index ? tested?.verdict : undefined;
    return difference === null ? (
      <td {...shared} className={styles.cell}>
        {formats.noValue}
      </td>
    ) : (
      <td {...shared} className={styles.cell} style={paint(formats.difference(difference, comparison.largest))}>
        {formats.difference(difference, comparison.largest).text}
        {verdict && marks[verdict]}
        {verdict && <span className={styles.spoken}>, {spoken[verdict]}</span>}
      </td>
    );
  }
  return <ValueCell cell={cell} formats={formats} styles={styles} shared={shared} plain={comparison !== undefined} />;
}

interface ValueProps {
  cell: Cell;
  formats: Formats;
  styles: TableStyles;
  shared: object;
  plain: boolean;
}

function ValueCell({ cell, formats, styles, shared, plain }: ValueProps) {
  const painted = cell.shown === null ? undefined : formats.shown(cell.shown);
  const linked = cell.field.config.links?.length ? styles.linked : '';
  if (!cell.mature) {
    return (
      <td {...shared} className={`${styles.unfinished} ${linked}`}>
        {painted?.text ?? formats.noValue}…<span className={styles.spoken}> unfinished</span>
      </td>
    );
  }
  return (
    <td {...shared} className={`${styles.cell} ${linked}`} style={painted && !plain ? paint(painted) : undefined}>
      {painted?.text ?? formats.noValue}
    </td>
  );
}

function paint({ background, foreground }: Painted): CSSProperties {
  return { backgroundColor: background, color: foreground };
}

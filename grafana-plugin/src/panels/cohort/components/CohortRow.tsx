import React, { memo } from 'react';
import type { Comparison, Verdict } from '../data/benchmark';
import type { Cohort } from '../data/model';
import type { Formats } from '../format';
import type { Range } from '../layout';
import { cellAttributes, frozenCell } from './cellAttributes';
import type { TableStyles } from './styles';

/** What the cells of a table share while its data and options stay. */
export interface RowContext {
  formats: Formats;
  styles: TableStyles;
  showSize: boolean;
  /** Differences from the benchmark; absent outside of that mode. */
  comparison?: { index: number; largest: number };
  /** Words for screen readers, which hundreds of cells say. */
  words: { unfinished: string } & Record<Verdict, string>;
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

/** One cohort: its name, its size and those of its periods that are in view. */
export const CohortRow = memo(function CohortRow(props: Props) {
  const { cohort, row, columns, context, frozen, sizeLeft, current } = props;
  const { formats, styles, showSize } = context;
  const leading = showSize ? 2 : 1;
  const cells = [];
  for (let period = columns.from; period < columns.to; period++) {
    cells.push(periodCell(props, period, period + leading));
  }
  return (
    <tr aria-rowindex={row + 2}>
      <th scope="row" {...cellAttributes(0, current)} {...frozenCell(0, frozen, 0)} className={styles.cohort}>
        {cohort.label}
      </th>
      {showSize && (
        <td {...cellAttributes(1, current)} {...frozenCell(1, frozen, sizeLeft)} className={styles.size}>
          {cohort.size === null ? formats.noValue : formats.size(cohort.size)}
        </td>
      )}
      <td aria-hidden className={styles.spacer} />
      {cells}
      <td aria-hidden className={styles.spacer} />
    </tr>
  );
});

// There are hundreds of cells: a component for each would double the time to draw them, and so would attributes that are
// spread, for which the build's target has no syntax.
function periodCell(
  { cohort, context: { formats, styles, comparison, words }, differences, tested, current }: Props,
  period: number,
  column: number
): React.JSX.Element {
  const cell = cohort.cells[period];
  const index = column + 1;
  const tab = column === current ? 0 : undefined;
  if (!cell) {
    return <td key={period} aria-colindex={index} tabIndex={tab} className={styles.empty} />;
  }
  const linked = cell.field.config.links?.length ? ` ${styles.linked}` : '';
  if (!cell.mature) {
    return (
      <td key={period} aria-colindex={index} tabIndex={tab} className={styles.unfinished + linked}>
        {cell.shown === null ? formats.noValue : formats.shown(cell.shown).text}…
        <span className={styles.spoken}> {words.unfinished}</span>
      </td>
    );
  }
  const difference = differences?.[period] ?? null;
  const verdict = period === comparison?.index ? tested?.verdict : undefined;
  const painted = comparison
    ? difference !== null && formats.difference(difference, comparison.largest)
    : cell.shown !== null && formats.shown(cell.shown);
  return (
    <td
      key={period}
      aria-colindex={index}
      tabIndex={tab}
      className={styles.cell + linked}
      style={painted ? painted.style : undefined}
    >
      {painted ? painted.text : formats.noValue}
      {verdict && marks[verdict]}
      {verdict && <span className={styles.spoken}>, {words[verdict]}</span>}
    </td>
  );
}

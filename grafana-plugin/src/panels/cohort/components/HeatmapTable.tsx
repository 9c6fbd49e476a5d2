import { useStyles2 } from '@grafana/ui';
import React, { memo, useMemo, useRef, useState } from 'react';
import { t } from '../../../i18n/t';
import type { Average } from '../data/averages';
import type { Benchmark } from '../data/benchmark';
import type { CohortModel } from '../data/model';
import type { Formats } from '../format';
import { columnWidths, ROW_HEIGHT, visibleRange } from '../layout';
import type { CohortOptions, SortBy } from '../options';
import { AverageRow } from './AverageRow';
import { CohortRow, type RowContext } from './CohortRow';
import { HeadRow } from './HeadRow';
import { tableStyles } from './styles';
import { cellOf, useGridNavigation, type Position } from './useGridNavigation';

export interface HeatmapTableProps {
  model: CohortModel;
  /** Positions of the cohorts in the order to show them in. */
  order: number[];
  formats: Formats;
  averages: Average[] | undefined;
  benchmark: Benchmark | undefined;
  options: CohortOptions;
  width: number;
  height: number;
  title: string;
  onSort: (by: SortBy, period: number) => void;
  /** Tells which cell the pointer or the keyboard is at; undefined when at none. */
  onPoint: (position: Position | undefined, element?: Element) => void;
  /** A click or Enter on a cell. */
  onPick: (position: Position, element: Element) => void;
}

/** Panels narrower than this keep one column only in place. */
const NARROW = 420;

/** The heatmap: a real table of which only what is in view is drawn. */
export const HeatmapTable = memo(function HeatmapTable(props: HeatmapTableProps) {
  const { model, order, formats, averages, benchmark, options, width, height, title } = props;
  const styles = useStyles2(tableStyles);
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const showSize = options.showSize && model.sizeField !== undefined;
  const leading = showSize ? 2 : 1;
  const frozen = Math.min(options.frozenColumns, leading, width < NARROW ? 1 : leading);
  const widths = useMemo(() => columnWidths(model, formats), [model, formats]);
  const { periods, cohorts } = model;

  const before = widths.cohort + (showSize ? widths.size : 0);
  const covered = ROW_HEIGHT * (averages ? 2 : 1);
  const rangesAt = (top: number, left: number) => ({
    rows: visibleRange(top, height - covered, ROW_HEIGHT, order.length),
    columns: visibleRange(left - (frozen < leading ? before : 0), width, widths.cell, periods.length),
  });
  const [scrolled, setScrolled] = useState({ top: 0, left: 0 });
  const { rows, columns } = rangesAt(scrolled.top, scrolled.left);
  const follow = () => {
    const { scrollTop: top, scrollLeft: left } = scroller.current ?? { scrollTop: 0, scrollLeft: 0 };
    const next = rangesAt(top, left);
    if (
      next.rows.from !== rows.from ||
      next.rows.to !== rows.to ||
      next.columns.from !== columns.from ||
      next.columns.to !== columns.to
    ) {
      setScrolled({ top, left });
    }
  };

  const reveal = ({ row, column }: Position) => {
    const box = scroller.current;
    if (!box) {
      return;
    }
    if (row >= 0 && row < order.length) {
      const top = row * ROW_HEIGHT;
      box.scrollTop = Math.min(top, Math.max(box.scrollTop, top + ROW_HEIGHT + covered - box.clientHeight));
    }
    if (column >= leading) {
      const left = (column - leading) * widths.cell;
      const kept = frozenWidth(widths, frozen);
      box.scrollLeft = Math.min(
        left + before - kept,
        Math.max(box.scrollLeft, left + before + widths.cell - box.clientWidth)
      );
    } else {
      box.scrollLeft = 0;
    }
    follow();
  };
  const lastRow = averages ? order.length : order.length - 1;
  const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 3);
  const { current, go, onKeyDown } = useGridNavigation(
    table,
    { lastRow, columns: periods.length + leading, page },
    reveal
  );

  const pick = (position: Position, element: Element) => {
    if (position.row >= 0) {
      props.onPick(position, element);
    } else if (position.column >= leading) {
      props.onSort('period', periods[position.column - leading] ?? 0);
    } else {
      props.onSort(position.column === 0 ? 'cohort' : 'size', options.sortPeriod);
    }
  };
  const at = (event: { target: EventTarget }, act: (position: Position, element: Element) => void) => {
    const cell = cellOf(event.target);
    if (cell) {
      act(cell.position, cell.element);
    }
  };

  const context = useMemo<RowContext>(
    () => ({
      formats,
      styles,
      showSize,
      words: {
        unfinished: t('table.unfinished', 'unfinished'),
        above: t('table.above', 'above the benchmark'),
        below: t('table.below', 'below the benchmark'),
        'not significant': t('table.not-significant', 'not significantly different'),
      },
      ...(benchmark && { comparison: { index: benchmark.index, largest: largestOf(benchmark.differences) } }),
    }),
    [formats, styles, showSize, benchmark]
  );
  const drawn = order.slice(rows.from, rows.to);
  const spacers = [columns.from * widths.cell, (periods.length - columns.to) * widths.cell];
  const total = before + periods.length * widths.cell;
  const shared = { model, columns, context, widths, frozen };
  return (
    <div ref={scroller} className={styles.scroller} onScroll={follow}>
      <table
        ref={table}
        role="grid"
        aria-label={title}
        aria-rowcount={order.length + (averages ? 2 : 1)}
        aria-colcount={periods.length + leading}
        className={styles.table}
        style={{ width: total }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            at(event, pick);
          } else {
            onKeyDown(event);
          }
        }}
        onClick={(event) =>
          at(event, (position, element) => {
            go(position);
            pick(position, element);
          })
        }
        onFocus={(event) => at(event, props.onPoint)}
        onBlur={() => props.onPoint(undefined)}
        onMouseOver={(event) => at(event, props.onPoint)}
        onMouseLeave={() => props.onPoint(undefined)}
      >
        <colgroup>
          <col style={{ width: widths.cohort }} />
          {showSize && <col style={{ width: widths.size }} />}
          <col style={{ width: spacers[0] }} />
          {periods.slice(columns.from, columns.to).map((period) => (
            <col key={period} style={{ width: widths.cell }} />
          ))}
          <col style={{ width: spacers[1] }} />
        </colgroup>
        <thead>
          <HeadRow {...shared} options={options} current={current.row === -1 ? current.column : undefined} />
        </thead>
        <tbody>
          <Gap rows={rows.from} />
          {drawn.map((index, offset) => {
            const row = rows.from + offset;
            const cohort = cohorts[index];
            return (
              cohort && (
                <CohortRow
                  key={cohort.key}
                  cohort={cohort}
                  row={row}
                  columns={columns}
                  context={context}
                  frozen={frozen}
                  sizeLeft={widths.cohort}
                  differences={benchmark?.differences[index]}
                  tested={benchmark?.tested[index]}
                  current={current.row === row ? current.column : undefined}
                />
              )
            );
          })}
          <Gap rows={order.length - rows.to} />
        </tbody>
        {averages && (
          <tfoot>
            <AverageRow
              {...shared}
              averages={averages}
              row={order.length}
              current={current.row === order.length ? current.column : undefined}
            />
          </tfoot>
        )}
      </table>
    </div>
  );
});

function Gap({ rows }: { rows: number }) {
  return rows > 0 ? <tr aria-hidden style={{ height: rows * ROW_HEIGHT }} /> : null;
}

function frozenWidth({ cohort, size }: { cohort: number; size: number }, frozen: number): number {
  return (frozen > 0 ? cohort : 0) + (frozen > 1 ? size : 0);
}

function largestOf(differences: Benchmark['differences']): number {
  return differences.reduce(
    (most, row) => row.reduce<number>((inRow, each) => Math.max(inRow, Math.abs(each ?? 0)), most),
    0
  );
}

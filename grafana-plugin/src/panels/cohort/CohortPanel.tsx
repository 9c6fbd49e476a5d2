import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { useCallback, useMemo, useRef, useState } from 'react';
import { CellDetails, type Pointed } from './components/CellDetails';
import { HeatmapTable } from './components/HeatmapTable';
import { InsightsLine } from './components/InsightsLine';
import { LineView } from './components/LineView';
import { Problem } from './components/Problem';
import type { Position } from './components/useGridNavigation';
import { averages as weightedAverages } from './data/averages';
import { compareWithBenchmark } from './data/benchmark';
import { describeAverage, describeCell } from './data/describe';
import { findInsights } from './data/insights';
import { DataProblem, type CohortModel } from './data/model';
import { readCohorts } from './data/readCohorts';
import { sortedOrder } from './data/sort';
import { createFormats } from './format';
import type { CohortOptions, SortBy } from './options';

type Props = PanelProps<CohortOptions>;

/** Reads the data, or says why it cannot be shown. */
export function CohortPanel(props: Props) {
  const { data, options, timeZone } = props;
  const { measure, fields } = options;
  const read = useMemo(() => {
    try {
      return readCohorts(data.series, { measure, fields }, timeZone);
    } catch (error) {
      if (error instanceof DataProblem) {
        return error;
      }
      throw error;
    }
  }, [data.series, measure, fields, timeZone]);
  return read instanceof DataProblem ? <Problem message={read.message} /> : <Cohorts {...props} model={read} />;
}

function Cohorts({ model, options, onOptionsChange, timeZone, width, height, title }: Props & { model: CohortModel }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const { compare, benchmarkPeriod, sortBy, sortPeriod, descending, showAverage, showInsights, view } = options;
  const formats = useMemo(() => createFormats(model, theme, timeZone), [model, theme, timeZone]);
  const averages = useMemo(() => weightedAverages(model), [model]);
  const insights = useMemo(() => (showInsights ? findInsights(model) : {}), [model, showInsights]);
  const benchmark = useMemo(
    () => (compare === 'benchmark' ? compareWithBenchmark(model, benchmarkPeriod) : undefined),
    [model, compare, benchmarkPeriod]
  );
  const order = useMemo(
    () => sortedOrder(model, { sortBy, sortPeriod, descending }),
    [model, sortBy, sortPeriod, descending]
  );
  const known = averages.some(({ share }) => share !== null);
  const leading = options.showSize && model.sizeField ? 2 : 1;

  const [pointed, setPointed] = useState<Pointed>();
  const picked = useRef<Element>();
  const describe = useCallback(
    ({ row, column }: Position) => {
      const period = column - leading;
      const average = averages[period];
      const cohort = order[row];
      if (row === order.length && average) {
        return describeAverage(model, formats, period, average);
      }
      return cohort === undefined ? undefined : describeCell(model, formats, { cohort, period }, average, benchmark);
    },
    [leading, averages, order, model, formats, benchmark]
  );
  const point = useCallback(
    (position: Position | undefined, element?: Element) => {
      if (picked.current) {
        return;
      }
      const description = position && describe(position);
      setPointed(description && element && { description, box: element.getBoundingClientRect() });
    },
    [describe]
  );
  const pick = useCallback(
    (position: Position, element: Element) => {
      const cell = model.cohorts[order[position.row] ?? -1]?.cells[position.column - leading];
      const links = cell?.field.getLinks?.({ valueRowIndex: cell.row }) ?? [];
      const description = describe(position);
      if (links.length > 0 && description) {
        picked.current = element;
        setPointed({ description, box: element.getBoundingClientRect(), links });
      }
    },
    [model, order, leading, describe]
  );
  const close = useCallback(() => {
    const element = picked.current;
    picked.current = undefined;
    setPointed(undefined);
    if (element instanceof HTMLElement) {
      element.focus();
    }
  }, []);
  const sort = useCallback(
    (by: SortBy, period: number) => {
      const same = by === sortBy && (by !== 'period' || period === sortPeriod);
      onOptionsChange({ ...options, sortBy: by, sortPeriod: period, descending: same ? !descending : by !== 'cohort' });
    },
    [options, onOptionsChange, sortBy, sortPeriod, descending]
  );
  const shared = { model, formats, averages: showAverage && known ? averages : undefined, width };
  return (
    <div className={styles.panel}>
      <InsightsLine insights={insights} formats={formats} periodName={model.periodName} notes={model.notes} />
      {view === 'lines' ? (
        <LineView {...shared} title={title} />
      ) : (
        <HeatmapTable
          {...shared}
          height={height}
          order={order}
          benchmark={benchmark}
          options={options}
          title={title}
          onSort={sort}
          onPoint={point}
          onPick={pick}
        />
      )}
      {pointed && <CellDetails pointed={pointed} onClose={close} />}
    </div>
  );
}

const getStyles = (_theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }),
});

import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { t } from '../../../i18n/t';
import { blend } from '../colors';
import type { Average } from '../data/averages';
import type { CohortModel } from '../data/model';
import type { Formats } from '../format';
import { linePaths, position, shownRange, ticks, type Scale } from '../lines';
import { LineAxes } from './LineAxes';
import { spoken } from './styles';
import { useHeight } from './useHeight';

/** More lines than this cannot be told apart. */
const MOST_LINES = 60;
/**
 * Colours of up to so many lines, apart also for those who do not see red and green apart; more lines are shades from the
 * oldest to the newest.
 */
const FEW_COLORS = ['blue', 'orange', 'purple', 'dark-green', 'red', 'yellow', 'light-blue', 'super-light-purple'];
const MARGIN = { top: 8, right: 16, bottom: 40, left: 64 };
const LEGEND = 24;

interface Props {
  model: CohortModel;
  formats: Formats;
  averages: Average[] | undefined;
  width: number;
  title: string;
}

/** The same cells as lines over the periods; of many cohorts the newest have the warmer colour. */
export function LineView({ model, formats, averages, width, title }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const [box, height] = useHeight<HTMLDivElement>();
  const [near, setNear] = useState<string>();
  const cohorts = useMemo(() => model.cohorts.slice(-MOST_LINES), [model]);
  const { x, y } = useMemo(() => scalesOf(model, cohorts, width, height - LEGEND), [model, cohorts, width, height]);
  const lines = useMemo(
    () => cohorts.map((cohort) => ({ cohort, ...linePaths(cohort, model.periods, x, y) })),
    [cohorts, model.periods, x, y]
  );
  const [older, newer] = [theme.visualization.getColorByName('blue'), theme.visualization.getColorByName('orange')];
  const few = cohorts.length <= FEW_COLORS.length;
  const color = (index: number) =>
    few
      ? theme.visualization.getColorByName(FEW_COLORS[index] ?? '')
      : blend(newer, older, index / (cohorts.length - 1));
  const named = few ? cohorts.map((cohort, index) => ({ cohort, index })) : ends(cohorts);
  const average =
    averages && model.quantity === 'share'
      ? averages.flatMap(({ share }, index) =>
          share === null ? [] : [`${position(model.periods[index] ?? 0, x)} ${position(share, y)}`]
        )
      : [];
  const left = model.cohorts.length - cohorts.length;
  return (
    <div ref={box} className={styles.box}>
      <svg
        width={width}
        height={Math.max(0, height - LEGEND)}
        role="img"
        aria-label={t('lines.label', '{{title}}: one line for each cohort', { title })}
      >
        <LineAxes
          x={x}
          y={y}
          ticks={ticks(y.from, y.to, 6)}
          format={(value) => formats.shown(value).text}
          periodName={model.periodName}
        />
        <g fill="none" onMouseLeave={() => setNear(undefined)}>
          {lines.map(({ cohort, ended, unfinished }, index) => (
            <g
              key={cohort.key}
              stroke={color(index)}
              strokeWidth={near === cohort.key ? 3 : 1.5}
              opacity={near === undefined || near === cohort.key ? 1 : 0.25}
              onMouseEnter={() => setNear(cohort.key)}
            >
              <path d={ended} />
              <path d={unfinished} strokeDasharray="4 3" />
              {/* A wider invisible line is easier to point at. */}
              <path d={ended + unfinished} stroke="transparent" strokeWidth={12} />
            </g>
          ))}
          {average.length > 0 && (
            <path d={`M${average.join('L')}`} stroke={theme.colors.text.primary} strokeWidth={3} pointerEvents="none" />
          )}
        </g>
      </svg>
      <div className={styles.legend} aria-hidden>
        {cohorts.find(({ key }) => key === near)?.label ?? (
          <>
            {named.map(({ cohort, index }) => (
              <span key={cohort.key}>
                <span style={{ color: color(index) }}>━</span> {cohort.label}{' '}
              </span>
            ))}
            {average.length > 0 && <>━ {t('table.average', 'Average')}</>} ┅ {t('table.unfinished', 'unfinished')}
            {left > 0 && <>, {newest(formats.size(model.cohorts.length), model.cohorts.length)}</>}
          </>
        )}
      </div>
      <ul className={spoken}>
        {cohorts.map(({ key, label, cells }) => (
          <li key={key}>
            {label}:{' '}
            {cells
              .flatMap((cell, index) =>
                cell?.shown == null ? [] : [`${model.periods[index] ?? ''}: ${formats.shown(cell.shown).text}`]
              )
              .join(', ')}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ends(cohorts: CohortModel['cohorts']): Array<{ cohort: CohortModel['cohorts'][number]; index: number }> {
  const last = cohorts.length - 1;
  return [0, last].flatMap((index) => (cohorts[index] ? [{ cohort: cohorts[index], index }] : []));
}

const newest = (all: string, count: number) =>
  t('lines.newest', 'the newest {{shown}} of {{all}} cohorts', { shown: MOST_LINES, all, count });

function scalesOf(
  model: CohortModel,
  cohorts: CohortModel['cohorts'],
  width: number,
  height: number
): { x: Scale; y: Scale } {
  const { from, to } = shownRange(cohorts);
  const all = model.quantity === 'share' ? Math.max(1, to) : to;
  return {
    x: { from: model.periods[0] ?? 0, to: model.periods.at(-1) ?? 0, start: MARGIN.left, end: width - MARGIN.right },
    y: { from, to: all, start: height - MARGIN.bottom, end: MARGIN.top },
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ position: 'relative', flex: 1, minHeight: 0, overflow: 'hidden' }),
  legend: css({
    height: LEGEND,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  }),
});

import React from 'react';
import { t } from '../../../i18n/t';
import type { CohortModel } from '../data/model';
import type { Range, Widths } from '../layout';
import type { CohortOptions, SortBy } from '../options';
import type { RowContext } from './CohortRow';
import { cellAttributes, frozenCell } from './cellAttributes';

interface Props {
  model: CohortModel;
  columns: Range;
  context: RowContext;
  widths: Widths;
  frozen: number;
  options: CohortOptions;
  current: number | undefined;
}

/** Names of the columns; choosing one sorts by it. */
export function HeadRow({ model, columns, context, widths, frozen, options, current }: Props) {
  const { styles, showSize } = context;
  const leading = showSize ? 2 : 1;
  const sorted = (by: SortBy, period?: number) =>
    options.sortBy === by && (period === undefined || options.sortPeriod === period);
  const direction = options.descending ? ('descending' as const) : ('ascending' as const);
  const sort = (active: boolean) => ({ 'aria-sort': active ? direction : ('none' as const) });
  const symbol = options.descending ? ' ↓' : ' ↑';
  const arrow = (active: boolean) => active && <span aria-hidden>{symbol}</span>;
  return (
    <tr aria-rowindex={1}>
      <th
        scope="col"
        {...cellAttributes(0, current)}
        {...sort(sorted('cohort'))}
        {...frozenCell(0, frozen, 0)}
        className={styles.headText}
      >
        {model.cohortTitle}
        {arrow(sorted('cohort'))}
      </th>
      {showSize && (
        <th
          scope="col"
          {...cellAttributes(1, current)}
          {...sort(sorted('size'))}
          {...frozenCell(1, frozen, widths.cohort)}
          className={styles.head}
        >
          {t('table.size', 'Size')}
          {arrow(sorted('size'))}
        </th>
      )}
      <td aria-hidden className={styles.spacer} />
      {model.periods.slice(columns.from, columns.to).map((period, index) => {
        const active = sorted('period', period);
        return (
          <th
            key={period}
            scope="col"
            {...cellAttributes(columns.from + index + leading, current)}
            {...sort(active)}
            className={styles.head}
            aria-label={t('table.period', '{{unit}} {{number}}', { unit: model.periodName, number: period })}
          >
            {period}
            {arrow(active)}
          </th>
        );
      })}
      <td aria-hidden className={styles.spacer} />
    </tr>
  );
}

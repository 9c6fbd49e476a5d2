import React from 'react';
import { t } from '../../../i18n/t';
import { totalSize, type Average } from '../data/averages';
import type { CohortModel } from '../data/model';
import type { Range, Widths } from '../layout';
import type { RowContext } from './CohortRow';
import { cellAttributes, frozenCell } from './cellAttributes';

interface Props {
  model: CohortModel;
  columns: Range;
  context: RowContext;
  widths: Widths;
  frozen: number;
  averages: Average[];
  row: number;
  current: number | undefined;
}

/** The weighted average over mature cells, always as a share. */
export function AverageRow({ model, columns, context, widths, frozen, averages, row, current }: Props) {
  const { styles, formats, showSize } = context;
  const leading = showSize ? 2 : 1;
  return (
    <tr aria-rowindex={row + 2}>
      <th scope="row" {...cellAttributes(0, current)} {...frozenCell(0, frozen, 0)} className={styles.averageName}>
        {t('table.average', 'Average')}
      </th>
      {showSize && (
        <td {...cellAttributes(1, current)} {...frozenCell(1, frozen, widths.cohort)} className={styles.average}>
          {formats.size(totalSize(model))}
        </td>
      )}
      <td aria-hidden className={styles.spacer} />
      {averages.slice(columns.from, columns.to).map(({ share }, index) => (
        <td
          key={columns.from + index}
          {...cellAttributes(columns.from + index + leading, current)}
          className={styles.average}
        >
          {share === null ? formats.noValue : formats.share(share)}
        </td>
      ))}
      <td aria-hidden className={styles.spacer} />
    </tr>
  );
}

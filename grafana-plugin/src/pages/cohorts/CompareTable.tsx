import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../i18n/t';
import { Alert, useStyles2 } from '@grafana/ui';
import { wilson } from '../../panels/cohort/stats/wilson';
import { missingText } from '../shared/answer';
import { percent, points } from '../shared/format';
import { compareGroups, type Comparison, type Retention } from './questions';

interface Props {
  a: Retention[];
  b: Retention[];
  disjoint: boolean;
}

/** Two groups month by month, with 95% intervals. */
export function CompareTable({ a, b, disjoint }: Props) {
  const styles = useStyles2(getStyles);
  const rows = compareGroups(a, b, disjoint);
  if (rows.length === 0) {
    return (
      <Alert severity="info" title={t('cohorts.compare-empty', 'No group has reached its first month yet')}>
        {t('cohorts.compare-empty-what', 'Choose fewer criteria, or another kind of cohort.')}
      </Alert>
    );
  }
  return (
    <>
      <div className={styles.scroll} role="region" aria-label={t('cohorts.compare', 'Comparison')} tabIndex={0}>
        <table className={styles.table}>
          <caption className={styles.caption}>
            {t('cohorts.compare-caption', 'Share still there, over all cohorts old enough, with 95% intervals')}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('cohorts.months-after', 'Months after')}</th>
              <th scope="col">{t('cohorts.group-a', 'Group A')}</th>
              <th scope="col">{t('cohorts.group-b', 'Group B')}</th>
              <th scope="col">{t('cohorts.difference', 'Difference in points')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.month}>
                <th scope="row">{row.month}</th>
                <td>{groupText(row.a)}</td>
                <td>{groupText(row.b)}</td>
                <td>{differenceText(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!disjoint && (
        <p className={styles.note}>
          {t(
            'cohorts.may-share',
            'The two groups may share customers, so their difference has no interval. Choose different values of one criterion.'
          )}
        </p>
      )}
    </>
  );
}

function groupText(group: Retention | undefined): string {
  const interval = group && wilson(group.retained, group.size);
  if (!group || !interval) {
    return missingText;
  }
  const share = percent(group.retained / group.size);
  return `${share} (${percent(interval.lower)} – ${percent(interval.upper)}), ${group.retained} / ${group.size}`;
}

/** What the interval says in words, too. */
function differenceText({ difference }: Comparison): string {
  if (!difference) {
    return missingText;
  }
  const text = `${points(difference.difference)} (${points(difference.lower)} – ${points(difference.upper)})`;
  const clear = difference.lower > 0 || difference.upper < 0;
  return clear ? `${text}, ${t('cohorts.clear', 'clear')}` : `${text}, ${t('cohorts.unclear', 'may be chance')}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  caption: css({ captionSide: 'top', color: theme.colors.text.secondary }),
  note: css({ color: theme.colors.text.secondary, marginTop: theme.spacing(1) }),
  table: css({
    width: '100%',
    'th, td': { padding: theme.spacing(1), textAlign: 'left', borderBottom: `1px solid ${theme.colors.border.weak}` },
  }),
});

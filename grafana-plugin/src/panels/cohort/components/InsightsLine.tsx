import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { listed } from '../../../i18n/listed';
import { t } from '../../../i18n/t';
import type { Insights, Standing } from '../data/insights';
import type { Formats } from '../format';

const NAMED = 3;

interface Props {
  insights: Insights;
  formats: Formats;
  periodName: string;
  notes: string[];
}

/** What stands out, in a sentence each, and what the figures leave out. */
export function InsightsLine({ insights, formats, periodName, notes }: Props) {
  const styles = useStyles2(getStyles);
  const sentences = insightSentences(insights, formats, periodName);
  return sentences.length + notes.length === 0 ? null : (
    <ul className={styles.list}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {notes.map((note) => (
        <li key={note} className={styles.note}>
          {note}
        </li>
      ))}
    </ul>
  );
}

export function insightSentences({ extremes, early }: Insights, formats: Formats, periodName: string): string[] {
  const standing = ({ label, share, lower, upper, size }: Standing) => ({
    cohort: label,
    share: formats.share(share),
    lower: formats.share(lower),
    upper: formats.share(upper),
    size: formats.size(size),
  });
  const sentences = [];
  if (extremes) {
    sentences.push(
      t('insights.best', 'Best at {{unit}} {{number}}: {{cohort}} {{share}} ({{lower}} to {{upper}}, n {{size}}).', {
        unit: periodName,
        number: extremes.period,
        ...standing(extremes.best),
      }),
      t('insights.worst', 'Worst: {{cohort}} {{share}} ({{lower}} to {{upper}}, n {{size}}).', standing(extremes.worst))
    );
  }
  if (early) {
    const values = { unit: periodName, number: early.period, below: early.below.length };
    sentences.push(
      early.below.length > 0
        ? t('insights.under-half', 'Under 50% at {{unit}} {{number}}: {{below}} of {{count}} cohorts: {{names}}.', {
            ...values,
            count: early.of,
            names: listed(early.below, NAMED),
          })
        : t('insights.none-under-half', 'Under 50% at {{unit}} {{number}}: none of {{count}}.', {
            ...values,
            count: early.of,
          })
    );
  }
  return sentences;
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    listStyle: 'none',
    margin: theme.spacing(0, 0, 1),
    padding: 0,
    fontSize: theme.typography.bodySmall.fontSize,
    // Never takes the panel from the table.
    maxHeight: '30%',
    overflowY: 'auto',
  }),
  note: css({ color: theme.colors.text.secondary }),
});

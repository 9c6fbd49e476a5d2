import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
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
  const standing = ({ label, share, lower, upper, size }: Standing) =>
    `${label} ${formats.share(share)} (${formats.share(lower)} to ${formats.share(upper)}, n ${formats.size(size)})`;
  const sentences = [];
  if (extremes) {
    const when = `${periodName} ${extremes.period}`;
    sentences.push(`Best at ${when}: ${standing(extremes.best)}.`, `Worst: ${standing(extremes.worst)}.`);
  }
  if (early) {
    const named = early.below.slice(0, NAMED).join(', ');
    const more = early.below.length > NAMED ? ` and ${early.below.length - NAMED} more` : '';
    const which =
      early.below.length > 0 ? `${early.below.length} of ${early.of} cohorts: ${named}${more}` : `none of ${early.of}`;
    sentences.push(`Under 50% at ${periodName} ${early.period}: ${which}.`);
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

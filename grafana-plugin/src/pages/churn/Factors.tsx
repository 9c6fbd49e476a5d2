import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../i18n/t';
import { Text, useStyles2 } from '@grafana/ui';
import type { Factor } from './churn';

const shown = 10;

/** What the prediction rests on, largest first: a sentence that says which way, a bar for the size. */
export function Factors({ factors }: { factors: Factor[] }) {
  const styles = useStyles2(getStyles);
  const largest = Math.max(...factors.map(({ contribution }) => Math.abs(contribution)), Number.MIN_VALUE);
  if (factors.length === 0) {
    return <Text color="secondary">{t('churn.no-factors', 'Your role sees none of the reasons.')}</Text>;
  }
  return (
    <ol className={styles.list}>
      {factors.slice(0, shown).map(({ feature, sentence, contribution }) => (
        <li key={feature}>
          {sentence}
          <div
            className={contribution > 0 ? styles.raises : styles.lowers}
            style={{ width: `${(Math.abs(contribution) / largest) * 100}%` }}
          />
        </li>
      ))}
    </ol>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const bar = { height: theme.spacing(1), borderRadius: theme.shape.radius.default, minWidth: '2px' };
  return {
    list: css({ listStyle: 'none', padding: 0, display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
    raises: css({ ...bar, background: theme.colors.error.main }),
    lowers: css({ ...bar, background: theme.colors.success.main }),
  };
};

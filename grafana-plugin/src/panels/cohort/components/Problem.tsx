import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import React from 'react';

/** Says in the panel's place why nothing is shown, and what to do. */
export function Problem({ message }: { message: string }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.box} role="status">
      <Icon name="info-circle" size="xl" />
      <p className={styles.text}>{message}</p>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1),
    height: '100%',
    overflow: 'auto',
    padding: theme.spacing(2),
    color: theme.colors.text.secondary,
  }),
  text: css({ maxWidth: 560, margin: 0, textAlign: 'center' }),
});

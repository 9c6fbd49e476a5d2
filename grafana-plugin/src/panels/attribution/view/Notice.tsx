import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';

interface Props {
  kind: 'info' | 'warning';
  children: ReactNode;
}

/** A line of text about the data; warnings are read aloud when they appear. */
export function Notice({ kind, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.line} role={kind === 'warning' ? 'alert' : 'status'}>
      <Icon
        name={kind === 'warning' ? 'exclamation-triangle' : 'info-circle'}
        className={kind === 'warning' ? styles.warning : undefined}
        size="sm"
        aria-hidden
      />{' '}
      {children}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    flex: '0 0 auto',
    padding: theme.spacing(0.5, 1),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  warning: css({ color: theme.colors.warning.text }),
});

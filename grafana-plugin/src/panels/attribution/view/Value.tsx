import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { Field, GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Linked } from './Linked';
import type { Shown } from './useDisplay';

interface Props {
  shown: Shown;
  /** What the value's data links are of: its field, and its row if it is of one. */
  field?: Field;
  index?: number;
  /** Share of the column's width, 0 to 1, drawn as a bar under the value. */
  bar?: { share: number; color: string };
  /** Is it bound to change? Then it is dashed. */
  unfinished?: boolean;
  /** A mark before the value. */
  children?: ReactNode;
}

/** A number; a colour by value is a dot beside it, so that the text keeps its contrast. */
export function Value({ shown, field, index, bar, unfinished, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {children}
      <span className={unfinished ? styles.unfinished : undefined}>
        {shown.color && <span className={styles.dot} style={{ background: shown.color }} aria-hidden />}
        <Linked field={field} index={index}>
          {shown.text}
        </Linked>
      </span>
      {bar && (
        <span className={styles.track} aria-hidden>
          <span className={styles.bar} style={{ width: `${clamp(bar.share) * 100}%`, background: bar.color }} />
        </span>
      )}
    </>
  );
}

const clamp = (share: number) => (share > 0 ? Math.min(share, 1) : 0);

const getStyles = (theme: GrafanaTheme2) => ({
  dot: css({ display: 'inline-block', width: 8, height: 8, borderRadius: '50%', marginRight: theme.spacing(0.5) }),
  track: css({
    display: 'block',
    height: 4,
    minWidth: 60,
    marginTop: 2,
    background: theme.colors.background.secondary,
    borderRadius: 2,
  }),
  bar: css({ display: 'block', height: '100%', borderRadius: 2 }),
  unfinished: css({ borderBottom: `2px dashed ${theme.colors.text.secondary}` }),
});

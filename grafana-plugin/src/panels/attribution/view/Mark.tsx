import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** A word beside a value that asks for caution; the longer explanation shows on hover and is read aloud. */
export function Mark({ word, explanation }: { word: string; explanation: string }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles} title={explanation}>
      {word}
      <span className="sr-only">: {explanation}</span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    margin: theme.spacing(0, 0.75),
    padding: theme.spacing(0, 0.5),
    border: `1px dashed ${theme.colors.border.strong}`,
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    fontSize: '11px',
    fontVariantNumeric: 'normal',
    '.sr-only': { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
  });

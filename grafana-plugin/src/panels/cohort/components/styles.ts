import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ROW_HEIGHT } from '../layout';

export type TableStyles = ReturnType<typeof tableStyles>;

export const spoken = css({
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
});

export const tableStyles = (theme: GrafanaTheme2) => {
  const base = {
    height: ROW_HEIGHT,
    padding: theme.spacing(0, 0.75),
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap' as const,
    border: `1px solid ${theme.colors.background.primary}`,
    fontVariantNumeric: 'tabular-nums',
    '&:focus': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
  };
  const head = {
    ...base,
    background: theme.colors.background.secondary,
    fontWeight: theme.typography.fontWeightMedium,
  };
  const number = { textAlign: 'right' as const };
  // Stripes tell what is unfinished apart without colour.
  const stripes = `repeating-linear-gradient(135deg, transparent 0 4px, ${theme.colors.border.medium} 4px 5px)`;
  return {
    scroller: css({ overflow: 'auto', flex: 1, minHeight: 0, position: 'relative', isolation: 'isolate' }),
    table: css({
      tableLayout: 'fixed',
      borderCollapse: 'separate',
      borderSpacing: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      '& [data-frozen]': { zIndex: 1 },
      '& thead th': { position: 'sticky', top: 0, zIndex: 2 },
      '& tfoot th, & tfoot td': { position: 'sticky', bottom: 0, zIndex: 2 },
      '& thead [data-frozen], & tfoot [data-frozen]': { zIndex: 3 },
    }),
    head: css({ ...head, ...number, cursor: 'pointer' }),
    headText: css({ ...head, textAlign: 'left', cursor: 'pointer' }),
    cohort: css({ ...head, textAlign: 'left' }),
    size: css({ ...head, ...number, fontWeight: theme.typography.fontWeightRegular }),
    averageName: css({ ...head, textAlign: 'left', borderTop: `1px solid ${theme.colors.border.medium}` }),
    average: css({ ...head, ...number, borderTop: `1px solid ${theme.colors.border.medium}` }),
    cell: css({ ...base, ...number }),
    unfinished: css({
      ...base,
      ...number,
      color: theme.colors.text.primary,
      backgroundImage: stripes,
    }),
    empty: css({ ...base }),
    spacer: css({ padding: 0, border: 0 }),
    linked: css({ cursor: 'pointer' }),
    spoken,
  };
};

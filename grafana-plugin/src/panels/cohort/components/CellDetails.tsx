import { css } from '@emotion/css';
import type { GrafanaTheme2, LinkModel } from '@grafana/data';
import { Icon, IconButton, Portal, useStyles2, VizTooltipContainer } from '@grafana/ui';
import React, { useEffect, useRef } from 'react';
import { t } from '../../../i18n/t';
import type { Description } from '../data/describe';

export interface Pointed {
  description: Description;
  /** Where the cell is in the window. */
  box: { right: number; bottom: number };
  /** Where a click leads; given once the cell was picked. */
  links?: LinkModel[];
}

interface Props {
  pointed: Pointed;
  onClose: () => void;
}

/** Says what is behind a cell: a tooltip while pointing, a small dialog with the links once the cell was picked. */
export function CellDetails({ pointed: { description, box, links }, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const dialog = useRef<HTMLDivElement>(null);
  const picked = links !== undefined;
  useEffect(() => {
    if (!picked) {
      return;
    }
    dialog.current?.querySelector<HTMLElement>('a, button')?.focus();
    const outside = (event: MouseEvent) => {
      if (event.target instanceof Node && !dialog.current?.contains(event.target)) {
        onClose();
      }
    };
    document.addEventListener('mousedown', outside);
    return () => document.removeEventListener('mousedown', outside);
  }, [picked, onClose]);
  return (
    <Portal>
      <VizTooltipContainer
        position={{ x: box.right, y: box.bottom }}
        offset={{ x: 4, y: 4 }}
        allowPointerEvents={picked}
        role={picked ? 'dialog' : 'tooltip'}
        aria-label={picked ? description.title : undefined}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      >
        <div ref={dialog}>
          <div className={styles.title}>
            <strong>{description.title}</strong>
            {picked && <IconButton name="times" size="sm" aria-label={t('details.close', 'Close')} onClick={onClose} />}
          </div>
          <dl className={styles.lines}>
            {description.lines.map(({ name, value }) => (
              <React.Fragment key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </React.Fragment>
            ))}
          </dl>
          {links?.map((link, index) => (
            <a
              key={index}
              className={styles.link}
              href={link.href}
              target={link.target}
              rel="noreferrer"
              onClick={(event) => link.onClick?.(event)}
            >
              <Icon name="link" /> {link.title || link.href}
            </a>
          ))}
        </div>
      </VizTooltipContainer>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: theme.spacing(1) }),
  lines: css({
    display: 'grid',
    gridTemplateColumns: 'auto auto',
    columnGap: theme.spacing(2),
    margin: theme.spacing(0.5, 0),
    '& dt': { color: theme.colors.text.secondary, fontWeight: 'inherit' },
    '& dd': { margin: 0, textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  }),
  link: css({ display: 'block', color: theme.colors.text.link, padding: theme.spacing(0.5, 0) }),
});

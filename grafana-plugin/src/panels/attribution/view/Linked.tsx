import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { Field, GrafanaTheme2 } from '@grafana/data';
import { DataLinksContextMenu, useStyles2 } from '@grafana/ui';

interface Props {
  field: Field | undefined;
  /** Row of the frame, if the value is of one. */
  index: number | undefined;
  children: ReactNode;
}

/** A value with the data links of its field: one is followed at once, several open a menu. */
export function Linked({ field, index, children }: Props) {
  const styles = useStyles2(getStyles);
  const links = (index === undefined ? undefined : field?.getLinks?.({ valueRowIndex: index })) ?? [];
  if (links.length === 0) {
    return <>{children}</>;
  }
  if (links.length === 1) {
    const [{ href, title, target, onClick }] = links;
    return (
      <a href={href} title={title} target={target} rel="noreferrer" onClick={onClick} className={styles.link}>
        {children}
      </a>
    );
  }
  return (
    <DataLinksContextMenu links={() => links}>
      {({ openMenu }) => (
        <button type="button" className={styles.button} aria-haspopup="menu" onClick={openMenu}>
          {children}
        </button>
      )}
    </DataLinksContextMenu>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({ color: theme.colors.text.link, textDecoration: 'underline' }),
  button: css({
    background: 'none',
    border: 'none',
    padding: 0,
    font: 'inherit',
    color: theme.colors.text.link,
    textDecoration: 'underline',
    cursor: 'pointer',
  }),
});

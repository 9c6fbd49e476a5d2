import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/t';
import type { Channels } from '../data/attribution';
import type { Row } from '../data/rows';
import { Linked } from './Linked';
import { Mark } from './Mark';

const immature = () =>
  t(
    'marks.immature-what',
    'its latest conversions have not reached the age that value is counted to; value and returns will still rise'
  );

/** A channel's or campaign's name, with its links. */
export function Name({ row, channels }: { row: Row; channels: Channels }) {
  const styles = useStyles2(getStyles);
  // Several rows taken together are no single row that a link could lead to.
  const index = channels.rows.includes(row) ? row.sources[0] : undefined;
  return (
    <>
      <Linked field={channels.source.name} index={index}>
        {row.name}
      </Linked>
      {row.group !== undefined && <span className={styles}> {row.group}</span>}
      {row.mature === false && <Mark word={t('marks.immature', 'immature')} explanation={immature()} />}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => css({ color: theme.colors.text.secondary });

import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import { t } from '../../../i18n/t';
import type { Channels, Model } from '../data/attribution';
import { recommend, type Action } from '../data/recommend';
import { Name } from './Name';
import { Notice } from './Notice';
import { useDisplay } from './useDisplay';

interface Props {
  channels: Channels;
  model: Model;
  timeZone: TimeZone;
}

const actionsOf = (): Record<Action, { title: string; icon: IconName }> => ({
  increase: { title: t('actions.increase', 'Increase spend'), icon: 'arrow-up' },
  hold: { title: t('actions.hold', 'Hold spend'), icon: 'minus' },
  decrease: { title: t('actions.decrease', 'Decrease spend'), icon: 'arrow-down' },
  pause: { title: t('actions.pause', 'Pause'), icon: 'pause' },
  new_creative: { title: t('actions.new-creative', 'Test new creative'), icon: 'palette' },
});

/** What to do with each channel's spend, on which evidence; and where there is not enough of it. */
export function Recommendations({ channels, model, timeZone }: Props) {
  const styles = useStyles2(getStyles);
  const display = useDisplay(channels, timeZone);
  const actions = actionsOf();
  const { recommendations, undecided } = useMemo(
    () => recommend(channels, model.id, (measure, value) => display.show(measure, model.id, value).text),
    [channels, model, display]
  );
  if (recommendations.length + undecided.length === 0) {
    return (
      <Notice kind="info">
        {t(
          'recommendations.no-spend',
          'No row has spend, so there is nothing to recommend. Add a spend field to the query.'
        )}
      </Notice>
    );
  }
  return (
    // Whatever scrolls has to be reachable by keyboard.
    <div
      className={styles.scroll}
      role="region"
      aria-label={t('views.recommendations', 'Recommendations')}
      tabIndex={0}
    >
      <ul className={styles.list}>
        {recommendations.map(({ row, action, evidence, impact }) => (
          <li key={`${action} ${row.key}`} className={styles.item}>
            <div className={styles.head}>
              <Icon name={actions[action].icon} aria-hidden />
              <strong>{actions[action].title}</strong>
              <span>
                <Name row={row} channels={channels} />
              </span>
            </div>
            <div>{evidence}</div>
            <div className={styles.secondary}>{t('recommendations.expected', 'Expected: {{impact}}', { impact })}</div>
          </li>
        ))}
      </ul>
      {undecided.length > 0 && (
        <>
          <h4 className={styles.heading}>{t('recommendations.undecided', 'Not enough evidence')}</h4>
          <ul className={styles.list}>
            {undecided.map(({ row, reason }) => (
              <li key={row.key} className={styles.line}>
                <Name row={row} channels={channels} />: <span className={styles.secondary}>{reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflow: 'auto', flex: '1 1 auto', minHeight: 0, padding: theme.spacing(0, 1) }),
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  item: css({
    padding: theme.spacing(1, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  head: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontSize: theme.typography.body.fontSize,
  }),
  heading: css({ margin: theme.spacing(1.5, 0, 0.5), fontSize: theme.typography.body.fontSize }),
  line: css({ padding: theme.spacing(0.25, 0), fontSize: theme.typography.bodySmall.fontSize }),
  secondary: css({ color: theme.colors.text.secondary }),
});

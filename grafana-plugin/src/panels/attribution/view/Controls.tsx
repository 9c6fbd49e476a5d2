import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/t';
import type { Attribution, Model } from '../data/attribution';
import type { View } from '../options';

interface Props {
  attribution: Attribution;
  view: View;
  onView: (view: View) => void;
  model?: Model;
  onModel: (model: string) => void;
}

const viewTitles = (): Record<View, string> => ({
  channels: t('views.channels', 'Channels'),
  models: t('views.models', 'Models'),
  journeys: t('views.journeys', 'Journeys'),
  recommendations: t('views.recommendations', 'Recommendations'),
});

/** The views that the data has something for. */
export function viewsOf({ channels, journeys }: Attribution): View[] {
  return [
    ...(channels ? (['channels', 'models', 'recommendations'] as const) : []),
    ...(journeys ? (['journeys'] as const) : []),
  ];
}

/** Changes view and model for whoever looks, without changing the dashboard. */
export function Controls({ attribution, view, onView, model, onModel }: Props) {
  const styles = useStyles2(getStyles);
  const views = viewsOf(attribution);
  const titles = viewTitles();
  const models = attribution.channels?.models ?? [];
  const byModel = view === 'channels' || view === 'recommendations';
  return (
    <div className={styles.bar}>
      {views.length > 1 && (
        <RadioButtonGroup
          aria-label={t('views.view', 'View')}
          size="sm"
          options={views.map((value) => ({ value, label: titles[value] }))}
          value={view}
          onChange={onView}
        />
      )}
      {byModel && model && models.length > 1 && (
        <label className={styles.model}>
          {t('views.model', 'Model')}
          <select className={styles.select} value={model.id} onChange={(event) => onModel(event.target.value)}>
            {models.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0, 1, 1),
    flex: '0 0 auto',
  }),
  model: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  select: css({
    height: theme.spacing(theme.components.height.sm),
    padding: theme.spacing(0, 1),
    width: 'auto',
    fontSize: 'inherit',
    color: theme.components.input.text,
    background: theme.components.input.background,
    border: `1px solid ${theme.components.input.borderColor}`,
    borderRadius: theme.shape.radius.default,
  }),
});

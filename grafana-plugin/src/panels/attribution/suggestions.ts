import { VisualizationSuggestionScore, type PanelDataSummary, type VisualizationSuggestion } from '@grafana/data';
import { t } from '../../i18n/t';
import { readFrames } from './data/frames';
import type { AttributionOptions } from './options';

/** Offers the panel where a query gives channels with credits, or paths of journeys. */
export function suggest({ rawFrames = [] }: PanelDataSummary): Array<VisualizationSuggestion<AttributionOptions>> {
  const { channels, journeys } = readFrames(rawFrames, {});
  const score = VisualizationSuggestionScore.Best;
  return [
    ...(channels
      ? [{ name: t('suggestions.channels', 'Attribution by channel'), score, options: { view: 'channels' as const } }]
      : []),
    ...(channels && channels.fields.size > 1
      ? [
          {
            name: t('suggestions.models', 'Attribution models side by side'),
            score,
            options: { view: 'models' as const },
          },
        ]
      : []),
    ...(journeys
      ? [{ name: t('suggestions.journeys', 'Customer journeys'), score, options: { view: 'journeys' as const } }]
      : []),
  ];
}

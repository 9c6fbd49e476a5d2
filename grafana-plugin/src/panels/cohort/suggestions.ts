import { VisualizationSuggestionScore, type VisualizationSuggestionsSupplier } from '@grafana/data';
import { t } from '../../i18n/t';
import { DataProblem } from './data/model';
import { readCohorts } from './data/readCohorts';
import { defaultOptions, type CohortOptions } from './options';

/** Suggests the panel for data with a cohort, a period and something to show. */
export const suggestCohorts: VisualizationSuggestionsSupplier<CohortOptions> = ({
  hasData,
  rawFrames,
  rowCountTotal,
}) => {
  if (!hasData || !rawFrames || rowCountTotal < 2) {
    return;
  }
  try {
    const { cohorts, periods } = readCohorts(rawFrames, defaultOptions, 'utc');
    if (cohorts.length < 2 || periods.length < 2) {
      return;
    }
  } catch (error) {
    if (error instanceof DataProblem) {
      return;
    }
    throw error;
  }
  return [
    {
      name: t('suggestions.heatmap', 'Cohort heatmap'),
      score: VisualizationSuggestionScore.Best,
      options: { view: 'heatmap' },
    },
    {
      name: t('suggestions.lines', 'Cohort lines'),
      score: VisualizationSuggestionScore.OK,
      options: { view: 'lines' },
    },
  ];
};

import { day, list } from '../panels/list.ts';
import { rows } from '../cube-query.ts';

/** Scorings whose outcome is known, newest first. */
export const predictions = (description: string, measures: string[]) =>
  list({
    title: 'Predictions against what happened',
    description,
    query: rows('model_quality', {
      measures,
      by: ['model_version', 'scored_on'],
      time: 'as_of',
      order: { scored_on: 'desc' },
    }),
    width: 14,
    columns: { 'Scored on': day },
  });

/** How far customers are from those that the model learnt from, by feature. */
export const drift = (description: string) =>
  list({
    title: 'Drift of what the model reads',
    description,
    query: rows('feature_drift', {
      measures: ['psi', 'psi_customers', 'psi_bins'],
      by: ['feature'],
      time: 'as_of',
      order: { psi: 'desc' },
    }),
    width: 10,
    columns: {
      PSI: {
        decimals: 3,
        colors: {
          first: 'green',
          steps: [
            [0.1, 'orange'],
            [0.2, 'red'],
          ],
        },
      },
    },
  });

import { dashboard } from '../dashboard.ts';
import { figure } from '../panels/figure.ts';
import { list } from '../panels/list.ts';
import { atLeast, atMost } from '../panels/scale.ts';
import { trend } from '../panels/trend.ts';
import { rows, series } from '../cube-query.ts';
import { drift, predictions } from './model-panels.ts';

export const dataHealth = dashboard({
  name: 'data-health',
  title: 'Data and model health',
  description:
    'Whether the figures can be relied on: fresh, complete, reconciled, and predicted by a model that still fits.',
  from: 'now-6M/M',
  answer: [
    figure({
      title: 'Tables gone stale',
      description: 'Tables whose newest fact is older than expected at the end of the range.',
      query: rows('data_health', { measures: ['tables_stale'], time: 'as_of' }),
      scale: atMost(0, 1),
    }),
    figure({
      title: 'Checks that differ',
      description: 'Reconciliations with a difference: amounts that must agree and do not.',
      query: rows('reconciliation', { measures: ['checks_failed'], time: 'as_of' }),
      scale: atMost(0, 1),
    }),
    figure({
      title: 'Jobs late',
      description: 'Jobs whose last success is longer ago than allowed.',
      query: rows('jobs', { measures: ['jobs_late'], time: 'as_of' }),
      scale: atMost(0, 1),
    }),
    figure({
      title: 'Model: ROC AUC',
      description: 'How well the churn probabilities ordered who left: 0.5 is chance, 1 perfect.',
      query: rows('model_quality', { measures: ['roc_auc'], time: 'as_of' }),
      scale: atLeast(0.75, 0.65),
      decimals: 2,
    }),
  ],
  evidence: [
    {
      heading: 'Tables',
      panels: [
        list({
          title: 'Tables',
          description:
            'Rows at the end of the range, age of the newest fact against what is expected, and shares of missing and dangling values; oldest first.',
          query: rows('data_health', {
            measures: ['row_count', 'freshness_hours', 'freshness_limit_hours', 'null_share', 'orphan_share'],
            by: ['table_name', 'domain'],
            time: 'as_of',
            order: { freshness_hours: 'desc' },
          }),
          height: 14,
        }),
      ],
    },
    {
      heading: 'Reconciliation and jobs',
      panels: [
        list({
          title: 'What must agree',
          description:
            'Compared, differing and by how much. A difference is looked into before a figure that rests on it is used.',
          query: rows('reconciliation', {
            measures: ['compared', 'differences', 'difference_amount'],
            by: ['check_name', 'what'],
            time: 'as_of',
            order: { differences: 'desc' },
          }),
          width: 14,
        }),
        list({
          title: 'Jobs',
          description: 'Hours since the last success and how many are allowed; scorings since then that failed.',
          query: rows('jobs', {
            measures: ['hours_since_success', 'allowed_hours', 'jobs_late', 'failed_scoring'],
            by: ['job'],
            time: 'as_of',
            order: { hours_since_success: 'desc' },
          }),
          width: 10,
        }),
      ],
    },
    {
      heading: 'Model',
      panels: [
        predictions(
          'Scorings whose 90 days are over: customers, who left, what was expected, and how well they were told apart.',
          ['predictions', 'churn_rate', 'churn_probability', 'roc_auc', 'brier', 'calibration_error'],
        ),
        drift('Population stability index against the training rows; above 0.2 the model should be trained anew.'),
        trend({
          title: 'Calls to the service',
          description: 'Requests by component: where the pages and figures are used.',
          queries: [
            series('system_health', { measures: ['requests'], by: ['component'], time: 'sampled_at', every: 'week' }),
          ],
          width: 24,
        }),
      ],
    },
    {
      heading: 'Who uses it (executives and data stewards)',
      closed: true,
      panels: [
        figure({
          title: 'Leaders who looked',
          description: 'Share of the leaders who asked for a figure, by week, mean over the range; 80% are wanted.',
          query: rows('usage', { measures: ['dashboard_weekly_users'], time: 'asked_at' }),
          scale: atLeast(0.8, 0.5),
        }),
        trend({
          title: 'Questions',
          description: 'Queries answered, refused and failed.',
          queries: [
            series('usage', {
              measures: ['queries', 'queries_refused', 'queries_failed'],
              time: 'asked_at',
              every: 'day',
            }),
          ],
          width: 18,
        }),
      ],
    },
  ],
});

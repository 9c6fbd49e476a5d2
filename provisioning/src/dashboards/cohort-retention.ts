import { dashboard } from '../dashboard.ts';
import { cohorts } from '../panels/own.ts';
import { rows } from '../cube-query.ts';
import { valuesOf } from '../variables.ts';

const where: [string, string, string][] = [
  ['channel', 'equals', '$channel'],
  ['payer_type', 'equals', '$payer_type'],
];
const mature: [string, string, string] = ['is_mature', 'equals', 'true'];
const retention = ['cohort_size', 'paying', 'retention_rate', 'retention_low', 'retention_high'];
const explorer = { title: 'Cohort explorer', url: '/a/fairunderwriting-analytics-app/cohorts' };

export const cohortRetention = dashboard({
  name: 'cohorts',
  title: 'Cohort retention',
  description: 'How many subscribers stay, month by month after their first, and how much of their revenue.',
  from: 'now-24M/M',
  variables: [
    valuesOf('channel', 'Channel', 'cohorts_paying.channel', 'Marketing channel that brought the subscriber.'),
    valuesOf('payer_type', 'Payer', 'cohorts_paying.payer_type', 'Who pays for the subscriber.'),
  ],
  links: [{ ...explorer, tooltip: 'Build a cohort by criteria, compare two, save them' }],
  answer: [
    cohorts({
      title: 'Subscriber retention',
      description:
        'Of those whose first recurring revenue came in a month: the share with MRR at the end of each later month. Hatched cells belong to months that have not ended and enter no average.',
      queries: [
        rows('cohorts_paying', {
          measures: retention,
          by: ['period', 'is_mature'],
          time: 'cohort_month',
          every: 'month',
          where,
          order: { period: 'asc' },
        }),
      ],
      options: {},
      height: 17,
      link: explorer,
    }),
  ],
  evidence: [
    {
      heading: 'Revenue',
      panels: [
        cohorts({
          title: 'Revenue retention',
          description: "A cohort's MRR at the end of each month / its MRR at the end of its first.",
          queries: [
            rows('cohorts_paying', {
              measures: ['cohort_size', 'revenue_retention'],
              by: ['period', 'is_mature'],
              time: 'cohort_month',
              every: 'month',
              where,
              order: { period: 'asc' },
            }),
          ],
          options: { measure: 'revenue' },
          height: 17,
          link: explorer,
        }),
      ],
    },
    {
      heading: 'Who stays',
      panels: [
        cohorts({
          title: 'Retention by payer',
          description: 'All cohorts of the range together, mature cells only.',
          queries: [
            rows('cohorts_paying', {
              measures: retention,
              by: ['payer_type', 'period', 'is_mature'],
              time: 'cohort_month',
              where: [...where, mature],
              order: { period: 'asc' },
            }),
          ],
          options: { view: 'lines', showInsights: false },
          width: 12,
          height: 14,
        }),
        cohorts({
          title: 'Retention by channel',
          description: 'All cohorts of the range together, mature cells only; best after three months first.',
          queries: [
            rows('cohorts_paying', {
              measures: retention,
              by: ['channel', 'period', 'is_mature'],
              time: 'cohort_month',
              where: [...where, mature],
              order: { period: 'asc' },
            }),
          ],
          options: { sortBy: 'period', descending: true, showInsights: false },
          width: 12,
          height: 14,
        }),
      ],
    },
  ],
});

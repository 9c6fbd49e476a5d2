import { dashboard } from '../dashboard.ts';
import { figure } from '../panels/figure.ts';
import { list, type Column } from '../panels/list.ts';
import { attribution } from '../panels/own.ts';
import { rows } from '../cube-query.ts';
import { oneOf } from '../variables.ts';

const where: [string, string, string][] = [
  ['lookback_days', 'equals', '$lookback'],
  ['conversion_kind', 'equals', '$conversion'],
];
const models = ['first_touch', 'last_touch', 'linear', 'time_decay', 'position_based', 'markov', 'shapley'];
const byChannel = rows('attribution', {
  measures: [
    ...models,
    ...models.flatMap((model) => [`cac_${model}`, `value_${model}`]),
    'spend',
    'clicks',
    'conversions',
    'conversion_rate',
    'is_mature',
  ],
  by: ['channel'],
  time: 'date',
  where,
});
/** What the credits must add up to. */
const total = rows('attribution', { measures: ['conversions'], time: 'date', where, refId: 'B' });

const recommendations = (level: string, by: string[]) =>
  rows('channel_recommendations', { by, time: 'as_of', where: [...where, ['level', 'equals', level]] });
const advice: Record<string, Column> = {
  Recommendation: {
    width: 130,
    words: {
      pause: { text: 'Pause', color: 'red' },
      decrease: { text: 'Decrease', color: 'orange' },
      hold: { text: 'Hold', color: 'text' },
      increase: { text: 'Increase', color: 'green' },
      new_creative: { text: 'New creative', color: 'blue' },
    },
  },
};

export const marketingAttribution = dashboard({
  name: 'attribution',
  title: 'Marketing attribution',
  description:
    'What each marketing channel brought and cost under each attribution model, and the paths that led to conversions.',
  variables: [
    oneOf(
      'conversion',
      'Conversion',
      [
        ['first_payment', 'First payment'],
        ['sign_up', 'Sign-up'],
      ],
      'What is attributed.',
    ),
    oneOf(
      'lookback',
      'Lookback',
      [
        ['30', '30 days'],
        ['7', '7 days'],
        ['60', '60 days'],
        ['90', '90 days'],
      ],
      'How long before the conversion a touch still counts.',
    ),
  ],
  links: [
    {
      title: 'Attribution explorer',
      url: '/a/fairunderwriting-analytics-app/attribution',
      tooltip: 'Channels or campaigns, with the choices at hand',
    },
  ],
  answer: [
    figure({
      title: 'Conversions',
      description: 'Customers who converted in the range. The credits of every model add up to it.',
      query: rows('attribution', { measures: ['conversions'], time: 'date', where }),
      width: 12,
    }),
    figure({
      title: 'Spend',
      description: 'Marketing spend in the range, in the reporting currency.',
      query: rows('attribution', { measures: ['spend'], time: 'date', where }),
      width: 12,
    }),
    attribution({
      title: 'Channels',
      description:
        'Credit, cost and return of each channel by the chosen model. Conversions without a touch inside the lookback have a row of their own.',
      queries: [byChannel, total],
      options: { view: 'channels' },
      height: 14,
    }),
  ],
  evidence: [
    {
      heading: 'Where the models disagree',
      panels: [
        attribution({
          title: 'Models side by side',
          description:
            'Credit by each model. A channel is disputed when the models differ by more than 25% of their mean.',
          queries: [byChannel, total],
          options: { view: 'models' },
          height: 14,
        }),
      ],
    },
    {
      heading: 'Journeys',
      panels: [
        attribution({
          title: 'Journeys',
          description:
            'Paths of touches, repeats of a channel in a row shown once: how many took them and how many of those converted.',
          queries: [
            rows('journeys', {
              measures: [
                'journeys',
                'conversions',
                'conversion_rate',
                'touches_to_convert',
                'days_to_convert',
                'ltv_realised',
              ],
              by: ['path'],
              time: 'date',
              where,
              order: { journeys: 'desc' },
              limit: 500,
            }),
          ],
          options: { view: 'journeys' },
          height: 16,
        }),
      ],
    },
    {
      heading: 'What to do',
      panels: [
        list({
          title: 'Recommendations for channels',
          description:
            'By return on spend over a year whose conversions are old enough: below 0 pause, below 1 decrease, to 3 hold, above 3 increase, only where the 95% bootstrap interval lies in one band; new creative where clicks hardly convert.',
          query: recommendations('channel', ['channel', 'recommendation', 'evidence', 'expected_impact']),
          columns: advice,
        }),
        list({
          title: 'Recommendations for campaigns',
          description: 'The same for single campaigns, with their status.',
          query: recommendations('campaign', [
            'channel',
            'campaign',
            'campaign_status',
            'recommendation',
            'evidence',
            'expected_impact',
          ]),
          height: 12,
          columns: advice,
        }),
      ],
    },
  ],
});

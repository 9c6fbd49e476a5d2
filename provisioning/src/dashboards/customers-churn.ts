import { dashboard } from '../dashboard.ts';
import { bars } from '../panels/bars.ts';
import { figure } from '../panels/figure.ts';
import { list } from '../panels/list.ts';
import { atLeast, atMost } from '../panels/scale.ts';
import { trend } from '../panels/trend.ts';
import { rows, series } from '../cube-query.ts';
import { drift, predictions } from './model-panels.ts';
import { valuesOf } from '../variables.ts';

const payer: [string, string, string] = ['payer_type', 'equals', '$payer_type'];
const full: [string, string, string] = ['is_partial', 'equals', 'false'];

export const customersChurn = dashboard({
  name: 'customers-churn',
  title: 'Customers and churn',
  description: 'Who leaves, who is likely to, what it costs, and how far the predictions can be trusted.',
  variables: [valuesOf('payer_type', 'Payer', 'mrr_movements.payer_type', 'Who pays for the subscriber.')],
  links: [
    {
      title: 'Churn worklist',
      url: '/a/fairunderwriting-analytics-app/churn',
      tooltip: 'Single customers with reasons, what may help, and what was done',
    },
  ],
  answer: [
    figure({
      title: 'Subscriber churn',
      description: 'Churned / opening subscribers of the last full month.',
      query: series('mrr_movements', {
        measures: ['subscriber_churn_rate'],
        time: 'month',
        every: 'month',
        where: [full, payer],
      }),
      scale: atMost(0.05, 0.08),
      course: true,
    }),
    figure({
      title: 'MRR at risk',
      description: 'MRR of subscribers with a churn probability of 0.5 or more in the newest scoring.',
      query: rows('churn_risk', { measures: ['mrr_at_risk'], time: 'as_of', where: [payer] }),
    }),
    figure({
      title: 'Expected loss of MRR',
      description: 'Sum over all scored subscribers of probability x MRR: what is expected to go within 90 days.',
      query: rows('churn_risk', { measures: ['expected_mrr_loss'], time: 'as_of', where: [payer] }),
    }),
    figure({
      title: 'Customers at risk',
      description: 'Subscribers with a churn probability of 0.5 or more.',
      query: rows('churn_risk', { measures: ['at_risk_customers'], time: 'as_of', where: [payer] }),
    }),
    figure({
      title: 'Active customers',
      description: 'Customers with any activity in the 30 days before the end of the range.',
      query: rows('customers', { measures: ['active_customers_30d'], time: 'as_of', where: [payer] }),
    }),
    figure({
      title: 'New customers',
      description: 'Customers who signed up in the range.',
      query: rows('signups', { measures: ['new_customers'], time: 'date' }),
    }),
    figure({
      title: 'Customers expected to leave',
      description:
        'Sum of the churn probabilities of all scored subscribers: how many are expected to leave within 90 days.',
      query: rows('churn_risk', { measures: ['expected_churners'], time: 'as_of', where: [payer] }),
      decimals: 0,
    }),
    figure({
      title: 'Model: ROC AUC',
      description:
        'How well the probabilities ordered who left, over all predictions whose outcome is known: 0.5 is chance, 1 perfect.',
      query: rows('model_quality', { measures: ['roc_auc'], time: 'as_of' }),
      scale: atLeast(0.75, 0.65),
      decimals: 2,
    }),
  ],
  evidence: [
    {
      heading: 'Who leaves',
      panels: [
        trend({
          title: 'Churn by payer',
          description: 'Churned / opening subscribers of each full month.',
          queries: [
            series('mrr_movements', {
              measures: ['subscriber_churn_rate'],
              by: ['payer_type'],
              time: 'month',
              every: 'month',
              where: [full, payer],
            }),
          ],
        }),
        trend({
          title: 'Subscribers gained and lost',
          description: 'New and churned subscribers by month.',
          queries: [
            series('mrr_movements', {
              measures: ['new_subscribers', 'churned_subscribers'],
              time: 'month',
              every: 'month',
              where: [payer],
            }),
          ],
          bars: true,
        }),
      ],
    },
    {
      heading: 'Who may leave within 90 days',
      panels: [
        bars({
          title: 'Customers by risk',
          description: 'Low below 0.2, medium below 0.5, high below 0.8, critical from 0.8 on calibrated probability.',
          query: rows('churn_risk', {
            measures: ['scored_customers'],
            by: ['risk_level'],
            time: 'as_of',
            where: [payer],
            order: { scored_customers: 'desc' },
          }),
          width: 8,
        }),
        list({
          title: 'Where the money at risk is',
          description: 'The newest scoring by channel that brought the customer.',
          query: rows('churn_risk', {
            measures: [
              'scored_customers',
              'at_risk_customers',
              'churn_probability',
              'mrr_at_risk',
              'expected_mrr_loss',
            ],
            by: ['channel'],
            time: 'as_of',
            where: [payer],
            order: { expected_mrr_loss: 'desc' },
          }),
          width: 16,
          height: 9,
        }),
      ],
    },
    {
      heading: 'How right the predictions were',
      panels: [
        predictions(
          'Predictions whose 90 days are over. Brier is the mean squared error of the probability; calibration error is read on the untreated hold-out where there is one.',
          ['predictions', 'churners', 'churn_rate', 'churn_probability', 'roc_auc', 'brier', 'calibration_error'],
        ),
        drift(
          'Population stability index against the training rows, in their deciles; above 0.2 the customers are no longer those that the model learnt from. With number of customers and bins.',
        ),
      ],
    },
  ],
});

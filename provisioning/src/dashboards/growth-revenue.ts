import { dashboard } from '../dashboard.ts';
import { bars } from '../panels/bars.ts';
import { figure } from '../panels/figure.ts';
import { list, month } from '../panels/list.ts';
import { atLeast } from '../panels/scale.ts';
import { trend } from '../panels/trend.ts';
import { rows, series } from '../cube-query.ts';
import { valuesOf } from '../variables.ts';

const payer: [string, string, string] = ['payer_type', 'equals', '$payer_type'];
const full: [string, string, string] = ['is_partial', 'equals', 'false'];
const ofMonth = { time: 'month', every: 'month' } as const;

export const growthRevenue = dashboard({
  name: 'growth-revenue',
  title: 'Growth and revenue',
  description: 'What moves recurring revenue, whether customers stay, and where it goes in 90 days.',
  variables: [valuesOf('payer_type', 'Payer', 'mrr_movements.payer_type', 'Who pays for the subscriber.')],
  answer: [
    figure({
      title: 'MRR',
      description: 'Monthly recurring revenue at the end of the range.',
      query: rows('revenue', { measures: ['mrr'], time: 'as_of', where: [payer] }),
    }),
    figure({
      title: 'MRR growth',
      description: '(Closing - opening) / opening of the last full month.',
      query: series('mrr_movements', { measures: ['mrr_growth'], ...ofMonth, where: [full, payer] }),
      scale: atLeast(0.02, 0),
      course: true,
    }),
    figure({
      title: 'Net retention, 12 months',
      description: 'MRR now of the subscribers of 12 months ago / their MRR then. Reactivated ones count as gone.',
      query: series('mrr_movements', { measures: ['nrr_12m'], ...ofMonth, where: [full, payer] }),
      scale: atLeast(1, 0.9),
      course: true,
    }),
    figure({
      title: 'Gross retention, 12 months',
      description: 'The same with each subscriber capped at what they paid then: what is kept without upselling.',
      query: series('mrr_movements', { measures: ['grr_12m'], ...ofMonth, where: [full, payer] }),
      scale: atLeast(0.85, 0.7),
      course: true,
    }),
    figure({
      title: 'Quick ratio',
      description:
        '(New + reactivated + expansion) / (contraction + churn) of the last full month: how many dollars come for each that goes.',
      query: series('mrr_movements', { measures: ['quick_ratio'], ...ofMonth, where: [full, payer] }),
      scale: atLeast(4, 1),
      decimals: 1,
      course: true,
    }),
    figure({
      title: 'Subscribers',
      description: 'Customers with MRR above 0 at the end of the range.',
      query: rows('revenue', { measures: ['subscribers'], time: 'as_of', where: [payer] }),
    }),
    figure({
      title: 'ARPA',
      description: 'Average revenue per account: MRR / subscribers at the end of the range.',
      query: rows('revenue', { measures: ['arpa'], time: 'as_of', where: [payer] }),
      decimals: 2,
    }),
    figure({
      title: 'MRR in 90 days',
      description: 'Expected MRR 90 days after the newest forecast, over all payers.',
      query: rows('forecasts', { measures: ['mrr_projected_90d'], time: 'as_of' }),
    }),
  ],
  evidence: [
    {
      heading: 'Movements',
      panels: [
        trend({
          title: 'What came',
          description:
            'New, reactivated and expanded MRR by month. Transfers and exchange rates are in the table below.',
          queries: [
            series('mrr_movements', {
              measures: ['mrr_new', 'mrr_reactivation', 'mrr_expansion'],
              ...ofMonth,
              where: [payer],
            }),
          ],
          bars: true,
          stacked: true,
          decimals: 0,
        }),
        trend({
          title: 'What went',
          description: 'Contracted and churned MRR by month.',
          queries: [
            series('mrr_movements', { measures: ['mrr_contraction', 'mrr_churn'], ...ofMonth, where: [payer] }),
          ],
          bars: true,
          stacked: true,
          decimals: 0,
        }),
        list({
          title: 'MRR month by month',
          description:
            'Opening + new + reactivation + expansion - contraction - churn + transfers in - transfers out + exchange rates = closing, to the cent.',
          query: rows('mrr_movements', {
            measures: [
              'mrr_opening',
              'mrr_new',
              'mrr_reactivation',
              'mrr_expansion',
              'mrr_contraction',
              'mrr_churn',
              'mrr_transfer_in',
              'mrr_transfer_out',
              'mrr_fx',
              'mrr_closing',
            ],
            ...ofMonth,
            where: [payer],
            order: { month: 'desc' },
          }),
          height: 10,
          columns: { Month: month },
        }),
      ],
    },
    {
      heading: 'Retention and forecast',
      panels: [
        trend({
          title: 'Retention by month',
          description: 'Net and gross revenue retention of each full month.',
          queries: [series('mrr_movements', { measures: ['nrr', 'grr'], ...ofMonth, where: [full, payer] })],
          min: null,
        }),
        list({
          title: 'MRR forecast',
          description:
            'MRR at the coming month ends with 80% and 95% prediction intervals, and the share of earlier intervals that held what came, with their number.',
          query: rows('forecasts', {
            measures: ['forecast', 'low_80', 'high_80', 'low_95', 'high_95', 'coverage_95', 'coverage_n', 'mase'],
            by: ['period', 'method'],
            time: 'as_of',
            where: [['series', 'equals', 'mrr']],
            order: { period: 'asc' },
          }),
          width: 12,
          height: 9,
          columns: { Period: month },
        }),
      ],
    },
    {
      heading: 'Money received',
      panels: [
        bars({
          title: 'Net revenue by source',
          description: 'Paid invoice lines less refunds, in the range.',
          query: rows('net_revenue', {
            measures: ['net_revenue'],
            by: ['revenue_source'],
            time: 'date',
            order: { net_revenue: 'desc' },
          }),
          decimals: 0,
        }),
        bars({
          title: 'Net revenue by payer type',
          description: 'Paid invoice lines less refunds, in the range.',
          query: rows('net_revenue', {
            measures: ['net_revenue'],
            by: ['payer_type'],
            time: 'date',
            where: [payer],
            order: { net_revenue: 'desc' },
          }),
          decimals: 0,
        }),
        bars({
          title: 'Share of revenue by payer',
          description:
            "The payer's net revenue / the net revenue of all, payers or not, in the range. Above 30% an alert is raised.",
          query: rows('payer_revenue', {
            measures: ['payer_revenue_share'],
            by: ['payer'],
            time: 'date',
            where: [['payer', 'set']],
            order: { payer_revenue_share: 'desc' },
          }),
          decimals: 1,
          width: 24,
        }),
      ],
    },
  ],
});

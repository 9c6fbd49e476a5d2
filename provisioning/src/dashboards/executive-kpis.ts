import { dashboard } from '../dashboard.ts';
import { figure } from '../panels/figure.ts';
import { list } from '../panels/list.ts';
import { atLeast, atMost } from '../panels/scale.ts';
import { trend } from '../panels/trend.ts';
import { rows, series } from '../cube-query.ts';

const fullMonths: [string, string, string] = ['is_partial', 'equals', 'false'];

export const executiveKpis = dashboard({
  name: 'executive-kpis',
  title: 'Executive KPIs',
  description:
    'How the company stands: revenue, customers, operations and money. Each figure is defined once, in the Cube model.',
  answer: [
    figure({
      title: 'MRR',
      description:
        'Monthly recurring revenue at the end of the range: subscriptions active then, price x quantity normalised to a month, after recurring discounts, before tax. Trials count 0, one-off test sales do not count.',
      query: rows('revenue', { measures: ['mrr'], time: 'as_of' }),
      decimals: 0,
      link: { title: 'Growth and revenue', url: '/d/fua-growth-revenue' },
    }),
    figure({
      title: 'MRR in 90 days',
      description:
        'Expected MRR 90 days on, by the method that forecast best in a backtest. Growth and revenue shows its interval and how often it held.',
      query: rows('forecasts', { measures: ['mrr_projected_90d'], time: 'as_of' }),
      decimals: 0,
    }),
    figure({
      title: 'Lab SLA',
      description:
        'Of the tests due in the 30 days before the end of the range: on time / all. Open tests past their due day count as late. Contracts ask for 95%.',
      query: rows('lab_sla', { measures: ['sla_compliance'], time: 'as_of' }),
      scale: atLeast(0.95, 0.9),
      link: { title: 'Operations', url: '/d/fua-operations' },
    }),
    figure({
      title: 'Counselors to hire',
      description:
        'Counselors needed over the next 13 weeks, so that the median wait keeps its target in 80% of the paths that demand may take, less those present.',
      query: rows('staffing', { measures: ['counselors_to_hire'], time: 'as_of' }),
      scale: atMost(0, 1),
      link: { title: 'Workforce capacity', url: '/d/fua-workforce' },
    }),
    figure({
      title: 'Net revenue',
      description: 'Paid invoice lines before tax, by payment date, less refunds by refund date, in the range.',
      query: rows('net_revenue', { measures: ['net_revenue'], time: 'date' }),
      decimals: 0,
    }),
    figure({
      title: 'MRR at risk',
      description:
        'MRR of the subscribers with a churn probability of 0.5 or more in the newest scoring. Customers and churn lists them.',
      query: rows('churn_risk', { measures: ['mrr_at_risk'], time: 'as_of' }),
      decimals: 0,
      link: { title: 'Customers and churn', url: '/d/fua-customers-churn' },
    }),
    figure({
      title: 'Net retention',
      description:
        'Net revenue retention of the last full month: (opening + expansion - contraction - churn) / opening MRR. 100% and more means that the subscribers there were pay as much as a month before.',
      query: series('mrr_movements', { measures: ['nrr'], time: 'month', every: 'month', where: [fullMonths] }),
      scale: atLeast(1, 0.95),
      course: true,
    }),
    figure({
      title: 'Subscriber churn',
      description:
        'Subscribers of the end of the month before whose MRR is 0 at the end of the last full month / subscribers then.',
      query: series('mrr_movements', {
        measures: ['subscriber_churn_rate'],
        time: 'month',
        every: 'month',
        where: [fullMonths],
      }),
      scale: atMost(0.05, 0.08),
      course: true,
    }),
  ],
  evidence: [
    {
      heading: 'Customers',
      panels: [
        figure({
          title: 'Subscribers',
          description: 'Customers with MRR above 0 at the end of the range.',
          query: rows('revenue', { measures: ['subscribers'], time: 'as_of' }),
        }),
        figure({
          title: 'Active customers',
          description: 'Customers with any activity in the 30 days before the end of the range.',
          query: rows('customers', { measures: ['active_customers_30d'], time: 'as_of' }),
        }),
        figure({
          title: 'New customers',
          description: 'Customers who signed up in the range.',
          query: rows('signups', { measures: ['new_customers'], time: 'date' }),
        }),
        figure({
          title: 'ARPA',
          description: 'Average revenue per account: MRR / subscribers at the end of the range.',
          query: rows('revenue', { measures: ['arpa'], time: 'as_of' }),
          decimals: 2,
        }),
      ],
    },
    {
      heading: 'How it came about',
      panels: [
        trend({
          title: 'Recurring revenue by month',
          description: 'MRR at the end of each month; the running month as it stands.',
          queries: [series('mrr_movements', { measures: ['mrr_closing'], time: 'month', every: 'month' })],
          decimals: 0,
        }),
        trend({
          title: 'Turnaround by lab',
          description:
            'Median business days from the sample sent to the result, by the month of the result and by the calendar of the contract in force.',
          queries: [
            series('lab_tests', {
              measures: ['turnaround_days_p50'],
              by: ['lab_name'],
              time: 'date',
              every: 'month',
            }),
          ],
          unit: 'suffix: days',
          decimals: 0,
        }),
        list({
          title: 'Labs against their contracts',
          description:
            'The 30 days before the end of the range. Compliance is over the tests due; overdue tests are open past their due day.',
          query: rows('lab_sla', {
            measures: ['sla_compliance', 'sla_target', 'tests_due', 'tests_overdue', 'tests_in_progress'],
            by: ['lab_name'],
            time: 'as_of',
            order: { sla_compliance: 'asc' },
          }),
          width: 12,
          height: 7,
          columns: {
            'SLA compliance': { colors: { first: 'red', steps: [[0.95, 'green']] } },
          },
        }),
        list({
          title: 'Revenue by source',
          description: 'Net revenue in the range and in the range of the same length before.',
          query: rows('net_revenue', {
            measures: ['net_revenue'],
            by: ['revenue_source'],
            time: 'date',
            order: { net_revenue: 'desc' },
            comparePrevious: true,
          }),
          width: 12,
          height: 7,
        }),
      ],
    },
  ],
});

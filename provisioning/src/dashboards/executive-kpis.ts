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
      link: { title: 'Growth and revenue', url: '/d/fua-growth-revenue' },
    }),
    figure({
      title: 'MRR in 90 days',
      description:
        'Expected MRR 90 days on, by the method that forecast best in a backtest. Growth and revenue shows its interval and how often it held.',
      query: rows('forecasts', { measures: ['mrr_projected_90d'], time: 'as_of' }),
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
    }),
    figure({
      title: 'MRR at risk',
      description:
        'MRR of the subscribers with a churn probability of 0.5 or more in the newest scoring. Customers and churn lists them.',
      query: rows('churn_risk', { measures: ['mrr_at_risk'], time: 'as_of' }),
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
    {
      heading: 'What a subscriber is worth',
      panels: [
        figure({
          title: 'LTV / CAC',
          description:
            'Lifetime value of a subscriber / what it costs to win one, over the trailing 12 full months. Above 3 is wanted.',
          query: rows('unit_economics', { measures: ['ltv_cac_ratio'], time: 'as_of' }),
          scale: atLeast(3, 1),
          decimals: 1,
        }),
        figure({
          title: 'LTV',
          description:
            'Opening MRR per opening subscriber x subscription gross margin / churn, over the trailing 12 full months; none under 20 churned.',
          query: rows('unit_economics', { measures: ['ltv'], time: 'as_of' }),
        }),
        figure({
          title: 'CAC, subscriber',
          description: 'Marketing spend / new subscribers, over the trailing 12 full months.',
          query: rows('unit_economics', { measures: ['cac_subscriber'], time: 'as_of' }),
        }),
        figure({
          title: 'Payback',
          description: 'Months of gross margin of an average subscriber until what it cost to win one is back.',
          query: rows('unit_economics', { measures: ['cac_payback_months'], time: 'as_of' }),
          unit: 'suffix: months',
          decimals: 1,
        }),
      ],
    },
    {
      heading: 'What customers and the market say',
      panels: [
        figure({
          title: 'NPS',
          description: 'Share that scored 9 or 10 less share that scored 0 to 6, in the range.',
          query: rows('surveys', { measures: ['nps'], time: 'date' }),
        }),
        figure({
          title: 'Brand awareness',
          description: 'Share of those surveyed who know the brand, in the range.',
          query: rows('surveys', { measures: ['brand_awareness'], time: 'date' }),
        }),
        figure({
          title: 'Partners',
          description: 'Brokers, employers and pharma companies with a running agreement at the end of the range.',
          query: rows('partners', { measures: ['partner_count'], time: 'as_of' }),
        }),
        figure({
          title: 'Wait for counselling',
          description: 'Median days from the request to the session held, in the range.',
          query: rows('counseling', { measures: ['counseling_wait_days_p50'], time: 'date' }),
          unit: 'suffix: days',
          decimals: 1,
          link: { title: 'Workforce capacity', url: '/d/fua-workforce' },
        }),
      ],
    },
    {
      heading: 'Money (executives)',
      closed: true,
      panels: [
        figure({
          title: 'Cash',
          description: 'Sum of all cash flows up to the end of the range.',
          query: rows('cash', { measures: ['cash_balance'], time: 'as_of' }),
        }),
        figure({
          title: 'Runway',
          description:
            'Cash / mean net operating cash outflow of the last three full months; none while cash comes in.',
          query: rows('cash', { measures: ['runway_months'], time: 'as_of' }),
          unit: 'suffix: months',
          scale: atLeast(12, 6),
          decimals: 1,
        }),
        figure({
          title: 'Gross margin',
          description: '(Recognised revenue - cost of revenue) / recognised revenue, in the range.',
          query: rows('margins', { measures: ['gross_margin'], time: 'month' }),
        }),
        figure({
          title: 'Profit per test',
          description: 'Revenue less costs per test completed in the range.',
          query: rows('test_economics', { measures: ['profit_per_test'], time: 'month' }),
          decimals: 2,
        }),
        figure({
          title: 'Market penetration',
          description: 'People diagnosed here / people estimated to have AATD, newest estimate.',
          query: rows('market_penetration', { measures: ['market_penetration'], time: 'as_of' }),
          decimals: 2,
        }),
        trend({
          title: 'Cash and burn',
          description: 'Cash at the end of each month and the mean net operating outflow of three months.',
          queries: [series('cash', { measures: ['cash_balance', 'burn_rate'], time: 'month', every: 'month' })],
          width: 18,
          decimals: 0,
          min: null,
        }),
      ],
    },
  ],
});

import { dashboard } from '../dashboard.ts';
import { figure } from '../panels/figure.ts';
import { list, month } from '../panels/list.ts';
import { atLeast, atMost } from '../panels/scale.ts';
import { trend } from '../panels/trend.ts';
import { rows, series } from '../cube-query.ts';
import { valuesOf } from '../variables.ts';

const lab: [string, string, string] = ['lab_name', 'equals', '$lab'];

export const operations = dashboard({
  name: 'operations',
  title: 'Operations',
  description:
    'Labs against their contracts, support, the service that customers use, and what the alert rules report.',
  from: 'now-6M/M',
  variables: [valuesOf('lab', 'Lab', 'lab_sla.lab_name', 'Lab partner that analyses the samples.')],
  links: [
    {
      title: 'Alerts inbox',
      url: '/a/fairunderwriting-analytics-app/alerts',
      tooltip: 'Acknowledge what you look after, note what you find',
    },
  ],
  answer: [
    figure({
      title: 'Lab SLA',
      description: 'Of the tests due in the 30 days before the end of the range: on time / all.',
      query: rows('lab_sla', { measures: ['sla_compliance'], time: 'as_of', where: [lab] }),
      scale: atLeast(0.95, 0.9),
    }),
    figure({
      title: 'Tests overdue',
      description: 'Open tests past their due day at the end of the range.',
      query: rows('lab_sla', { measures: ['tests_overdue'], time: 'as_of', where: [lab] }),
    }),
    figure({
      title: 'Penalties owed',
      description: 'What the labs owe for tests due in the range that came late, by their contracts, capped per month.',
      query: rows('lab_penalties', { measures: ['sla_penalty'], time: 'month', where: [lab] }),
    }),
    figure({
      title: 'Alerts open',
      description: 'Alerts raised in the range that nobody has resolved by its end.',
      query: rows('alerts', { measures: ['alerts_open'], time: 'raised_at' }),
      scale: atMost(0, 5),
    }),
  ],
  evidence: [
    {
      heading: 'Labs',
      panels: [
        list({
          title: 'Labs against their contracts',
          description: 'The 30 days before the end of the range; worst first.',
          query: rows('lab_sla', {
            measures: [
              'sla_compliance',
              'sla_target',
              'tests_due',
              'tests_on_time',
              'tests_overdue',
              'tests_in_progress',
            ],
            by: ['lab_name'],
            time: 'as_of',
            where: [lab],
            order: { sla_compliance: 'asc' },
          }),
          height: 6,
          columns: { 'SLA compliance': { colors: { first: 'red', steps: [[0.95, 'green']] } } },
        }),
        trend({
          title: 'Turnaround, median by lab',
          description: 'Median business days from the sample sent to the result, by week of the result.',
          queries: [
            series('lab_tests', {
              measures: ['turnaround_days_p50'],
              by: ['lab_name'],
              time: 'date',
              every: 'week',
              where: [lab],
            }),
          ],
          unit: 'suffix: days',
          decimals: 0,
        }),
        trend({
          title: 'On time by lab',
          description: 'Tests on time / tests due, by week of the due day.',
          queries: [
            series('lab_tests', {
              measures: ['on_time_share'],
              by: ['lab_name'],
              time: 'date',
              every: 'week',
              where: [lab],
            }),
          ],
          max: 1,
        }),
        list({
          title: 'Penalties to invoice',
          description:
            'Late orders x the penalty of the contract, by month of the due date, capped per contract and month.',
          query: rows('lab_penalties', {
            measures: ['late_orders', 'sla_penalty'],
            by: ['lab_name'],
            time: 'month',
            every: 'month',
            where: [lab, ['late_orders', 'gt', '0']],
            order: { month: 'desc' },
          }),
          width: 12,
          columns: { Month: month },
        }),
        list({
          title: 'Samples rejected',
          description: 'Samples rejected / received, by receipt date, in the range.',
          query: rows('lab_tests', {
            measures: ['tests_received', 'tests_rejected', 'sample_rejection_rate'],
            by: ['lab_name'],
            time: 'date',
            where: [lab],
            order: { sample_rejection_rate: 'desc' },
          }),
          width: 12,
        }),
      ],
    },
    {
      heading: 'Support',
      panels: [
        figure({
          title: 'Tickets open',
          description: 'Tickets not resolved at the end of the range.',
          query: rows('support_queue', { measures: ['tickets_open'], time: 'as_of' }),
        }),
        figure({
          title: 'First response',
          description: 'Median hours until the first answer, of tickets opened in the range.',
          query: rows('support', { measures: ['first_response_hours_p50'], time: 'date' }),
          unit: 'suffix: hours',
          decimals: 1,
        }),
        figure({
          title: 'Solved at first contact',
          description: 'Tickets resolved with one message from the customer / tickets resolved in the range.',
          query: rows('support', { measures: ['first_contact_resolution_rate'], time: 'date' }),
        }),
        figure({
          title: 'Satisfaction with support',
          description: 'Mean rating from 1 to 5 of tickets resolved in the range.',
          query: rows('support', { measures: ['csat'], time: 'date' }),
          decimals: 2,
        }),
        list({
          title: 'Open by priority',
          description: 'Tickets open at the end of the range, those without an answer past its target, and the oldest.',
          query: rows('support_queue', {
            measures: ['tickets_open', 'tickets_unanswered', 'responses_overdue', 'tickets_overdue', 'open_days_max'],
            by: ['priority'],
            time: 'as_of',
            order: { tickets_open: 'desc' },
          }),
          width: 12,
        }),
        list({
          title: 'What customers ask for help with',
          description: 'Tickets opened in the range by category, commonest first, with the median days to solve them.',
          query: rows('support', {
            measures: ['tickets_opened', 'resolution_days_p50', 'csat'],
            by: ['category'],
            time: 'date',
            order: { tickets_opened: 'desc' },
          }),
          width: 12,
        }),
      ],
    },
    {
      heading: 'Service',
      panels: [
        figure({
          title: 'Uptime',
          description: 'Share of the expected samples that say up; a missing sample counts as down.',
          query: rows('system_health', { measures: ['uptime'], time: 'sampled_at' }),
          scale: atLeast(0.999, 0.995),
          decimals: 2,
        }),
        figure({
          title: 'Error rate',
          description: 'Answers 5xx / requests in the range.',
          query: rows('system_health', { measures: ['error_rate'], time: 'sampled_at' }),
          scale: atMost(0.005, 0.01),
          decimals: 2,
        }),
        figure({
          title: 'Latency, p95',
          description: '95th percentile of the time to answer, from merged histograms.',
          query: rows('system_health', { measures: ['latency_p95'], time: 'sampled_at' }),
          scale: atMost(500, 1000),
          decimals: 0,
        }),
        figure({
          title: 'Most users at once',
          description: 'Most users active at the same time in the range.',
          query: rows('system_health', { measures: ['peak_concurrent_users'], time: 'sampled_at' }),
        }),
        trend({
          title: 'Latency',
          description: 'Median, 95th and 99th percentile of the time to answer, from merged histograms.',
          queries: [
            series('system_health', {
              measures: ['latency_p50', 'latency_p95', 'latency_p99'],
              time: 'sampled_at',
              every: 'week',
            }),
          ],
          decimals: 0,
        }),
        trend({
          title: 'Errors by component',
          description: 'Answers 5xx / requests.',
          queries: [
            series('system_health', {
              measures: ['error_rate'],
              by: ['component'],
              time: 'sampled_at',
              every: 'week',
            }),
          ],
        }),
      ],
    },
    {
      heading: 'Alerts',
      panels: [
        list({
          title: 'Alerts not resolved',
          description: 'As they stand at the end of the range; the inbox is where they are taken on.',
          query: rows('alerts', {
            measures: ['alerts_raised'],
            by: ['severity', 'title', 'entity', 'status', 'summary'],
            time: 'raised_at',
            where: [['status', 'notEquals', 'resolved']],
          }),
        }),
      ],
    },
  ],
});

import { dashboard } from '../dashboard.ts';
import { figure } from '../panels/figure.ts';
import { day, list, month } from '../panels/list.ts';
import { atMost } from '../panels/scale.ts';
import { trend } from '../panels/trend.ts';
import { rows, series } from '../cube-query.ts';

const newest = { time: 'as_of' } as const;

export const workforce = dashboard({
  name: 'workforce',
  title: 'Workforce capacity',
  description: 'How many genetic counselors are needed over the next 13 weeks, and what that rests on.',
  from: 'now-6M/M',
  answer: [
    figure({
      title: 'Counselors to hire',
      description: 'Full-time equivalents needed less those present, rounded up; 0 when there are enough.',
      query: rows('staffing', { measures: ['counselors_to_hire'], ...newest }),
      scale: atMost(0, 1),
    }),
    figure({
      title: 'Counselors needed',
      description:
        'Fewest full-time equivalents with at most 85% of the capacity used and the median wait of the coming 13 weeks on target in 80% of the paths that demand may take.',
      query: rows('staffing', { measures: ['counselors_needed'], ...newest }),
      decimals: 1,
    }),
    figure({
      title: 'Counselors present',
      description: 'Full-time equivalents employed at the newest forecast.',
      query: rows('staffing', { measures: ['counselors_present'], ...newest }),
      decimals: 1,
    }),
    figure({
      title: 'Waitlist',
      description: 'Open requests without a session at the newest forecast: what the plan starts from.',
      query: rows('staffing', { measures: ['waitlist'], ...newest }),
    }),
    figure({
      title: 'Expected wait, as staffed',
      description: 'Median wait over the coming 13 weeks if nobody is hired.',
      query: rows('staffing', { measures: ['expected_wait_days'], ...newest }),
      unit: 'suffix: days',
      decimals: 0,
    }),
    figure({
      title: 'Target wait',
      description: 'Longest median wait for counselling that is wanted.',
      query: rows('staffing', { measures: ['target_wait_days'], ...newest }),
      unit: 'suffix: days',
      decimals: 0,
    }),
    figure({
      title: 'Requests, next 13 weeks',
      description: 'Expected requests for counselling.',
      query: rows('forecasts', { measures: ['counseling_demand'], ...newest }),
      decimals: 0,
    }),
    figure({
      title: 'Tests, next 13 weeks',
      description: 'Expected test orders.',
      query: rows('forecasts', { measures: ['test_volume'], ...newest }),
      decimals: 0,
    }),
  ],
  evidence: [
    {
      heading: 'Where it stands',
      panels: [
        trend({
          title: 'Wait for a session',
          description:
            'Median days from the request to the session held, by week of the session, and with the requests that are still open (Kaplan-Meier), beside the target.',
          queries: [
            series('counseling', {
              measures: ['counseling_wait_days_p50', 'counseling_wait_days_km_p50', 'counseling_wait_target_days'],
              time: 'date',
              every: 'week',
            }),
          ],
          unit: 'suffix: days',
          decimals: 0,
        }),
        trend({
          title: 'Requests and sessions',
          description: 'Requests by the day they were made, sessions by the day they were held.',
          queries: [
            series('counseling', {
              measures: ['counseling_requests', 'sessions_completed'],
              time: 'date',
              every: 'week',
            }),
          ],
        }),
        trend({
          title: 'Utilisation of all counselors',
          description:
            'Booked minutes / available minutes (availability less time off), by full week. Above 85% waits grow.',
          queries: [
            series('counselor_weeks', {
              measures: ['counselor_utilization'],
              time: 'week',
              every: 'week',
              where: [['is_partial', 'equals', 'false']],
            }),
          ],
        }),
        trend({
          title: 'Satisfaction and length',
          description: 'Mean rating from 1 to 5 of the sessions held, by month.',
          queries: [series('counseling', { measures: ['satisfaction_avg'], time: 'date', every: 'month' })],
          decimals: 1,
          min: 1,
          max: 5,
        }),
        list({
          title: 'Appointments that did not happen',
          description: 'Cancelled / requested, and not come / due, by month.',
          query: rows('counseling', {
            measures: [
              'counseling_requests',
              'sessions_completed',
              'no_shows',
              'no_show_rate',
              'cancellations',
              'cancellation_rate',
              'session_minutes_avg',
              'session_minutes_target',
            ],
            time: 'date',
            every: 'month',
            order: { date: 'desc' },
          }),
          columns: { Date: month },
        }),
      ],
    },
    {
      heading: 'What is coming',
      panels: [
        list({
          title: 'Counselling requests by week',
          description:
            'Expected requests with 80% and 95% prediction intervals; the coverage is the share of earlier intervals that held what came, of so many.',
          query: rows('forecasts', {
            measures: ['forecast', 'low_80', 'high_80', 'low_95', 'high_95', 'coverage_80', 'coverage_n'],
            by: ['period', 'method'],
            ...newest,
            where: [['series', 'equals', 'counseling_requests']],
            order: { period: 'asc' },
          }),
          height: 15,
          width: 14,
          columns: { Period: day },
        }),
        trend({
          title: 'Tests ordered by week',
          description: 'Test orders: what counselling demand follows.',
          queries: [series('lab_tests', { measures: ['tests_ordered'], time: 'date', every: 'week' })],
          width: 10,
          height: 15,
        }),
      ],
    },
    {
      heading: 'Each counselor (operations and clinical)',
      closed: true,
      panels: [
        list({
          title: 'Load of each counselor',
          description: 'Sessions and booked / available minutes in the range; above 90% an alert is raised.',
          query: rows('counselor_weeks', {
            measures: [
              'counselor_utilization',
              'sessions_per_week',
              'max_sessions_per_week',
              'booked_minutes',
              'available_minutes',
            ],
            by: ['counselor'],
            time: 'week',
            where: [['is_partial', 'equals', 'false']],
            order: { counselor_utilization: 'desc' },
          }),
          columns: {
            Utilisation: {
              colors: {
                first: 'green',
                steps: [
                  [0.85, 'orange'],
                  [0.9, 'red'],
                ],
              },
            },
          },
        }),
        list({
          title: 'Next free appointment',
          description: 'First available slot after the end of the range, and requests waiting.',
          query: rows('counseling_queue', {
            measures: ['waitlist', 'days_to_next_slot'],
            by: ['counselor', 'next_available_slot'],
            time: 'as_of',
            order: { next_available_slot: 'asc' },
          }),
        }),
      ],
    },
  ],
});

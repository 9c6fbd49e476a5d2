import { dashboard } from '../dashboard.ts';
import { figure } from '../panels/figure.ts';
import { day, list } from '../panels/list.ts';
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
  ],
});

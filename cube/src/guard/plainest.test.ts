import { expect, test } from '@jest/globals';
import type { Present } from '../present.ts';
import type { Catalogue, Member } from './catalogue.ts';
import { plainest } from './plainest.ts';
import type { PlainQuery } from './query.ts';

const time = (more: Partial<Member>): Member => ({
  kind: 'dimension',
  type: 'time',
  granularities: [],
  isSelector: false,
  isPast: false,
  ...more,
});
const catalogue: Catalogue = new Map([
  [
    'v',
    new Map([
      ['v.as_of', time({ isSelector: true })],
      ['v.date', time({ isPast: true })],
      ['v.month', time({ period: 'month' })],
      ['v.due', time({})],
      ['v.days', time({ type: 'number', isSelector: true, preset: 30 })],
      ['v.kind', time({ type: 'string', isSelector: true, preset: 'sign_up' })],
    ]),
  ],
]);

const noon = Date.parse('2026-04-10T12:00:00Z');
const goesWithTheClock: Present = { timeZone: 'America/New_York' };
const pinned: Present = { timeZone: 'America/New_York', pinned: new Date('2026-04-10T12:00:00Z') };

function range(dimension: string, dateRange: [string, string], more: object = {}, present = goesWithTheClock) {
  const query: PlainQuery = { timezone: 'America/New_York', timeDimensions: [{ dimension, dateRange, ...more }] };
  return plainest(query, catalogue, present, noon).timeDimensions?.map((one) => one.dateRange);
}

test('an as-of that is the present is left out', () => {
  expect(range('v.as_of', ['2025-04-10', '2026-04-10'])).toEqual([]);
  expect(range('v.as_of', ['2025-04-10T00:00:00.000', '2026-04-10T08:00:00.000'])).toEqual([]);
  // Five minutes for clocks that differ and queries that wait.
  expect(range('v.as_of', ['2025-04-10', '2026-04-10T07:55:00.000'])).toEqual([]);
  expect(range('v.as_of', ['2026-04-10', '2026-04-10'], {}, pinned)).toEqual([]);
});

test.each([
  ['ends before the present', ['2025-04-10', '2026-04-10T07:54:59.999'], {}, goesWithTheClock],
  ['ends before a pinned present', ['2025-04-10', '2026-04-10T07:59:59.999'], {}, pinned],
  ['begins after it', ['2026-04-10T08:00:00.001', '2026-05-01'], {}, goesWithTheClock],
  ['is a past day', ['2026-04-09', '2026-04-09'], {}, pinned],
  ['is shown by the day', ['2026-01-01', '2026-04-10'], { granularity: 'day' }, pinned],
] as [string, [string, string], object, Present][])('an as-of stays that %s', (_name, given, more, present) => {
  expect(range('v.as_of', given, more, present)).toEqual([given]);
});

test('nothing is known without reporting settings', () => {
  const query: PlainQuery = { timeDimensions: [{ dimension: 'v.as_of', dateRange: ['2025-04-10', '2026-04-10'] }] };
  expect(plainest(query, catalogue, undefined, noon)).toEqual(query);
});

test('a range that reaches the present ends with the period that it falls into', () => {
  const from = '2025-04-01T00:00:00.000';
  const end = '2026-04-10T08:00:00.000';
  expect(range('v.date', [from, end])).toEqual([[from, '2026-04-10T23:59:59.999']]);
  expect(range('v.date', [from, end], { granularity: 'month' })).toEqual([[from, '2026-04-30T23:59:59.999']]);
  expect(range('v.date', [from, '2026-04-09T12:00:00.000'])).toEqual([[from, '2026-04-09T12:00:00.000']]);
  // What may lie in the future is left alone.
  expect(range('v.due', [from, end])).toEqual([[from, end]]);
});

test('a range of months begins and ends with one, in the zone that they are counted in', () => {
  const given: [string, string] = ['2025-04-02T00:00:00.000', '2025-12-10T08:00:00.000'];
  const whole = ['2025-05-01T00:00:00.000', '2025-12-31T23:59:59.999'];
  expect(range('v.month', given)).toEqual([whole]);
  const query: PlainQuery = { timezone: 'UTC', timeDimensions: [{ dimension: 'v.month', dateRange: given }] };
  expect(plainest(query, catalogue, pinned, noon)).toEqual(query);
  // No month begins in it.
  const none: [string, string] = ['2025-04-02', '2025-04-10'];
  expect(range('v.month', none)).toEqual([none]);
});

test('ranges in words stay', () => {
  const query: PlainQuery = { timeDimensions: [{ dimension: 'v.as_of', dateRange: 'last year' }] };
  expect(plainest(query, catalogue, pinned, noon)).toEqual(query);
});

test('a choice that is made without asking is left out', () => {
  const filters = (member: string, ...values: (string | number)[]) =>
    plainest({ filters: [{ member, operator: 'equals', values }] }, catalogue).filters;
  expect(filters('v.days', '30')).toEqual([]);
  expect(filters('v.days', 30)).toEqual([]);
  expect(filters('v.kind', 'sign_up')).toEqual([]);
  expect(filters('v.days', 7)).toHaveLength(1);
  expect(filters('v.kind', 'first_payment')).toHaveLength(1);
  expect(filters('v.days', 30, 7)).toHaveLength(1);
});

import type { View } from '../../datasource/meta';
import { creditQuestion, monthsBefore } from './question';

const view = {
  name: 'attribution',
  measures: [{ name: 'attribution.spend' }, { name: 'attribution.linear' }],
} as unknown as View;

test('one lookback and one kind of conversion at a time', () => {
  expect(creditQuestion(view, { by: 'campaign', conversion: 'sign_up', lookback: '90', months: '3' })).toEqual({
    view: 'attribution',
    dimensions: ['attribution.channel', 'attribution.campaign'],
    measures: ['attribution.spend', 'attribution.linear'],
    timeDimension: { dimension: 'attribution.date' },
    filters: [
      { member: 'attribution.lookback_days', operator: 'equals', values: ['90'] },
      { member: 'attribution.conversion_kind', operator: 'equals', values: ['sign_up'] },
    ],
  });
});

test('whole calendar months before now, over the turn of a year', () => {
  const now = new Date('2026-02-15T12:00:00Z');
  expect(monthsBefore(now, 3)).toEqual({ from: new Date('2025-11-01T00:00:00Z'), to: now });
  expect(monthsBefore(now, 24).from).toEqual(new Date('2024-02-01T00:00:00Z'));
});

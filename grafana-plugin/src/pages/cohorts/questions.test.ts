import { FieldType, toDataFrame } from '@grafana/data';
import { Answer } from '../shared/answer';
import { cellsQuestion, compareGroups, retentionOf } from './questions';

test('the cells of a group name its view, its measures and its filters', () => {
  expect(cellsQuestion('sign_up', { state: ['OH'] })).toEqual({
    view: 'cohorts_by_sign_up',
    dimensions: ['cohorts_by_sign_up.period', 'cohorts_by_sign_up.is_mature'],
    measures: [
      'cohorts_by_sign_up.cohort_size',
      'cohorts_by_sign_up.active',
      'cohorts_by_sign_up.retention_rate',
      'cohorts_by_sign_up.retention_low',
      'cohorts_by_sign_up.retention_high',
    ],
    timeDimension: { dimension: 'cohorts_by_sign_up.cohort_month', granularity: 'month' },
    filters: [{ member: 'cohorts_by_sign_up.state', operator: 'equals', values: ['OH'] }],
    order: [{ member: 'cohorts_by_sign_up.period', direction: 'asc' }],
  });
  expect(cellsQuestion('paying', {}).measures).toContain('cohorts_paying.revenue_retention');
});

test('rows come by month', () => {
  const frame = toDataFrame({
    fields: [
      { name: 'period', type: FieldType.number, values: [3, 1] },
      { name: 'cohort_size', type: FieldType.number, values: [90, 100] },
      { name: 'paying', type: FieldType.number, values: [45, null] },
    ],
  });
  expect(retentionOf(new Answer(frame), 'paying')).toEqual([
    { month: 1, size: 100, retained: 0 },
    { month: 3, size: 90, retained: 45 },
  ]);
});

describe('two groups', () => {
  // Newcombe (1998), table II, example (a): 56/70 against 48/80 is 0.2 (0.0524 to 0.3339).
  const a = [{ month: 3, size: 70, retained: 56 }];
  const b = [{ month: 3, size: 80, retained: 48 }];

  test('have a difference with its interval when they are independent', () => {
    expect(compareGroups(a, b, true)).toEqual([
      {
        month: 3,
        a: a[0],
        b: b[0],
        difference: {
          difference: expect.closeTo(0.2, 10),
          lower: expect.closeTo(0.0524, 4),
          upper: expect.closeTo(0.3339, 4),
        },
      },
    ]);
  });

  test('have none when they may share customers, or when one is empty', () => {
    expect(compareGroups(a, b, false)).toEqual([{ month: 3, a: a[0], b: b[0] }]);
    expect(compareGroups(a, [{ month: 3, size: 0, retained: 0 }], true)).toEqual([{ month: 3, a: a[0], b: undefined }]);
    expect(compareGroups([], [], true)).toEqual([]);
  });
});

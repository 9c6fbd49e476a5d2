import { emptyQuery, type CubeQuery, type Filter } from './query';
import { interpolate } from './variables';

/** Replaces $name as Grafana's template service does: with a format function, it gets the raw value. */
function variables(values: Record<string, string | string[]>) {
  const pattern = /\$(\w+)/g;
  return {
    containsTemplate: (text?: string) => /\$\w+/.test(text ?? ''),
    replace: (text = '', _scoped?: unknown, format?: unknown) =>
      text.replace(pattern, (whole, name: string) => {
        const value = values[name];
        if (value === undefined) {
          return whole;
        }
        return typeof format === 'function' ? format(value) : Array.isArray(value) ? `{${value.join(',')}}` : value;
      }),
  };
}

function filtersAfter(filters: Filter[], values: Record<string, string | string[]>): Filter[] {
  const query: CubeQuery = { ...emptyQuery, refId: 'A', view: 'labs', filters };
  return interpolate(query, variables(values)).filters;
}

const equals = (...values: string[]): Filter => ({ member: 'labs.name', operator: 'equals', values });

describe('variables in filters', () => {
  test('several values become several values', () => {
    expect(filtersAfter([equals('$lab')], { lab: ['North', 'South, Inc'] })).toEqual([equals('North', 'South, Inc')]);
  });

  test('one value stays one, even with a comma or braces', () => {
    expect(filtersAfter([equals('$lab')], { lab: 'South, {Inc}' })).toEqual([equals('South, {Inc}')]);
    expect(filtersAfter([equals('$lab')], { lab: ['North'] })).toEqual([equals('North')]);
  });

  test('text around a variable is kept for each value', () => {
    expect(filtersAfter([equals('Lab $lab!')], { lab: ['A', 'B'] })).toEqual([equals('Lab A!', 'Lab B!')]);
  });

  test('plain values and variables mix', () => {
    expect(filtersAfter([equals('East', '$lab')], { lab: ['A', 'B'] })).toEqual([equals('East', 'A', 'B')]);
  });

  test('All and an empty choice restrict nothing', () => {
    expect(filtersAfter([equals('$lab')], { lab: '$__all' })).toEqual([]);
    expect(filtersAfter([equals('$lab')], { lab: ['$__all'] })).toEqual([]);
    expect(filtersAfter([equals('$lab')], { lab: [] })).toEqual([]);
    expect(filtersAfter([{ or: [equals('$lab')] }], { lab: '$__all' })).toEqual([]);
  });

  test('groups are followed; conditions without values stay', () => {
    const set: Filter = { member: 'labs.name', operator: 'set' };
    expect(filtersAfter([{ or: [{ and: [equals('$lab')] }, set] }], { lab: ['A', 'B'] })).toEqual([
      { or: [{ and: [equals('A', 'B')] }, set] },
    ]);
  });

  test('a filter without a variable is left alone, empty or not', () => {
    expect(filtersAfter([equals(), equals('$')], {})).toEqual([equals(), equals('$')]);
  });
});

test('variables name members, granularity and time zone', () => {
  const query: CubeQuery = {
    ...emptyQuery,
    refId: 'A',
    view: 'labs',
    measures: ['labs.$measure'],
    dimensions: ['$dimension'],
    timeDimension: { dimension: 'labs.date', granularity: '$grain' },
    timeZone: '$zone',
  };
  const values = { measure: ['tests', 'share'], dimension: 'labs.name', grain: 'week', zone: 'UTC' };
  expect(interpolate(query, variables(values))).toMatchObject({
    measures: ['labs.tests', 'labs.share'],
    dimensions: ['labs.name'],
    timeDimension: { dimension: 'labs.date', granularity: 'week' },
    timeZone: 'UTC',
  });
});

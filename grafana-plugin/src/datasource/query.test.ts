import { emptyQuery, isComplete, isOpen, type CubeQuery } from './query';

const query = (part: Partial<CubeQuery>): CubeQuery => ({ ...emptyQuery, refId: 'A', ...part });

test.each<[string, Partial<CubeQuery>, boolean]>([
  ['nothing', {}, false],
  ['a view only', { view: 'labs' }, false],
  ['a measure', { view: 'labs', measures: ['labs.tests'] }, true],
  ['a dimension', { view: 'labs', dimensions: ['labs.name'] }, true],
  ['a series without granularity', seriesOf(undefined), false],
  ['a series', seriesOf('day'), true],
  ['a series without measure', { ...seriesOf('day'), measures: [] }, false],
])('%s', (_name, part, complete) => {
  expect(isComplete(query(part))).toBe(complete);
});

function seriesOf(granularity: string | undefined): Partial<CubeQuery> {
  return {
    view: 'labs',
    measures: ['labs.tests'],
    timeDimension: { dimension: 'labs.date', ...(granularity && { granularity }) },
    format: 'time_series',
  };
}

test('a condition without its value is open, at any depth', () => {
  const set = { member: 'labs.name', operator: 'set' as const };
  const empty = { member: 'labs.name', operator: 'equals' as const, values: [] };
  expect(isOpen([set])).toBe(false);
  expect(isOpen([{ or: [set, { and: [set] }] }])).toBe(false);
  expect(isOpen([set, { or: [set, { and: [empty] }] }])).toBe(true);
});

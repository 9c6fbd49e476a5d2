import { emptyQuery, type CubeQuery } from './query';
import { fromText, toText } from './queryText';

const query: CubeQuery = {
  ...emptyQuery,
  refId: 'B',
  hide: false,
  datasource: { uid: 'cube' },
  view: 'labs',
  measures: ['labs.tests'],
  timeDimension: { dimension: 'labs.date', granularity: 'month' },
  filters: [{ or: [{ member: 'labs.name', operator: 'equals', values: ['North'] }] }],
  order: [{ member: 'labs.tests', direction: 'desc' }],
  limit: 5,
  compare: 'previous',
  drillDown: ['labs.name'],
};

test('a query goes to text and back unchanged', () => {
  expect(toText(query)).not.toContain('refId');
  expect(fromText(toText(query), query)).toEqual({ query });
});

test('a query of the REST API is taken', () => {
  const rest = '{"measures":["labs.tests"],"timeDimensions":[{"dimension":"labs.date","granularity":"day"}]}';
  expect(fromText(rest, query)).toMatchObject({
    query: { refId: 'B', view: 'labs', format: 'time_series', timeDimension: { granularity: 'day' } },
  });
});

const edited = (part: object) => JSON.stringify({ ...JSON.parse(toText(query)), ...part });

test.each([
  ['{', 'not valid JSON'],
  ['[]', 'is an object'],
  ['{"measures":5}', '"measures" must be a list'],
  ['{"measures":[5]}', '"measures", entry 1: must be text'],
  ['{"timeDimensions":{}}', '"timeDimensions" must be a list'],
  ['null', 'is an object'],
  [edited({ measure: [] }), '"measure" is not known'],
  [edited({ measures: 'labs.tests' }), '"measures" must be a list'],
  [edited({ measures: ['labs.tests', 5] }), '"measures", entry 2: must be text'],
  [edited({ limit: 0 }), '"limit" must be a whole number above 0'],
  [edited({ format: 'graph' }), '"format" must be one of time_series, table'],
  [edited({ filters: [{ operator: 'set' }] }), '"filters", entry 1: lacks "member"'],
  [edited({ filters: [{ and: [{ member: 'a.b', operator: 'regex' }] }] }), '"operator" must be one of equals'],
  [edited({ order: [{ member: 'a.b', direction: 'up' }] }), '"direction" must be one of asc, desc'],
  [edited({ version: 2 }), '"version" must be one of 1'],
  ['{"kind":"view","version":1,"view":"labs"}', 'lacks "measures"'],
])('%s is refused in words', (text, problem) => {
  expect(fromText(text, query)).toEqual({ problem: expect.stringContaining(problem) });
});

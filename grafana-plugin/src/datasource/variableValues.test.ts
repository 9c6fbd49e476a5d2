import { listedValues, readVariableQuery, valuesRequest } from './variableValues';

test('asks the distinct values of a dimension in order', () => {
  const filters = [{ member: 'labs.state', operator: 'equals' as const, values: ['$state'] }];
  const [target] = valuesRequest({ dimension: 'labs.name', filters }).targets;
  expect(target).toMatchObject({
    kind: 'view',
    version: 1,
    view: 'labs',
    dimensions: ['labs.name'],
    filters,
    order: [{ member: 'labs.name', direction: 'asc' }],
    format: 'table',
  });
});

test.each(['labs', 'labs.', 'a.b.c'])('refuses %s', (dimension) => {
  expect(() => valuesRequest({ dimension })).toThrow('view.dimension');
});

test('a variable is text or an object', () => {
  expect(readVariableQuery(' labs.name ')).toEqual({ refId: 'variable', dimension: 'labs.name', filters: [] });
  expect(readVariableQuery({})).toEqual({ refId: 'variable', dimension: '', filters: [] });
  const filters = [{ member: 'labs.open', operator: 'set' as const }];
  expect(readVariableQuery({ dimension: 'labs.name', filters }).filters).toEqual(filters);
});

test('lists values without null', () => {
  const data = [{ length: 4, fields: [{ name: 'name', config: {}, values: ['North', null, '', 7] }] }];
  expect(listedValues({ data })).toEqual([{ text: 'North' }, { text: '7' }]);
  expect(listedValues({ data: [] })).toEqual([]);
});

test('tells what went wrong', () => {
  expect(() => listedValues({ data: [], errors: [{ message: 'Nothing answers' }] })).toThrow('Nothing answers');
});

import { variableRequest, variableValues } from './variableValues';

test('asks the distinct values of a dimension in order', () => {
  const [target] = variableRequest('labs.name').targets;
  expect(target).toMatchObject({
    kind: 'view',
    version: 1,
    view: 'labs',
    dimensions: ['labs.name'],
    order: [{ member: 'labs.name', direction: 'asc' }],
    format: 'table',
  });
});

test.each(['labs', 'labs.', 'a.b.c'])('refuses %s', (text) => {
  expect(() => variableRequest(text)).toThrow('view.dimension');
});

test('lists values without null', () => {
  const data = [{ length: 4, fields: [{ name: 'name', config: {}, values: ['North', null, '', 7] }] }];
  expect(variableValues({ data })).toEqual([{ text: 'North' }, { text: '7' }]);
  expect(variableValues({ data: [] })).toEqual([]);
});

test('tells what went wrong', () => {
  expect(() => variableValues({ data: [], errors: [{ message: 'Nothing answers' }] })).toThrow('Nothing answers');
});

import { actionsOf, safeLink } from './alerts';

test('what can be done follows from the status', () => {
  expect(actionsOf('open')).toEqual(['acknowledge', 'resolve', 'notes']);
  expect(actionsOf('acknowledged')).toEqual(['resolve', 'notes']);
  expect(actionsOf('resolved')).toEqual(['notes']);
});

test.each([
  ['https://runbooks.example.org/lab', true],
  ['/d/executive', true],
  ['javascript:alert(1)', false],
  ['//evil.example.org', false],
  ['/\\evil.example.org', false],
  ['data:text/html,x', false],
  [null, false],
])('the link %s may be followed: %s', (url, may) => {
  expect(safeLink(url)).toBe(may ? url : undefined);
});

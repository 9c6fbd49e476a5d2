import { cutRows, sortRows } from './arrange';
import type { Row } from './rows';

const row = (name: string, spend: number | null): Row => ({
  key: name,
  name,
  sources: [0],
  values: new Map([['spend', spend]]),
  mature: true,
});
const rows = [row('b', 2), row('a', null), row('c', 5), row('d', 2)];
const spend = ({ values }: Row) => values.get('spend');

test('sorts by numbers and text, unknown values last either way', () => {
  const names = (...args: Parameters<typeof sortRows>) => sortRows(...args).map(({ name }) => name);
  expect(names(rows, spend, 'desc')).toEqual(['c', 'b', 'd', 'a']);
  expect(names(rows, spend, 'asc')).toEqual(['b', 'd', 'c', 'a']);
  expect(names(rows, ({ name }) => name, 'desc')).toEqual(['d', 'c', 'b', 'a']);
});

test('adds up what it cuts off', () => {
  const { shown, others } = cutRows(rows, 1);
  expect(shown.map(({ name }) => name)).toEqual(['b']);
  expect([others?.name, others && spend(others)]).toEqual(['3 others', 7]);
  expect(cutRows(rows, 4).others).toBeUndefined();
});

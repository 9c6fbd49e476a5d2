import { flowOf } from './flow';
import { readFrames } from './frames';
import { readJourneys, shorten } from './journeys';
import { placeFlow } from './layout';
import { frameOf } from './testFrames';

function journeysOf(columns: Record<string, unknown[]>, limit = 10) {
  const { journeys } = readFrames([frameOf(columns)], {});
  if (!journeys) {
    throw new Error('no journeys');
  }
  return readJourneys(journeys, limit);
}

const columns = {
  path: ['ads', 'ads > email', 'email > ads', 'ads→email', ' > '],
  journeys: [100, 30, 20, 10, 5],
  conversions: [10, 9, 0, 1, 1],
};

test('reads the commonest paths with their conversion rates', () => {
  const { paths, shown, all, hidden } = journeysOf(columns, 2);
  expect(paths.map(({ steps, journeys, conversions, rate }) => ({ steps, journeys, conversions, rate }))).toEqual([
    { steps: ['ads'], journeys: 100, conversions: 10, rate: 0.1 },
    { steps: ['ads', 'email'], journeys: 40, conversions: 10, rate: 0.25 },
  ]);
  expect([shown, all, hidden]).toEqual([140, 160, 1]);
});

test('has no rate where only conversions are known', () => {
  const { paths } = journeysOf({ path: ['a'], conversions: [3] });
  expect(paths).toMatchObject([{ journeys: null, conversions: 3, rate: null }]);
});

test('leaves out figures that cannot be, and says so', () => {
  const { paths, problem } = journeysOf({ path: ['a', 'b', 'c'], journeys: [1, -2, 5], conversions: [2, 0, 5] });
  expect(paths.map(({ text }) => text)).toEqual(['c']);
  expect(problem).toBe('Left out, with more conversions than journeys or below 0: a; b.');
});

test('shortens long paths in the middle', () => {
  expect(shorten(['a', 'b', 'c', 'd', 'e', 'f'], 4)).toEqual(['a', 'b', '+3 more', 'f']);
  expect(shorten(['a', 'b', 'c', 'd'], 4)).toEqual(['a', 'b', 'c', 'd']);
});

test('makes flows that keep every journey', () => {
  const { nodes, links } = flowOf(journeysOf(columns).paths, 5);
  const node = (id: string) => nodes.find((each) => each.id === id);
  expect(node('0 ads')).toMatchObject({ label: 'ads', journeys: 140, rate: 20 / 140 });
  expect(node('1 email')).toMatchObject({ journeys: 40, rate: 0.25 });
  expect(node('converted')).toMatchObject({ journeys: 20, rate: 1 });
  expect(node('lost')).toMatchObject({ journeys: 140, rate: 0 });
  expect(links.find(({ source, target }) => source === '0 ads' && target === '1 email')).toMatchObject({
    journeys: 40,
    paths: ['ads > email'],
  });
  const into = (id: string) =>
    links.filter(({ target }) => target === id).reduce((sum, { journeys }) => sum + journeys, 0);
  expect(into('converted') + into('lost')).toBe(160);
});

test('has no ends where conversions are unknown', () => {
  const { nodes, links } = flowOf(journeysOf({ path: ['a > b'], journeys: [4] }).paths, 5);
  expect(nodes.map(({ id, rate }) => [id, rate])).toEqual([
    ['0 a', null],
    ['1 b', null],
  ]);
  expect(links).toHaveLength(1);
});

test('places each position in a column of its own, as thick as its journeys', () => {
  const placed = placeFlow(flowOf(journeysOf(columns).paths, 5), 400, 200);
  const x = (id: string) => placed?.nodes.find((node) => node.id === id)?.x;
  expect(x('0 ads')).toBe(1);
  expect(x('0 email')).toBe(1);
  expect(x('1 email')).toBeCloseTo(195, 6);
  expect(x('lost')).toBe(389);
  const height = (id: string) => placed?.nodes.find((node) => node.id === id)?.height ?? 0;
  expect(height('0 ads') / height('1 email')).toBeCloseTo(3.5, 6);
  expect(placed?.nodes.filter(({ last }) => last).map(({ id }) => id)).toEqual(['converted', 'lost']);
  for (const { y, height: tall } of placed?.nodes ?? []) {
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + tall).toBeLessThanOrEqual(200);
  }
});

test('draws nothing without room or without a link', () => {
  const flow = flowOf(journeysOf(columns).paths, 5);
  expect(placeFlow(flow, 100, 200)).toBeUndefined();
  expect(placeFlow(flowOf(journeysOf({ path: ['a'], journeys: [4] }).paths, 5), 400, 200)).toBeUndefined();
});

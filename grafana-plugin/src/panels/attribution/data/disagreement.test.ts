import { disagreement } from './disagreement';
import { slot } from './measures';
import type { Row } from './rows';

const models = ['first_touch', 'last_touch', 'linear'].map((id) => ({ id, title: id }));

function rowOf(credits: Array<number | null>): Row {
  const values = new Map(credits.map((credit, index) => [slot('credit', models[index].id), credit]));
  return { key: 'a', name: 'a', sources: [0], values, mature: null };
}

test('measures how far models are apart', () => {
  const found = disagreement(rowOf([8, 51, 31]), models, 0.25);
  expect(found).toMatchObject({
    lowest: { model: { id: 'first_touch' }, credit: 8 },
    highest: { model: { id: 'last_touch' }, credit: 51 },
    spread: 43,
    marked: true,
  });
  // 43 over a mean of 30.
  expect(found?.relative).toBeCloseTo(1.43333333, 8);
});

test.each([
  [[100, 124, 124], 0.25, false],
  [[100, 130, 130], 0.25, true],
  [[0.1, 0.9, 0.5], 0.25, false],
  [[0, 0, 0], 0.25, false],
])('marks %p from %p on: %p', (credits, threshold, marked) => {
  expect(disagreement(rowOf(credits), models, threshold)?.marked).toBe(marked);
});

test('needs two models', () => {
  expect(disagreement(rowOf([3, null, null]), models, 0.25)).toBeNull();
});

import { expect, test } from '@jest/globals';
import { LocalCacheDriver } from '@cubejs-backend/query-orchestrator';
import { sweep, type CacheEntry } from './sweep.ts';

const answer = (exp: number, size = 1): CacheEntry => ({ value: { rows: 'x'.repeat(size) }, exp });

test('what has expired goes, though nobody asks for it again', () => {
  const store = { old: answer(99), fresh: answer(101), lock: { value: 0.5, exp: 99 } };
  sweep(store, 100, 1_000);
  expect(Object.keys(store)).toEqual(['fresh']);
});

test('the oldest answers go when all of them are too large; locks stay', () => {
  const store = {
    lock: { value: 0.5, exp: 200 },
    first: answer(200, 400),
    second: answer(200, 400),
    third: answer(200, 400),
  };
  sweep(store, 100, 1_000);
  expect(Object.keys(store)).toEqual(['lock', 'second', 'third']);
});

test("Cube's drivers share one store and keep expired entries there, as the sweep expects", async () => {
  const [one, two] = [new LocalCacheDriver(), new LocalCacheDriver()];
  await one.set('key', { rows: [] }, -1);
  const { store } = two as unknown as { store: Record<string, CacheEntry> };
  expect(Object.keys(store)).toContain('key');
  sweep(store, Date.now(), 1_000);
  expect(Object.keys(store)).not.toContain('key');
});

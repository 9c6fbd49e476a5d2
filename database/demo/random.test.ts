import { describe, expect, test } from '@jest/globals';
import { Random, streams } from './random.ts';

const draws = (random: Random, count: number, draw: (random: Random) => number) =>
  Array.from({ length: count }, () => draw(random));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Random', () => {
  test('gives the same numbers for the same key and others for any other', () => {
    const first = (seed: number, stream: (typeof streams)[number], index: number) =>
      draws(Random.fork(seed, stream, index), 4, (random) => random.unit()).join();
    expect(first(42, 'orders', 7)).toBe(first(42, 'orders', 7));
    const keys = new Set<string>();
    for (const stream of streams) for (let i = -50; i < 50; i++) keys.add(first(42, stream, i));
    keys.add(first(43, 'orders', 7));
    expect(keys.size).toBe(streams.length * 100 + 1);
  });

  test('draws from the distributions it names', () => {
    const random = Random.fork(1, 'ledger');
    const units = draws(random, 20_000, (r) => r.unit());
    expect(Math.min(...units)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...units)).toBeLessThan(1);
    expect(mean(units)).toBeCloseTo(0.5, 1);
    expect(mean(draws(random, 20_000, (r) => r.normal(3, 2)))).toBeCloseTo(3, 1);
    expect(mean(draws(random, 20_000, (r) => r.exponential(2)))).toBeCloseTo(2, 1);
    expect(mean(draws(random, 20_000, (r) => r.poisson(1.7)))).toBeCloseTo(1.7, 1);
    expect(mean(draws(random, 20_000, (r) => r.poisson(80)))).toBeCloseTo(80, 0);
    const positions = draws(random, 20_000, (r) => r.weighted([1, 0, 3]));
    expect(positions).not.toContain(1);
    expect(mean(positions)).toBeCloseTo(1.5, 1);
    expect(new Set(draws(random, 500, (r) => r.int(2, 4)))).toEqual(new Set([2, 3, 4]));
  });

  test('makes version 7 identifiers that sort by time', () => {
    const random = Random.fork(1, 'ledger');
    const ids = [1_600_000_000_000, 1_700_000_000_000, 1_700_000_000_001].map((time) => String(random.uuid(time)));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(ids[1]?.slice(0, 13)).toBe('018bcfe5-6800');
  });
});

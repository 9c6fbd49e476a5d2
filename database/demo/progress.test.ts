import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { ProgressTeller } from './progress.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('tells at once, and then every three seconds what the load is at, until it ends', () => {
  const lines: string[] = [];
  const progress = new ProgressTeller(4000, (line) => lines.push(line));
  const bytes = new Uint8Array();
  progress.loaded({ table: 'customers', rows: 1500, customers: 1000, bytes });
  jest.advanceTimersByTime(3000);
  progress.loaded({ table: 'claims', rows: 10, customers: 3000, bytes });
  progress.at('index 1 of 2: claims_pkey');
  jest.advanceTimersByTime(6000);
  progress.stop();
  jest.advanceTimersByTime(60_000);
  expect(lines).toEqual([
    '   0 s  preparing',
    '   3 s  1000 of 4000 customers (25%), 1,500 rows',
    '   6 s  index 1 of 2: claims_pkey',
    '   9 s  index 1 of 2: claims_pkey',
  ]);
});

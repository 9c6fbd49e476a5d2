import { describe, expect, test } from '@jest/globals';
import { readArguments } from './cli.ts';
import { checkSize, yesterday } from './size.ts';

describe('arguments', () => {
  test('are read, with defaults for those left out', () => {
    expect(readArguments(['--customers', '10', '--seed', '0', '--end', '2026-02-28', '--replace'])).toEqual({
      size: { customers: 10, months: 24, seed: 0, end: '2026-02-28' },
      replace: true,
    });
    expect(readArguments([])).toEqual({
      size: { customers: 5000, months: 24, seed: 42, end: yesterday() },
      replace: false,
    });
    expect(readArguments(['--help'])).toBeNull();
  });

  test.each([
    [['--customers', '0'], '--customers must be a whole number from 1 to 10000000, not 0.'],
    [['--customers', '1.5'], '--customers must be a whole number, not "1.5".'],
    [['--months', 'two'], '--months must be a whole number, not "two".'],
    [['--months', '97'], '--months must be a whole number from 1 to 96, not 97.'],
    [['--seed', '99999999999'], '--seed must be a whole number from 0'],
    [['--end', '2026-02-30'], '--end must be a day as YYYY-MM-DD, not "2026-02-30".'],
    [['--end', '1999-12-31'], '--end must lie in 2000 to 2090, not 1999-12-31.'],
    [['--end', 'yesterday'], '--end must be a day as YYYY-MM-DD, not "yesterday".'],
    [['--size', '3'], "Unknown option '--size'"],
    [['5000'], 'npm run demo --'],
  ])('%j is refused with its reason', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  test('yesterday is the last complete day in UTC', () => {
    expect(yesterday(Date.parse('2026-03-01T00:00:00Z'))).toBe('2026-02-28');
    expect(() => checkSize({ customers: Number.NaN })).toThrow(RangeError);
  });
});

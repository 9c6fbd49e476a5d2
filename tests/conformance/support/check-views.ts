import { describe, expect, test } from '@jest/globals';
import { oracles } from '../oracle/all.ts';
import type { Setting } from './compare.ts';
import { differences } from './compare.ts';
import { inWords, slicesOf } from './slices.ts';

/**
 * Compares every measure of every view with its oracle.
 * @param asOfs as-of dates; undefined is the newest instant, the second one lies in the past
 * @param views the views to compare; all when left out
 */
export function checkViews(
  setting: () => Setting,
  asOfs: readonly (string | undefined)[],
  range: [string, string],
  views?: readonly string[],
): void {
  describe.each(oracles.filter((oracle) => views?.includes(oracle.view) ?? true))('$view', (oracle) => {
    const slices = slicesOf(oracle, asOfs, range).map((slice) => ({ slice, words: inWords(slice) }));

    test.each(slices)('$words', async ({ slice }) => {
      expect(await differences(setting(), oracle, slice)).toEqual([]);
    });

    test('its rows are not empty', () => {
      const rows = slices.flatMap(({ slice }) => oracle.answer(setting().data, slice));
      expect(
        rows
          .flatMap((row) => Object.values(row.values))
          .some((value) => typeof value !== 'string' && Number(value) !== 0),
      ).toBe(true);
    });
  });
}

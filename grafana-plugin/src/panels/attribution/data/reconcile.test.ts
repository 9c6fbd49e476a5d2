import { readAttribution } from './attribution';
import { discrepancy, impossible, reconcile } from './reconcile';
import { frameOf } from './testFrames';

function channelsOf(columns: Record<string, unknown[]>, conversions?: number) {
  const totals = conversions === undefined ? [] : [frameOf({ conversions: [conversions] })];
  const attribution = readAttribution([frameOf(columns), ...totals], {});
  if (typeof attribution === 'string' || !attribution.channels) {
    throw new Error('no channels');
  }
  return attribution.channels;
}

const third = 0.333333333333;

test('accepts credits that add up to the conversions', () => {
  const channels = channelsOf(
    { channel: ['a', 'b', 'c'], first_touch: [1, 0, 0], linear: [third, third, 0.333333333334] },
    1
  );
  expect(reconcile(channels).map(({ sum, expected, agrees }) => [sum, expected, agrees])).toEqual([
    [1, 1, true],
    [1, 1, true],
  ]);
});

test('puts rounding of the rows down to rounding, and no more', () => {
  const rounded = (credit: number) =>
    reconcile(channelsOf({ channel: ['a', 'b', 'c'], linear: [33.33, 33.33, credit] }, 100))[0].agrees;
  // Three rows of two decimals may be 0.015 off.
  expect(rounded(33.33)).toBe(true);
  expect(rounded(33.31)).toBe(false);
});

test('compares models with each other where the conversions are unknown', () => {
  const found = reconcile(channelsOf({ channel: ['a', 'b'], first_touch: [5, 7], linear: [6, 5] }));
  expect(found.map(({ sum, expected, agrees }) => [sum, expected, agrees])).toEqual([
    [12, 12, true],
    [11, 12, false],
  ]);
  expect(discrepancy(found, String)).toMatch(/^Credits do not add up to 12 conversions: Linear 11\. Rows are missing/);
});

test('says nothing where all agree', () => {
  expect(discrepancy(reconcile(channelsOf({ channel: ['a'], linear: [2] })), String)).toBeUndefined();
});

test('names credits below 0', () => {
  const channels = channelsOf({ channel: ['a', 'b', 'c'], linear: [-1, 2, -3], first_touch: [-1, 0, -1] });
  expect(impossible(channels)).toContain('a (First touch), a (Linear), c (First touch) and 1 more.');
  expect(impossible(channelsOf({ channel: ['a'], linear: [0] }))).toBeUndefined();
});

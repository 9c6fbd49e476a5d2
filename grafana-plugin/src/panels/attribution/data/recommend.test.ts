import { readAttribution } from './attribution';
import { recommend, type Show } from './recommend';
import { frameOf } from './testFrames';
import { wilsonUpper } from './wilson';

const show: Show = (measure, value) => `${measure} ${Math.round(value * 10_000) / 10_000}`;

interface Given {
  linear?: number;
  spend?: number | null;
  value?: number;
  lower?: number | null;
  upper?: number | null;
  mature?: boolean | null;
  clicks?: number | null;
  rate?: number | null;
}

/** Recommendations for rows named a, b, c ... */
function recommendFor(...rows: Given[]) {
  const column = <T>(pick: (row: Given) => T) => rows.map(pick);
  const attribution = readAttribution(
    [
      frameOf({
        channel: rows.map((_, index) => 'abcdef'[index]),
        linear: column(({ linear = 50 }) => linear),
        spend: column(({ spend = 1000 }) => spend),
        value: column(({ value = 3000 }) => value),
        roi_lower: column(({ lower = 1.2 }) => lower),
        roi_upper: column(({ upper = 2.8 }) => upper),
        mature: column(({ mature = true }) => mature),
        clicks: column(({ clicks = 100 }) => clicks),
        conversion_rate: column(({ rate = 0.05 }) => rate),
      }),
    ],
    {}
  );
  if (typeof attribution === 'string' || !attribution.channels) {
    throw new Error('no channels');
  }
  const { recommendations, undecided } = recommend(attribution.channels, 'linear', show);
  return {
    actions: recommendations.map(({ row, action }) => `${row.name} ${action}`),
    reasons: undecided.map(({ row, reason }) => `${row.name}: ${reason}`),
    recommendations,
  };
}

test.each([
  [-0.9, -0.01, 'pause'],
  [0, 0.99, 'decrease'],
  [1, 3, 'hold'],
  [3.01, 9, 'increase'],
])('an ROI surely from %p to %p calls for %p', (lower, upper, action) => {
  expect(recommendFor({ lower, upper }).actions).toEqual([`a ${action}`]);
});

test.each([
  [-0.1, 0.5],
  [0.5, 1],
  [0.99, 2],
  [2, 3.01],
  [3, 4],
])('an interval from %p to %p lies in no single band', (lower, upper) => {
  const { actions, reasons } = recommendFor({ lower, upper });
  expect(actions).toEqual([]);
  expect(reasons[0]).toContain('more than one band');
});

test('gives evidence and expected impact', () => {
  const [{ evidence, impact }] = recommendFor({ lower: 3.5, upper: 4.5, value: 5000 }).recommendations;
  expect(evidence).toBe('ROI roi 4 (95% interval roi 3.5 to roi 4.5) on spend 1000 and credit 50 conversions.');
  expect(impact).toContain('20% more spend (spend 200, about credit 10 conversions)');
});

test('does not judge without an interval, a value, or while immature', () => {
  expect(recommendFor({ lower: null }).reasons).toEqual(['a: the ROI comes without a 95% interval']);
  expect(recommendFor({ mature: false }).reasons[0]).toContain('immature');
  expect(recommendFor({ mature: null }).reasons[0]).toContain('immature');
});

test('needs 20 conversions, or the spend that buys them elsewhere', () => {
  // a and b together cost 1,010 / 51 each; 20 of them are 396.08.
  expect(recommendFor({ linear: 50, spend: 1000 }, { linear: 1, spend: 10 }).reasons).toEqual([
    'b: credit 1 conversions; 20 or spend 396.0784 of spend are needed',
  ]);
  expect(recommendFor({ linear: 19, spend: 100 }).actions).toEqual([]);
  expect(recommendFor({ linear: 20, spend: 100 }).actions).toEqual(['a hold']);
});

test('pauses what cost as much as 20 conversions and brought none', () => {
  const { actions, recommendations } = recommendFor(
    { linear: 100, spend: 1000 },
    { linear: 0, spend: 900, lower: null }
  );
  // 1,900 / 100 x 20 = 380.
  expect(actions).toEqual(['a hold', 'b pause']);
  expect(recommendations[1].impact).toBe('Saves spend 900 in a period like this.');
});

test('says nothing of channels without spend', () => {
  expect(recommendFor({ spend: null }, { spend: 0 })).toMatchObject({ actions: [], reasons: [] });
});

test('asks for a new creative where surely fewer than 1% of 1,000 clicks converted', () => {
  expect(recommendFor({ clicks: 5000, rate: 0.005 }).actions).toContain('a new_creative');
  expect(recommendFor({ clicks: 999, rate: 0 }).actions).not.toContain('a new_creative');
  // 8 of 1,000 may well be 1%.
  expect(recommendFor({ clicks: 1000, rate: 0.008 }).actions).not.toContain('a new_creative');
  expect(recommendFor({ clicks: null, rate: 0.001 }).actions).not.toContain('a new_creative');
  const creative = recommendFor({ clicks: 5000, rate: 0.005 }).recommendations.find(
    ({ action }) => action === 'new_creative'
  );
  expect(creative?.impact).toContain('credit 25 more conversions');
});

test("has Wilson's upper bound", () => {
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  expect(wilsonUpper(81, 263)).toBeCloseTo(0.3662, 4);
  expect(wilsonUpper(15, 148)).toBeCloseTo(0.1605, 4);
  expect(wilsonUpper(0, 20)).toBeCloseTo(0.1611, 4);
  expect(wilsonUpper(1, 29)).toBeCloseTo(0.1718, 4);
});

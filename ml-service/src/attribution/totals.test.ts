import { describe, expect, test } from '@jest/globals';
import { Random } from '../random.ts';
import { creditsOf, models } from './credits.ts';
import { creditTotals, type Conversion } from './totals.ts';

const conversion = (channels: string[], revenue: number, part: Partial<Conversion> = {}): Conversion => ({
  channels,
  campaigns: channels.map(() => null),
  daysBefore: channels.map((_, i) => channels.length - i),
  revenue,
  effects: new Map(),
  clicksKnown: new Set(),
  ...part,
});

describe('credits', () => {
  test('of each model, by hand', () => {
    const touched = { channels: ['a', 'b', 'a', 'c'], daysBefore: [21, 14, 7, 0] };
    const credits = creditsOf(touched, new Map(Object.entries({ a: 0.6, b: 0.3, d: 0.9 })));
    expect(credits.first_touch).toEqual([1, 0, 0, 0]);
    expect(credits.last_touch).toEqual([0, 0, 0, 1]);
    expect(credits.linear).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(credits.time_decay).toEqual([1 / 15, 2 / 15, 4 / 15, 8 / 15]);
    expect(credits.position_based).toEqual([0.4, 0.1, 0.1, 0.4]);
    expect(credits.shapley).toEqual([1 / 6, 1 / 3, 1 / 6, 1 / 3]);
    const markov = [1 / 3, 1 / 3, 1 / 3, 0];
    for (const [i, credit] of credits.markov.entries()) expect(credit).toBeCloseTo(markov[i], 14);
  });

  test('sum to 1 in every model, whatever the touches', () => {
    const random = Random.stream(5);
    for (let round = 0; round < 200; round++) {
      const n = 1 + random.below(9);
      const touched = {
        channels: Array.from({ length: n }, () => 'abcd'[random.below(4)]),
        daysBefore: Array.from({ length: n }, () => 90 * random.uniform()),
      };
      const effects = new Map(['a', 'b', 'c'].map((channel) => [channel, random.below(2) * random.uniform()]));
      const credits = creditsOf(touched, effects);
      for (const model of models) expect(credits[model].reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(1, 12);
    }
  });
});

describe('totals', () => {
  test('of a channel hold those of its campaigns; a customer counts once', () => {
    const known = { clicksKnown: new Set(['a']) };
    const totals = creditTotals(
      [
        conversion(['a', 'a'], 100, { campaigns: ['x', 'y'], ...known }),
        conversion(['a', 'b'], 30, { campaigns: ['x', null] }),
        conversion([], 7),
      ],
      1,
    );
    const linear = totals.filter(({ model }) => model === 'linear');
    expect(
      linear.map(({ channel, campaign, conversions, revenue, knownConverted }) => [
        channel,
        campaign,
        conversions,
        revenue,
        knownConverted,
      ]),
    ).toEqual([
      ['a', null, 1.5, 115, 1],
      ['a', 'x', 1, 65, 1],
      ['a', 'y', 0.5, 50, 1],
      ['b', null, 0.5, 15, 0],
    ]);
  });

  test('come with intervals as wide as theory has them, the same from the same seed', () => {
    const random = Random.stream(9);
    const conversions = Array.from({ length: 600 }, () =>
      conversion(random.uniform() < 0.4 ? ['a'] : ['b'], 50 + 400 * random.uniform()),
    );
    const of = (seed: number) =>
      creditTotals(conversions, seed).find((total) => total.channel === 'a' && total.model === 'linear');
    const total = of(1);
    const worth = conversions.map((one) => (one.channels[0] === 'a' ? one.revenue : 0));
    const mean = worth.reduce((sum, value) => sum + value, 0) / worth.length;
    const deviation = Math.sqrt(worth.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    expect((total?.revenueHigh ?? 0) - (total?.revenueLow ?? 0)).toBeGreaterThan(2 * 1.96 * deviation * 0.9);
    expect((total?.revenueHigh ?? 0) - (total?.revenueLow ?? 0)).toBeLessThan(2 * 1.96 * deviation * 1.1);
    expect(of(1)).toEqual(total);
    expect(of(2)).not.toEqual(total);
  });

  test('cover the truth about as often as they say', () => {
    let held = 0;
    for (let round = 0; round < 200; round++) {
      const random = Random.stream(100 + round);
      const conversions = Array.from({ length: 150 }, () =>
        conversion(random.uniform() < 0.5 ? ['a'] : ['b'], -100 * Math.log(1 - random.uniform())),
      );
      const total = creditTotals(conversions, round).find(
        ({ channel, model }) => channel === 'a' && model === 'shapley',
      );
      if (total && total.revenueLow <= 7500 && total.revenueHigh >= 7500) held += 1;
    }
    expect(held / 200).toBeGreaterThan(0.89);
    expect(held / 200).toBeLessThan(0.99);
  });
});

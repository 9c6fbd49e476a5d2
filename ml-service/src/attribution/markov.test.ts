import { describe, expect, test } from '@jest/globals';
import { Random } from '../random.ts';
import { removalEffects, type Path } from './markov.ts';

const path = (text: string, journeys: number, converts: boolean): Path => ({
  channels: text.split(' '),
  journeys,
  converts,
});

describe('removal effects', () => {
  test('of a chain that can be worked out by hand', () => {
    // From the start 5 of 8 go to a, 3 to b; a converts 3 times and goes to b twice in 6 visits; b converts twice and goes to
    // a once in 5. So conversion from b is 2/5 + 1/5 x (1/2 + 1/3 b): b = 15/28, from a 19/28, in all 35/56 = 5/8.
    const effects = removalEffects([
      path('a', 2, true),
      path('a', 1, false),
      path('a b', 1, true),
      path('a b', 1, false),
      path('b', 1, true),
      path('b', 1, false),
      path('b a', 1, true),
    ]);
    // Without a: 3/8 x 2/5 = 3/20 remain of 5/8. Without b: 5/8 x 1/2 = 5/16.
    expect(effects.get('a')).toBeCloseTo(1 - 3 / 20 / (5 / 8), 14);
    expect(effects.get('b')).toBeCloseTo(1 / 2, 14);
  });

  test('are those of the chain without the channel, on chains at random', () => {
    const random = Random.stream(11);
    for (let round = 0; round < 50; round++) {
      const channels = ['a', 'b', 'c', 'd', 'e'].slice(0, 2 + random.below(4));
      const paths = Array.from({ length: 12 }, (): Path => {
        const steps = Array.from({ length: 1 + random.below(5) }, () => channels[random.below(channels.length)]);
        return {
          channels: steps.filter((step, i) => step !== steps[i - 1]),
          journeys: 1 + random.below(9),
          converts: random.uniform() < 0.5,
        };
      });
      const whole = converting(paths, null);
      for (const [channel, effect] of removalEffects(paths)) {
        expect(effect).toBeCloseTo(whole === 0 ? 0 : 1 - converting(paths, channel) / whole, 10);
      }
    }
  });

  test('are 0 for all where nothing converts, and for a channel that leads to no conversion', () => {
    expect([...removalEffects([path('a b', 3, false), path('b', 1, false)])]).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    expect([...removalEffects([path('a', 1, true), path('a b', 2, false)])]).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
    expect(removalEffects([]).size).toBe(0);
  });
});

/** The probability to convert when steps into a channel lead nowhere, by walking. */
function converting(paths: readonly Path[], removed: string | null): number {
  const ways = new Map<string, Map<string, number>>();
  for (const { channels, journeys, converts } of paths) {
    const states = ['start', ...channels, converts ? 'converted' : 'lost'];
    for (const [i, from] of states.slice(0, -1).entries()) {
      const to = ways.get(from) ?? new Map<string, number>();
      ways.set(from, to.set(states[i + 1], (to.get(states[i + 1]) ?? 0) + journeys));
    }
  }
  let arrived = 0;
  let walking = new Map([['start', 1]]);
  for (let step = 0; step < 2000; step++) {
    const next = new Map<string, number>();
    for (const [from, share] of walking) {
      const all = [...(ways.get(from)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
      for (const [to, count] of ways.get(from) ?? []) {
        if (to === removed || to === 'lost') continue;
        if (to === 'converted') arrived += (share * count) / all;
        else next.set(to, (next.get(to) ?? 0) + (share * count) / all);
      }
    }
    walking = next;
  }
  return arrived;
}

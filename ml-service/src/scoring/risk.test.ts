import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { riskLevelOf, riskLevels } from './risk.ts';

test.each([
  [0, 'low'],
  [0.19999, 'low'],
  [0.2, 'medium'],
  [0.49999, 'medium'],
  [0.5, 'high'],
  [0.79999, 'high'],
  [0.8, 'critical'],
  [1, 'critical'],
])('%p is %s', (probability, level) => {
  expect(riskLevelOf(probability)).toBe(level);
});

test('a higher probability is never of a lower level', () => {
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  const rank = (p: number) => riskLevels.indexOf(riskLevelOf(p));
  fc.assert(
    fc.property(probability, probability, (a, b) => rank(Math.min(a, b)) <= rank(Math.max(a, b))),
    { seed: 1 },
  );
});

import { describe, expect, test } from '@jest/globals';
import { Random } from '../random.ts';
import { cellsOf } from './cohorts.ts';
import { retained } from './resample.ts';
import type { Subscriber } from './subscriber.ts';

const subscriber = (cents: number[], part: Partial<Subscriber> = {}): Subscriber => ({
  cohortMonth: '2026-01',
  cents,
  genotype: 'MZ',
  payerType: 'self_pay',
  state: 'CA',
  channel: null,
  ...part,
});
const repeat = (times: number, cents: number[], part: Partial<Subscriber> = {}) =>
  Array.from({ length: times }, () => subscriber(cents, part));

/** The least number of successes that at least this share of binomial draws does not exceed. */
function binomialQuantile(trials: number, chance: number, share: number): number {
  let probability = (1 - chance) ** trials;
  let below = probability;
  let k = 0;
  while (below < share) {
    probability *= ((trials - k) / (k + 1)) * (chance / (1 - chance));
    below += probability;
    k += 1;
  }
  return k;
}

describe('what a cohort retains', () => {
  test('is what its customers pay / what they paid in month 0, by those of whom the month is over', () => {
    const cells = retained([...repeat(30, [1000, 1500]), ...repeat(10, [3000])], Random.stream(1));
    expect(cells).toMatchObject([
      { customers: 40, firstCents: 60_000, cents: 60_000, interval: { low: 1, high: 1 } },
      { customers: 30, firstCents: 30_000, cents: 45_000, interval: { low: 1.5, high: 1.5 } },
    ]);
  });

  test('has no interval under 30 customers', () => {
    const cells = retained([...repeat(29, [1000, 0]), ...repeat(1, [1000])], Random.stream(1));
    expect(cells.map(({ interval }) => interval)).toEqual([{ low: 1, high: 1 }, null]);
  });

  test('has the quantiles of a binomial where customers pay alike, or nothing any more', () => {
    const [, cell] = retained([...repeat(70, [1000, 1000]), ...repeat(30, [1000, 0])], Random.stream(1));
    expect(Math.abs(100 * (cell.interval?.low ?? NaN) - binomialQuantile(100, 0.7, 0.025))).toBeLessThanOrEqual(1);
    expect(Math.abs(100 * (cell.interval?.high ?? NaN) - binomialQuantile(100, 0.7, 0.975))).toBeLessThanOrEqual(1);
  });

  test('its intervals hold the truth about as often as they say', () => {
    const random = Random.stream(11);
    const cohorts = 250;
    let held = 0;
    for (let i = 0; i < cohorts; i++) {
      const own = Array.from({ length: 100 }, () => {
        const before = Math.round(1500 * Math.exp(0.5 * random.normal()));
        // 70% stay, and pay a tenth more.
        return subscriber([before, random.uniform() < 0.7 ? Math.round(before * 1.1) : 0]);
      });
      const [, { interval }] = retained(own, Random.stream(12, i));
      if (interval && interval.low <= 0.77 && interval.high >= 0.77) held += 1;
    }
    expect(held / cohorts).toBeGreaterThan(0.92);
    expect(held / cohorts).toBeLessThan(0.98);
  });
});

describe('cohorts', () => {
  const varied = (size: number, part: Partial<Subscriber>) =>
    Array.from({ length: size }, (_, i) => subscriber([1000 + 10 * i, i % 3 === 0 ? 0 : 1100], part));
  const january = varied(40, { cohortMonth: '2026-01' });
  const cells = cellsOf([...january, ...varied(35, { cohortMonth: '2026-02', genotype: null })]);
  const cellOf = (split: string, cohort: string, cohortMonth: string | null, period: number) =>
    cells.find(
      (cell) =>
        cell.split === split && cell.cohort === cohort && cell.cohortMonth === cohortMonth && cell.period === period,
    );

  test('are of each split, by first month and of all together', () => {
    expect(cellOf('all', 'all', null, 1)?.customers).toBe(75);
    expect(cellOf('all', 'all', '2026-02', 1)?.customers).toBe(35);
    expect(cellOf('genotype', 'unknown', null, 1)?.customers).toBe(35);
    expect(cellOf('insurance', 'self_pay', '2026-01', 0)?.customers).toBe(40);
    expect(cellOf('channel', 'unknown', null, 0)?.customers).toBe(75);
  });

  test('have the same interval on every run, whatever other cohorts there are', () => {
    const again = cellsOf(january);
    const alone = again.find(
      ({ split, cohortMonth, period }) => split === 'all' && cohortMonth === '2026-01' && period === 1,
    );
    expect(alone?.interval).toEqual(cellOf('all', 'all', '2026-01', 1)?.interval);
    expect(alone?.interval?.low).toBeLessThan(alone?.interval?.high ?? NaN);
  });
});

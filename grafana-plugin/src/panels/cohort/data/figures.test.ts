import { createDataFrame } from '@grafana/data';
import { modelOf, type Standing } from '../testSupport';
import { averages } from './averages';
import { compareWithBenchmark } from './benchmark';
import { findInsights } from './insights';
import { intervalOf } from './intervals';
import { readCohorts } from './readCohorts';
import { sortedOrder } from './sort';

/** Four cohorts with what is left of them after one period. */
const four: Standing[] = [
  { cohort: 'A', size: 150, retained: [150, 90] },
  { cohort: 'B', size: 160, retained: [160, 60] },
  { cohort: 'C', size: 200, retained: [200, 100] },
  { cohort: 'D', size: 40, retained: [40, 12] },
];

describe('average', () => {
  test('is the sum retained / the sum of sizes over mature cells', () => {
    const model = modelOf([
      { cohort: 'old', size: 100, retained: [100, 80, 30] },
      { cohort: 'young', size: 300, retained: [300, 150, 300], unfinished: 1 },
    ]);
    const [, first, second] = averages(model);
    expect(first).toEqual({ share: 230 / 400, kept: 230, weight: 400, cohorts: 2 });
    // The unfinished 300 of 300 stays out.
    expect(second).toEqual({ share: 0.3, kept: 30, weight: 100, cohorts: 1 });
  });

  test('is null where nothing is mature, and of sizes too large to add up', () => {
    expect(averages(modelOf([{ cohort: 'new', size: 5, retained: [5], unfinished: 1 }]))[0]?.share).toBeNull();
    const huge = { size: 1.5e308, retained: [1.5e308] };
    expect(
      averages(
        modelOf([
          { cohort: 'A', ...huge },
          { cohort: 'B', ...huge },
        ])
      )[0]?.share
    ).toBeNull();
  });

  test('of money weighs by the money of the first period', () => {
    const frame = createDataFrame({
      fields: [
        { name: 'cohort', values: ['A', 'A', 'B', 'B'] },
        { name: 'period', values: [0, 1, 0, 1] },
        { name: 'amount', values: [1000, 1200, 500, 100] },
      ],
    });
    expect(averages(readCohorts([frame], { measure: 'revenue' }, 'utc'))[1]?.share).toBeCloseTo(1300 / 1500, 12);
  });
});

describe('benchmark', () => {
  // Expected values: statsmodels 0.14 (Newcombe's method 10 at 95%; its level by root finding; fdr_bh).
  const expected = [
    {
      difference: 0.17,
      lower: 0.07625142284991229,
      upper: 0.2588063188472963,
      q: 0.001470350134404914,
      verdict: 'above',
    },
    {
      difference: -0.142948717948718,
      lower: -0.22952597884081063,
      upper: -0.051297815735482505,
      q: 0.004554624071927208,
      verdict: 'below',
    },
    {
      difference: 0.037142857142857144,
      lower: -0.049186106137026245,
      upper: 0.12298509115022997,
      q: 0.4013988294176687,
      verdict: 'not significant',
    },
    {
      difference: -0.19019607843137254,
      lower: -0.3170643177474102,
      upper: -0.02997593449748251,
      q: 0.027183907528950082,
      verdict: 'below',
    },
  ];

  test('compares each cohort with all others, and adjusts over the cohorts shown', () => {
    const { tested, differences, index } = compareWithBenchmark(modelOf(four), 1);
    expect(index).toBe(1);
    expected.forEach(({ difference, lower, upper, q, verdict }, cohort) => {
      expect(differences[cohort]?.[1]).toBeCloseTo(difference, 12);
      expect(tested[cohort]?.lower).toBeCloseTo(lower, 10);
      expect(tested[cohort]?.upper).toBeCloseTo(upper, 10);
      expect(tested[cohort]?.q).toBeCloseTo(q, 7);
      expect(tested[cohort]?.verdict).toBe(verdict);
    });
  });

  test('claims nothing about unfinished cells, one cohort or a period that is not there', () => {
    const unfinished = four.map((each) => ({ ...each, unfinished: 1 }));
    expect(compareWithBenchmark(modelOf(unfinished), 1)).toMatchObject({
      tested: [null, null, null, null],
      differences: [
        [0, null],
        [0, null],
        [0, null],
        [0, null],
      ],
    });
    expect(compareWithBenchmark(modelOf(four.slice(0, 1)), 1)).toEqual({
      differences: [[null, null]],
      tested: [null],
      index: 1,
    });
    expect(compareWithBenchmark(modelOf(four), 7)).toMatchObject({ index: -1, tested: [null, null, null, null] });
  });

  const given = (extra: Record<string, number[]>) =>
    readCohorts(
      [
        createDataFrame({
          fields: [
            { name: 'cohort', values: ['A', 'B'] },
            { name: 'period', values: [1, 1] },
            { name: 'size', values: [70, 100] },
            { name: 'retained', values: [56, 50] },
            ...Object.entries(extra).map(([name, values]) => ({ name, values })),
          ],
        }),
      ],
      { measure: 'percent' },
      'utc'
    );

  test('takes a given benchmark with its size', () => {
    const { tested } = compareWithBenchmark(given({ benchmark: [0.6, 0.5], benchmark_size: [80, 1000] }), 1);
    // Newcombe's own example: 56/70 against 48/80.
    expect(tested[0]?.lower).toBeCloseTo(0.052431472402, 10);
    expect(tested[0]?.upper).toBeCloseTo(0.333872654037, 10);
    expect(tested[1]).toMatchObject({ difference: 0, q: 1, verdict: 'not significant' });
  });

  test('takes a given benchmark with bounds only, which serves money too', () => {
    const bounds = {
      lower: [0.75, 0.4],
      upper: [0.85, 0.6],
      benchmark: [0.7, 0.5],
      benchmark_lower: [0.65, 0.45],
      benchmark_upper: [0.75, 0.55],
    };
    const { tested } = compareWithBenchmark(given(bounds), 1);
    expect(tested[0]?.difference).toBeCloseTo(0.1, 12);
    expect(tested[0]?.lower).toBeCloseTo(0.1 - Math.hypot(0.05, 0.05), 12);
    expect(tested[0]?.verdict).toBe('above');
  });

  test('without size or bounds there is a difference and no verdict', () => {
    const { differences, tested } = compareWithBenchmark(given({ benchmark: [0.7, 0.5] }), 1);
    expect(differences[0]?.[0]).toBeCloseTo(0.1, 12);
    expect(tested).toEqual([null, null]);
  });
});

describe('interval', () => {
  test("is Wilson's where none is given, and none for money", () => {
    const cell = modelOf(four).cohorts[0]?.cells[1];
    const interval = cell && intervalOf(cell, 'customers');
    expect(interval?.lower).toBeCloseTo(0.52004915848891, 10);
    expect(interval?.upper).toBeCloseTo(0.6749567926374747, 10);
    expect(cell && intervalOf(cell, 'money')).toBeNull();
  });
});

describe('insights', () => {
  const lives = (share: number, size: number) =>
    Array.from({ length: 8 }, (_, period) => (period === 0 ? size : Math.round(size * share)));

  test('best by lower bound and worst by upper bound at period 6, of cohorts with at least 30', () => {
    const model = modelOf([
      // Higher shares than the best, but few customers: the lower bound decides, and under 30 nothing does.
      { cohort: 'small', size: 31, retained: lives(0.9, 31) },
      { cohort: 'tiny', size: 29, retained: lives(1, 29) },
      { cohort: 'good', size: 1000, retained: lives(0.85, 1000) },
      { cohort: 'poor', size: 1000, retained: lives(0.3, 1000) },
      { cohort: 'few poor', size: 30, retained: lives(0.27, 30) },
    ]);
    const { extremes, early } = findInsights(model);
    expect([extremes?.period, extremes?.best.label, extremes?.worst.label]).toEqual([6, 'good', 'poor']);
    expect(extremes?.best.lower).toBeCloseTo(0.8265313415731996, 10);
    expect(early).toEqual({ period: 3, below: ['poor', 'few poor'], of: 5 });
  });

  test('goes by the oldest age that two cohorts have reached', () => {
    const model = modelOf([
      { cohort: 'old', size: 100, retained: [100, 80, 70, 60, 50, 40, 30] },
      { cohort: 'young', size: 100, retained: [100, 90, 80], unfinished: 1 },
    ]);
    expect(findInsights(model).extremes).toMatchObject({
      period: 1,
      best: { label: 'young' },
      worst: { label: 'old' },
    });
  });

  test('says nothing about a single cohort', () => {
    expect(findInsights(modelOf([{ cohort: 'A', size: 100, retained: [100, 50] }]))).toEqual({});
  });
});

describe('order', () => {
  const sort = (sortBy: 'cohort' | 'size' | 'period', descending = false, sortPeriod = 1) =>
    sortedOrder(modelOf([...four, { cohort: 'E', size: 40, retained: [40] }]), { sortBy, sortPeriod, descending });

  test('by cohort, by size, by a period; the unknown last either way', () => {
    expect(sort('cohort')).toEqual([0, 1, 2, 3, 4]);
    expect(sort('cohort', true)).toEqual([4, 3, 2, 1, 0]);
    expect(sort('size')).toEqual([3, 4, 0, 1, 2]);
    expect(sort('period')).toEqual([3, 1, 2, 0, 4]);
    expect(sort('period', true)).toEqual([0, 2, 1, 3, 4]);
    expect(sort('period', true, 99)).toEqual([0, 1, 2, 3, 4]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { readFixture } from '../../test-support/fixtures.ts';
import { DataError } from '../data/matrix.ts';
import { Random } from '../random.ts';
import { bootstrapInterval, compare, quantile } from './bootstrap.ts';
import { chooseChampion } from './champion.ts';
import { groupedFolds, splitFold, stratifiedFolds } from './folds.ts';
import { calibrationBins, calibrationError, prAuc, rocAuc, scoresOf, topDecileLift } from './scores.ts';
import { temporalSplit } from './temporal-split.ts';

interface ScoresFixture {
  labels: number[];
  probabilities: number[];
  rocAuc: number;
  prAuc: number;
  brier: number;
  logLoss: number;
}

describe('scores', () => {
  test('equal scikit-learn', () => {
    const { labels, probabilities, ...expected } = readFixture('scores.json') as ScoresFixture;
    const scores = scoresOf(labels, probabilities);
    for (const name of ['rocAuc', 'prAuc', 'brier', 'logLoss'] as const) {
      expect(scores[name]).toBeCloseTo(expected[name], 12);
    }
  });

  test('count ties half in the ROC curve and once in precision', () => {
    expect(rocAuc([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5])).toBe(0.5);
    expect(prAuc([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5])).toBe(0.5);
  });

  test('weigh the gaps of calibration by the rows in each bin, a probability of 1 in the last', () => {
    const labels = [1, 0, 1, 1];
    const probabilities = [0.25, 0.25, 0.25, 1];
    expect(calibrationError(labels, probabilities)).toBeCloseTo((3 / 4) * (2 / 3 - 0.25), 12);
    const bins = calibrationBins(labels, probabilities);
    expect(bins.map(({ n }) => n)).toEqual([0, 0, 3, 0, 0, 0, 0, 0, 0, 1]);
    expect(bins[0]).toEqual({ from: 0, to: 0.1, n: 0, predicted: null, observed: null });
    expect(bins[9]).toMatchObject({ predicted: 1, observed: 1 });
  });

  test('find the lift of the top tenth', () => {
    const labels = Array.from({ length: 100 }, (_, i) => (i < 20 ? 1 : 0));
    expect(
      topDecileLift(
        labels,
        labels.map((_, i) => 1 - i / 100),
      ),
    ).toBe(5);
    expect(
      topDecileLift(
        labels,
        labels.map((_, i) => i / 100),
      ),
    ).toBe(0);
  });

  test('are null where undefined', () => {
    expect(scoresOf([], [])).toMatchObject({
      n: 0,
      rocAuc: null,
      prAuc: null,
      brier: null,
      logLoss: null,
      topDecileLift: null,
    });
    expect(scoresOf([0, 0], [0.1, 0.2])).toMatchObject({ events: 0, rocAuc: null, prAuc: null });
    expect(scoresOf([1, 1], [0.1, 0.2]).rocAuc).toBeNull();
  });
});

describe('folds', () => {
  const labels = Uint8Array.from({ length: 103 }, (_, i) => (i % 5 === 0 ? 1 : 0));

  test('hold each class evenly and each row once', () => {
    const foldOf = stratifiedFolds(labels, 5, 42);
    for (let fold = 0; fold < 5; fold++) {
      const { inside, outside } = splitFold(foldOf, fold);
      expect(new Set([...inside, ...outside]).size).toBe(103);
      expect(Math.abs(inside.length - 103 / 5)).toBeLessThan(1);
      expect(Math.abs(inside.filter((row) => labels[row] === 1).length - 21 / 5)).toBeLessThan(1);
    }
  });

  test('depend on the seed alone', () => {
    expect(stratifiedFolds(labels, 5, 1)).toEqual(stratifiedFolds(labels, 5, 1));
    expect(stratifiedFolds(labels, 5, 1)).not.toEqual(stratifiedFolds(labels, 5, 2));
  });

  test('of groups keep each whole, and are about as large as each other', () => {
    const groups = Int32Array.from({ length: 103 }, (_, row) => 3 * (row % 17));
    const foldOf = groupedFolds(groups, 5, 42);
    const foldsOf = new Map([...groups].map((group, row) => [group, foldOf[row]]));
    groups.forEach((group, row) => expect(foldOf[row]).toBe(foldsOf.get(group)));
    const sizes = [0, 1, 2, 3, 4].map((fold) => [...foldsOf.values()].filter((of) => of === fold).length);
    expect(sizes.sort()).toEqual([3, 3, 3, 4, 4]);
    expect(groupedFolds(groups, 5, 42)).toEqual(foldOf);
    expect(groupedFolds(groups, 5, 43)).not.toEqual(foldOf);
  });

  test('need a row of each class', () => {
    expect(() => stratifiedFolds(Uint8Array.of(0, 0, 1, 1), 3, 1)).toThrow(DataError);
    expect(() => stratifiedFolds(labels, 1, 1)).toThrow(RangeError);
  });
});

describe('bootstrap', () => {
  test('covers a mean about as often as it says', () => {
    const random = Random.stream(8);
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const sample = Float64Array.from({ length: 60 }, () => random.normal());
      const mean = (rows: Int32Array) => rows.reduce((sum, row) => sum + sample[row], 0) / rows.length;
      const interval = bootstrapInterval(60, mean, { resamples: 200, seed: trial });
      if (interval !== null && interval.low <= 0 && interval.high >= 0) covered++;
    }
    expect(covered).toBeGreaterThan(176);
    expect(covered).toBeLessThan(199);
  });

  test('leaves out resamples without a value and is null without an estimate', () => {
    const odd = bootstrapInterval(5, (rows) => (rows[0] === 4 ? null : rows[0]), { resamples: 100 });
    expect(odd?.resamples).toBeLessThan(100);
    expect(bootstrapInterval(5, () => null)).toBeNull();
  });

  test('of groups is as wide as that of the groups, however often their rows are repeated', () => {
    const random = Random.stream(3);
    const values = Float64Array.from({ length: 40 }, () => random.normal());
    const repeated = Float64Array.from({ length: 400 }, (_, row) => values[row % 40]);
    const groups = Int32Array.from({ length: 400 }, (_, row) => 7 * (row % 40));
    const meanOf = (of: Float64Array) => (rows: Int32Array) =>
      rows.reduce((sum, row) => sum + of[row], 0) / rows.length;
    const single = bootstrapInterval(40, meanOf(values));
    const grouped = bootstrapInterval(400, meanOf(repeated), { groups });
    const naive = bootstrapInterval(400, meanOf(repeated));
    const width = (interval: typeof single) => (interval?.high ?? NaN) - (interval?.low ?? NaN);
    expect(grouped?.estimate).toBeCloseTo(single?.estimate ?? NaN, 12);
    expect(width(grouped)).toBeCloseTo(width(single), 12);
    expect(width(naive)).toBeLessThan(0.45 * width(single));
  });

  test('interpolates quantiles', () => {
    expect(quantile([1, 2, 4], 0.75)).toBe(3);
  });
});

describe('champion', () => {
  const random = Random.stream(4);
  const truth = Float64Array.from({ length: 1500 }, () => random.uniform());
  const labels = Uint8Array.from(truth, (probability) => (random.uniform() < probability ? 1 : 0));
  const blurred = truth.map((probability) => 0.3 * probability + 0.35);
  const base = new Float64Array(1500).fill(0.5);

  const rows = Int32Array.from(truth.keys());
  const named = (name: string, probabilities: Float64Array) => ({ name, probabilities });

  test('is the candidate with the least log-loss, and says how far the others are behind', () => {
    const candidates = [named('base', base), named('truth', truth), named('blurred', blurred)];
    const { champion, standings } = chooseChampion(labels, candidates, rows);
    expect(champion).toBe('truth');
    expect(standings['base'].logLoss).toBeCloseTo(Math.LN2, 12);
    expect(standings['base'].excess).toBeCloseTo(Math.LN2 - standings['truth'].logLoss, 12);
    expect(standings['truth']).toMatchObject({ excess: 0, standardError: 0 });
  });

  test('is the first of equals', () => {
    const candidates = [named('base', base), named('truth', truth), named('same', truth)];
    expect(chooseChampion(labels, candidates, rows).champion).toBe('truth');
  });

  test('has a standard error of groups, however often their rows are repeated', () => {
    const repeated = Int32Array.from({ length: 6000 }, (_, row) => row % 1500);
    const of = (values: Float64Array) => Float64Array.from(repeated, (row) => values[row]);
    const twice = chooseChampion(
      Uint8Array.from(repeated, (row) => labels[row]),
      [named('base', of(base)), named('truth', of(truth))],
      repeated,
    );
    const once = chooseChampion(labels, [named('base', base), named('truth', truth)], rows);
    expect(twice.standings['base'].standardError).toBeCloseTo(once.standings['base'].standardError, 12);
  });

  test('is better only where both intervals exclude 0', () => {
    const reranked = compare(labels, truth, blurred, { resamples: 100 });
    expect(reranked.brierGain.low).toBeGreaterThan(0);
    expect(reranked.prAucGain).toMatchObject({ low: 0, high: 0 });
    expect(reranked.isBetter).toBe(false);
    expect(compare(labels, base, truth, { resamples: 100 }).brierGain.high).toBeLessThan(0);
  });
});

describe('temporal split', () => {
  const day = 86_400_000;
  const snapshots = Array.from({ length: 24 }, (_, month) => month * 30 * day);
  const split = temporalSplit(snapshots, { embargoDays: 90, validationFrom: 360 * day, testFrom: 600 * day });

  test('lets no outcome reach over a boundary', () => {
    expect(Math.max(...split.train)).toBe(9);
    expect([...split.validation]).toEqual([12, 13, 14, 15, 16, 17]);
    expect([...split.test]).toEqual([20, 21, 22, 23]);
    expect([...split.embargoed]).toEqual([10, 11, 18, 19]);
    expect([...split.known]).toEqual(Array.from({ length: 18 }, (_, row) => row));
  });

  test('uses every row once', () => {
    const all = [...split.train, ...split.validation, ...split.test, ...split.embargoed];
    expect(all.sort((a, b) => a - b)).toEqual(snapshots.map((_, row) => row));
  });

  test('refuses empty parts, boundaries too close and unknown times', () => {
    const at = (options: object) => () =>
      temporalSplit(snapshots, { embargoDays: 90, validationFrom: 360 * day, testFrom: 600 * day, ...options });
    expect(at({ validationFrom: 30 * day })).toThrow('No rows fall into train');
    expect(at({ testFrom: 900 * day })).toThrow('No rows fall into test');
    expect(at({ testFrom: 400 * day })).toThrow('more than the embargo');
    expect(at({ embargoDays: -1 })).toThrow(RangeError);
    expect(() => temporalSplit([NaN], { embargoDays: 0, validationFrom: 0, testFrom: day })).toThrow(
      'Row 0 has no snapshot',
    );
  });
});

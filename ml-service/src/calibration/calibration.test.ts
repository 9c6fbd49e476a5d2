import { describe, expect, test } from '@jest/globals';
import { readFixture } from '../../test-support/fixtures.ts';
import { DataError } from '../data/matrix.ts';
import { sigmoid } from '../model/margin-model.ts';
import { Random } from '../random.ts';
import { calibrate } from './calibrator.ts';
import { fitIsotonic } from './isotonic.ts';
import { fitPlatt } from './platt.ts';

interface PlattFixture {
  margins: number[];
  labels: number[];
  slope: number;
  intercept: number;
}

interface ScoresFixture {
  labels: number[];
  probabilities: number[];
  isotonic: number[];
}

describe('Platt calibration', () => {
  test('equals scikit-learn', () => {
    const { margins, labels, slope, intercept } = readFixture('platt.json') as PlattFixture;
    const fitted = fitPlatt('boosting', Float64Array.from(margins), Uint8Array.from(labels));
    expect(fitted.slope).toBeCloseTo(slope, 4);
    expect(fitted.intercept).toBeCloseTo(intercept, 4);
  });

  test('recovers a known distortion', () => {
    const random = Random.stream(3);
    const margins = Float64Array.from({ length: 20_000 }, () => 2 * random.normal());
    const labels = Uint8Array.from(margins, (margin) => (random.uniform() < sigmoid(0.5 * margin - 1) ? 1 : 0));
    const fitted = fitPlatt('boosting', margins, labels);
    expect(fitted.slope).toBeCloseTo(0.5, 1);
    expect(fitted.intercept).toBeCloseTo(-1, 1);
  });

  test('works on the log-odds of a forest, whose margin is a probability', () => {
    const margins = Float64Array.of(0, 0.2, 0.4, 0.6, 0.8, 1);
    const labels = Uint8Array.of(0, 0, 1, 0, 1, 1);
    const probabilities = calibrate('forest', fitPlatt('forest', margins, labels), margins);
    expect([...probabilities]).toEqual([...probabilities].sort((a, b) => a - b));
    expect(Math.min(...probabilities)).toBeGreaterThan(0);
    expect(Math.max(...probabilities)).toBeLessThan(1);
  });

  test('of equal margins gives the base rate', () => {
    const margins = new Float64Array(100).fill(0.7);
    const labels = Uint8Array.from(margins, (_, i) => (i < 30 ? 1 : 0));
    expect(calibrate('boosting', fitPlatt('boosting', margins, labels), margins)[0]).toBeCloseTo(0.3, 1);
  });

  test('refuses a model that ranks backwards, and one class', () => {
    const margins = Float64Array.of(0, 1, 2, 3, 4, 5);
    expect(() => fitPlatt('boosting', margins, Uint8Array.of(1, 1, 1, 0, 0, 0))).toThrow('no better than chance');
    expect(() => fitPlatt('boosting', margins, new Uint8Array(6))).toThrow(DataError);
  });

  test('stays finite where the classes are separable', () => {
    const fitted = fitPlatt('boosting', Float64Array.of(-900, -800, 800, 900), Uint8Array.of(0, 0, 1, 1));
    expect(Number.isFinite(fitted.slope) && Number.isFinite(fitted.intercept)).toBe(true);
  });
});

describe('isotonic calibration', () => {
  test('equals scikit-learn away from the clipped ends', () => {
    const { labels, probabilities, isotonic } = readFixture('scores.json') as ScoresFixture;
    const margins = Float64Array.from(probabilities);
    const fitted = fitIsotonic(margins, Uint8Array.from(labels));
    const floor = 1 / (labels.length + 2);
    calibrate('boosting', fitted, margins).forEach((actual, i) => {
      expect(actual).toBeCloseTo(Math.min(Math.max(isotonic[i], floor), 1 - floor), 12);
    });
  });

  test('never gives 0 or 1, however far the margin', () => {
    const fitted = fitIsotonic(Float64Array.of(-1, -0.5, 0.5, 1), Uint8Array.of(0, 0, 1, 1));
    expect([...calibrate('boosting', fitted, Float64Array.of(-1e9, 1e9))]).toEqual([1 / 6, 5 / 6]);
  });

  test('gives equal margins one probability, whatever their order', () => {
    const margins = Float64Array.of(1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2);
    const fitted = fitIsotonic(margins, Uint8Array.of(0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    expect([...fitted.probabilities]).toEqual([0.5, 0.9]);
  });
});

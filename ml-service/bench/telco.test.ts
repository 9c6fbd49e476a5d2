import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Interval } from '../src/evaluation/bootstrap.ts';
import type { Scores } from '../src/evaluation/scores.ts';
import { hasTelco, readTelco } from './telco.ts';

// Thirty-six models are trained, on a machine that may be busy.
jest.setTimeout(600_000);

const withTelco = hasTelco ? describe : describe.skip;

withTelco('churn of 7,043 subscribers (telco-churn.csv in DATA_DIR; skipped where it is absent)', () => {
  let result: { outOfFold: Scores; holdOut: Scores; holdOutAuc: Interval };
  beforeAll(async () => {
    // In a process of its own: numeric loops run many times slower in the test runner's sandbox.
    const script = fileURLToPath(new URL('telco-scores.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
    result = JSON.parse(stdout) as typeof result;
  });

  test('is read whole, with the 11 blank charges missing', () => {
    const { features, labels } = readTelco();
    expect(features.rows).toBe(7043);
    expect(labels.reduce((a, b) => a + b, 0)).toBe(1869);
    const column = features.names.indexOf('TotalCharges');
    const charges = Array.from({ length: 7043 }, (_, r) => features.values[r * features.names.length + column]);
    expect(charges.filter((value) => Number.isNaN(value))).toHaveLength(11);
  });

  test('is predicted out-of-fold at AUC >= .846, Brier <= .135, calibration error <= .015', () => {
    const { outOfFold } = result;
    expect(outOfFold.n).toBe(7043);
    expect(outOfFold.rocAuc).toBeGreaterThanOrEqual(0.846);
    expect(outOfFold.brier).toBeLessThanOrEqual(0.135);
    expect(outOfFold.calibrationError.value).toBeLessThanOrEqual(0.015);
    expect(outOfFold.topDecileLift).toBeGreaterThan(2.7);
  });

  test('is predicted on the hold-out within sampling error of that', () => {
    expect(result.holdOut.n).toBe(1409);
    expect(result.holdOut.rocAuc).toBeGreaterThan(0.82);
    expect(result.holdOutAuc.high).toBeGreaterThan(0.846);
  });
});

import { DataError } from '../data/matrix.ts';
import { temporalSplit, type TemporalSplit } from '../evaluation/temporal-split.ts';
import { outcomeDays } from '../features/read.ts';
import type { Dataset } from './dataset.ts';

const millisecondsPerDay = 86_400_000;
/** Months that validation and test have each: more where there is more history. */
const shareOfMonths = 1 / 7;

/**
 * Splits monthly snapshots by time: train | embargo | validation and calibration | embargo | test. The last months test,
 * and no outcome that a part is fitted on lies within the next part.
 * @throws {DataError} where the history is too short.
 */
export function splitByTime({ times, snapshots }: Pick<Dataset, 'times' | 'snapshots'>): TemporalSplit {
  const embargo = outcomeDays * millisecondsPerDay;
  const months = Math.max(1, Math.round(snapshots.length * shareOfMonths));
  const testFrom = snapshots[Math.max(0, snapshots.length - months)]?.time ?? 0;
  const beforeTest = snapshots.filter(({ time }) => time + embargo <= testFrom);
  const validationFrom = beforeTest[Math.max(0, beforeTest.length - months)]?.time ?? 0;
  if (!snapshots.some(({ time }) => time + embargo <= validationFrom)) {
    throw new DataError(
      `${snapshots.length} months with certain outcomes are too few to train, calibrate and test on: ` +
        'about 10 are needed, that is 14 months of subscriptions.',
    );
  }
  return temporalSplit(times, { embargoDays: outcomeDays, validationFrom, testFrom });
}

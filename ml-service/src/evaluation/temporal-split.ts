import { DataError } from '../data/matrix.ts';

const millisecondsPerDay = 86_400_000;

export interface TemporalSplitOptions {
  /** Days that an outcome takes to be known; none of them may reach into the next part. */
  readonly embargoDays: number;
  /** First day of validation and of test: milliseconds since 1970. */
  readonly validationFrom: number;
  readonly testFrom: number;
}

export interface TemporalSplit {
  readonly train: Int32Array;
  /** Also calibrates. */
  readonly validation: Int32Array;
  readonly test: Int32Array;
  /** All rows whose outcome was known when the test began: train, validation and what lay between them. */
  readonly known: Int32Array;
  /** Rows whose outcome window overlaps the next part. */
  readonly embargoed: Int32Array;
}

/**
 * Splits rows by snapshot time: train | embargo | validation and calibration | embargo | test. A row is used before a
 * boundary only if its outcome was known by then, that is `embargoDays` earlier.
 * @param snapshots milliseconds since 1970, one for each row
 * @throws {DataError} where a part is empty.
 */
export function temporalSplit(snapshots: ArrayLike<number>, options: TemporalSplitOptions): TemporalSplit {
  const { embargoDays, validationFrom, testFrom } = options;
  const embargo = embargoDays * millisecondsPerDay;
  if (!(embargoDays >= 0)) throw new RangeError(`embargoDays must be at least 0, not ${embargoDays}.`);
  if (!(testFrom - embargo > validationFrom)) {
    throw new RangeError('testFrom must lie more than the embargo after validationFrom.');
  }
  const parts: Record<keyof TemporalSplit, number[]> = {
    train: [],
    validation: [],
    test: [],
    known: [],
    embargoed: [],
  };
  for (let row = 0; row < snapshots.length; row++) {
    const time = snapshots[row];
    if (!Number.isFinite(time)) throw new DataError(`Row ${row} has no snapshot time.`);
    if (time >= testFrom) parts.test.push(row);
    else if (time >= validationFrom) (time + embargo <= testFrom ? parts.validation : parts.embargoed).push(row);
    else (time + embargo <= validationFrom ? parts.train : parts.embargoed).push(row);
    if (time + embargo <= testFrom) parts.known.push(row);
  }
  for (const part of ['train', 'validation', 'test'] as const) {
    if (parts[part].length === 0)
      throw new DataError(`No rows fall into ${part}; move the boundaries or take a longer window.`);
  }
  return {
    train: Int32Array.from(parts.train),
    validation: Int32Array.from(parts.validation),
    test: Int32Array.from(parts.test),
    known: Int32Array.from(parts.known),
    embargoed: Int32Array.from(parts.embargoed),
  };
}

import { studentT } from './student-t.ts';

/** A straight line through values at 0, 1, 2 and so on. */
export interface Line {
  readonly slope: number;
  /** Its value at a place, which may lie outside. */
  readonly valueAt: (place: number) => number;
  /**
   * Half the width of the prediction interval at a place: Student's t with n - 2 degrees of freedom, x about its mean.
   * Holds for independent errors only, which a series seldom has. NaN for fewer than 3 values.
   */
  readonly halfWidthAt: (place: number, level: number) => number;
}

/** Least squares; one value gives a level line. */
export function fitLine(values: readonly number[]): Line {
  const n = values.length;
  const centre = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let spread = 0;
  let shared = 0;
  for (let i = 0; i < n; i++) {
    spread += (i - centre) ** 2;
    shared += (i - centre) * (values[i] - mean);
  }
  const slope = spread === 0 ? 0 : shared / spread;
  const valueAt = (place: number) => mean + slope * (place - centre);
  const squaredError = values.reduce((sum, value, i) => sum + (value - valueAt(i)) ** 2, 0);
  return {
    slope,
    valueAt,
    halfWidthAt: (place, level) =>
      studentT(n - 2, level) * Math.sqrt((squaredError / (n - 2)) * (1 + 1 / n + (place - centre) ** 2 / spread)),
  };
}

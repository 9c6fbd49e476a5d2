/** Standard normal quantile of a two-sided 95% interval. */
export const Z95 = 1.959963984540054;

/**
 * Probability that a standard normal variable is at least z away from 0, to about 1e-14.
 * @param z not negative
 */
export function twoSidedP(z: number): number {
  return erfc(z / Math.SQRT2);
}

/** Complementary error function: a series of positive terms near 0, Lentz's continued fraction beyond. */
function erfc(x: number): number {
  return x < 2.5 ? 1 - erfSeries(x) : erfcFraction(x);
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function erfcFraction(x: number): number {
  // Backwards from a depth at which another level changes nothing for x >= 2.5.
  let fraction = x;
  for (let n = 60; n > 0; n--) {
    fraction = x + n / 2 / fraction;
  }
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/** 97.5% quantile of the standard normal distribution. */
const z = 1.959963984540054;

/** Upper bound of Wilson's 95% interval for a share of `successes` in `trials` (> 0); a fraction of 1. */
export function wilsonUpper(successes: number, trials: number): number {
  const share = successes / trials;
  const square = z * z;
  const centre = share + square / (2 * trials);
  const margin = z * Math.sqrt((share * (1 - share) + square / (4 * trials)) / trials);
  return (centre + margin) / (1 + square / trials);
}

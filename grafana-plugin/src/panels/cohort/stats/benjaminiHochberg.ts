/**
 * Adjusts p values for the false discovery rate (Benjamini & Hochberg 1995).
 * @returns in the same order; what is at most q is a discovery at rate q
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => (p[b] ?? 0) - (p[a] ?? 0));
  const adjusted = new Array<number>(p.length);
  let least = 1;
  order.forEach((index, fromLargest) => {
    least = Math.min(least, ((p[index] ?? 1) * p.length) / (p.length - fromLargest));
    adjusted[index] = least;
  });
  return adjusted;
}

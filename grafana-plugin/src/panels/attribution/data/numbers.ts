/** The number, or null for whatever is none: undefined and infinite alike. */
export function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Sum of the known values, compensated so that many small credits lose nothing; null if none is known. */
export function sumOfKnown(values: Iterable<number | null | undefined>): number | null {
  let sum = 0;
  let lost = 0;
  let known = false;
  for (const value of values) {
    if (value === null || value === undefined) {
      continue;
    }
    known = true;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return known ? sum + lost : null;
}

/** Null where the denominator is unknown or zero. */
export function ratio(numerator: number | null | undefined, denominator: number | null | undefined): number | null {
  if (numerator === null || numerator === undefined || !denominator) {
    return null;
  }
  return finite(numerator / denominator);
}

/** Decimals that a number is written with. */
export function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return Math.max(0, fraction - Number(exponent));
}

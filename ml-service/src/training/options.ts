/**
 * Checks options of a trainer.
 * @param counts whole numbers of at least 1
 * @param positives finite numbers above 0
 * @param fractions numbers in (0, 1]
 * @throws {RangeError} naming the option.
 */
export function checkOptions(
  counts: Readonly<Record<string, number>>,
  positives: Readonly<Record<string, number>>,
  fractions: Readonly<Record<string, number>> = {},
): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} must be a whole number above 0, not ${value}.`);
  }
  for (const [name, value] of Object.entries(positives)) {
    if (!Number.isFinite(value) || value <= 0) throw new RangeError(`${name} must be a number above 0, not ${value}.`);
  }
  for (const [name, value] of Object.entries(fractions)) {
    if (!(value > 0 && value <= 1)) throw new RangeError(`${name} must be above 0 and at most 1, not ${value}.`);
  }
}

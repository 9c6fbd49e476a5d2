import type { DemoSize } from './world.ts';

export type { DemoSize } from './world.ts';

const largest = { customers: 10_000_000, months: 96, seed: 2 ** 31 - 1 };

function whole(name: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`${name} must be a whole number from ${low} to ${high}, not ${value}`);
}

function checkDay(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  if (!real) throw new RangeError(`end must be a day as YYYY-MM-DD, not "${text}"`);
  if (text < '2000-01-01' || text > '2090-12-31') throw new RangeError(`end must lie in 2000 to 2090, not ${text}`);
  return text;
}

/** Yesterday in UTC, the last day that is complete. */
export function yesterday(now = Date.now()): string {
  return new Date(now - 86_400_000).toISOString().slice(0, 10);
}

/** Fills in the defaults. @throws RangeError when a value is out of range */
export function checkSize(size: Partial<DemoSize>): DemoSize {
  return {
    customers: whole('customers', size.customers ?? 5000, 1, largest.customers),
    months: whole('months', size.months ?? 24, 1, largest.months),
    seed: whole('seed', size.seed ?? 42, 0, largest.seed),
    end: checkDay(size.end ?? yesterday()),
  };
}

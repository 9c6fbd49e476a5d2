import { clip, invalid } from './errors.ts';
import type { DateRange } from './query.ts';
import { limits } from './limits.ts';

const absolute = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?)?$/;
const zoned = /^\d{4}-\d\d-\d\d[T ][\d:.]*(?:Z|[+-]\d\d:?\d\d)$/i;

/** The words that relative ranges are made of: "last 6 months", "from 7 days ago to now". */
const span = '(?:\\d{1,5} (?:second|minute|hour|day|week)s?|\\d{1,3} (?:month|quarter|year)s?)';
const edge = `(?:now|today|yesterday|tomorrow|${span} (?:ago|from now))`;
const relative = new RegExp(
  `^(?:today|yesterday|tomorrow|(?:this|last|next) (?:second|minute|hour|day|week|month|quarter|year|${span})|` +
    `from ${edge} to ${edge})$`,
  'i',
);

/** Is this an existing day or instant of the years 1 to 9999, such as 2024-02-29 or 2024-02-29T10:00:00? */
export function isAbsoluteDate(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const parts = absolute.exec(value);
  if (!parts) return false;
  const [year, month, day, hour, minute, second] = [...parts]
    .slice(1, 7)
    .map((part) => Number((part as string | undefined) ?? 0));
  if (year === undefined || month === undefined || day === undefined || year < 1) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60;
}

export function isRelativeRange(value: unknown): value is string {
  return typeof value === 'string' && relative.test(value.trim());
}

/** One relative phrase, one date, or a pair of dates in order. */
export function dateRange(value: unknown, what: string): DateRange {
  if (typeof value === 'string') {
    if (isAbsoluteDate(value) || isRelativeRange(value)) return value;
    invalid(`${what}: "${clip(value)}" is neither a date (2024-01-31) nor a phrase such as "last 6 months".`);
  }
  if (!Array.isArray(value) || value.length < 1 || value.length > 2) {
    invalid(`${what} must be a phrase such as "last 6 months" or a list of one or two dates.`);
  }
  const dates = value.map((date: unknown) => {
    refuseZone(date, what);
    if (!isAbsoluteDate(date)) invalid(`${what}: "${clip(String(date))}" is not a date such as 2024-01-31.`);
    return date;
  });
  const [from = '', to = from] = dates;
  if (moment(from, '00:00:00') > moment(to, '23:59:59.999999')) {
    invalid(`${what} ends before it begins: ${from} to ${to}.`);
  }
  return dates;
}

/** Cube reads an instant with a zone of its own as if its UTC clock stood in the reporting zone. */
export function refuseZone(value: unknown, what: string): void {
  if (typeof value === 'string' && zoned.test(value)) {
    invalid(
      `${what}: "${clip(value)}" names a zone. Dates are in the query's time zone: leave out the Z or the offset.`,
    );
  }
}

/** Text that sorts by time. */
function moment(date: string, time: string): string {
  const [day = '', given = time] = date.split(/[T ]/);
  return `${day}T${given}`;
}

export function compareDateRange(value: unknown, what: string): DateRange[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > limits.comparedRanges) {
    invalid(`${what} must be a list of 1 to ${limits.comparedRanges} ranges.`);
  }
  return value.map((range) => dateRange(range, what));
}

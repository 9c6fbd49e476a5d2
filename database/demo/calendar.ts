import { allForYear } from '@18f/us-federal-holidays';
import { day, weekday } from './time.ts';

export interface Holiday {
  day: number;
  name: string;
}

/** US federal holidays of the years, on the weekdays they are observed on. */
export function federalHolidays(fromYear: number, toYear: number): Holiday[] {
  const holidays = new Map<number, string>();
  for (let year = fromYear; year <= toYear; year++) {
    for (const { dateString, name } of allForYear(year)) {
      const [y = 0, m = 0, d = 0] = dateString.split('-').map(Number);
      holidays.set(Date.UTC(y, m - 1, d) / day, name);
    }
  }
  return [...holidays].map(([on, name]) => ({ day: on, name })).sort((a, b) => a.day - b.day);
}

/** Counts business days (Monday to Friday without holidays). */
export class BusinessCalendar {
  private readonly days: number[] = [];
  private readonly first: number;
  private readonly positions: number[] = [];

  constructor(holidays: readonly Holiday[], from: number, to: number) {
    const closed = new Set(holidays.map((holiday) => holiday.day));
    this.first = from;
    for (let d = from; d <= to; d++) {
      this.positions.push(this.days.length);
      if (weekday(d) % 6 !== 0 && !closed.has(d)) this.days.push(d);
    }
  }

  isBusinessDay(d: number): boolean {
    return this.days[this.positions[d - this.first] ?? -1] === d;
  }

  /** The business day that lies `count` after the given one; a day that is none counts as the next. */
  add(d: number, count: number): number {
    const found = this.days[(this.positions[d - this.first] ?? NaN) + count];
    if (found === undefined) throw new Error(`day ${d} + ${count} lies outside the business calendar`);
    return found;
  }
}

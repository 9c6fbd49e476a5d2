import { IANAZone } from 'luxon';

/** An instant: microseconds since 1970-01-01T00:00Z, as Postgres keeps them. Exact in a number until the year 2255. */
export type Instant = number;
/** A calendar day: days since 1970-01-01. */
export type Day = number;
/** A calendar month: 12 x year + month - 1. */
export type Month = number;

export const dayMicros = 86_400_000_000;
const hourMicros = 3_600_000_000;
/** Zones change their offset at quarter hours only. */
const step = hourMicros / 4;

/** A time zone's calendar, without any help from the database. */
export class Zone {
  private readonly zone: IANAZone;
  private readonly offsets = new Map<number, number>();

  constructor(readonly name: string) {
    this.zone = IANAZone.create(name);
    if (!this.zone.isValid) throw new Error(`${name} is no time zone`);
  }

  private offset(at: Instant): number {
    const slot = Math.floor(at / step);
    let offset = this.offsets.get(slot);
    if (offset === undefined) {
      offset = this.zone.offset((slot * step) / 1000) * 60_000_000;
      this.offsets.set(slot, offset);
    }
    return offset;
  }

  day(at: Instant): Day {
    return Math.floor((at + this.offset(at)) / dayMicros);
  }

  /** Microseconds that the clock on the wall shows past midnight. */
  timeOfDay(at: Instant): number {
    const local = at + this.offset(at);
    return local - Math.floor(local / dayMicros) * dayMicros;
  }

  month(at: Instant): Month {
    return monthOf(this.day(at));
  }

  /** The first instant of a day. */
  midnight(day: Day): Instant {
    const local = day * dayMicros;
    return local - this.offset(local - this.offset(local));
  }

  /** The last instant of a day. */
  dayEnd(day: Day): Instant {
    return this.midnight(day + 1) - 1;
  }

  monthEnd(month: Month): Instant {
    return this.midnight(firstDay(month + 1)) - 1;
  }
}

/** @param text such as 2026-03-31 */
export function dayOf(text: string): Day {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}

/** @returns such as 2026-03-31 */
export function dayText(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export function monthOf(day: Day): Month {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function firstDay(month: Month): Day {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekday(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export type Granularity = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The first day of the period that a day lies in. */
export function truncate(day: Day, granularity: Granularity): Day {
  const month = monthOf(day);
  switch (granularity) {
    case 'day':
      return day;
    case 'week':
      return day - (weekday(day) - 1);
    case 'month':
      return firstDay(month);
    case 'quarter':
      return firstDay(month - (month % 3));
    case 'year':
      return firstDay(month - (month % 12));
  }
}

/** The last month of the period that begins on a day. */
export function lastMonthOf(first: Day, granularity: Granularity): Month {
  const months = { day: 1, week: 1, month: 1, quarter: 3, year: 12 };
  return monthOf(first) + months[granularity] - 1;
}

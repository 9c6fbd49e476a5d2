/** A calendar month as its number since year 0, as in reporting.months; a day as days since 1970-01-01. */
export type Month = number;
export type Day = number;

/** What a member cost and used in one calendar month. */
export interface MonthOfCare {
  /** Allowed amount in cents of constant money. */
  readonly cents: number;
  readonly erVisits: number;
  readonly admissions: number;
  /** Those reported by measurements in the month. */
  readonly exacerbations: number;
}

export interface Measurement {
  readonly on: Day;
  readonly fev1: number | null;
  readonly sgrq: number | null;
}

export interface Member {
  readonly id: string;
  readonly payer: string;
  readonly birthYear: number;
  readonly sex: string;
  readonly region: string;
  readonly comorbidity: number;
  readonly enrolledOn: Day;
  /** Last day insured, living and known of. */
  readonly lastDay: Day;
  /** Null for those who are not known to be ill. */
  readonly diagnosedOn: Day | null;
  readonly care: ReadonlyMap<Month, MonthOfCare>;
  /** In the order of their days. */
  readonly measurements: readonly Measurement[];
}

const dayMilliseconds = 86_400_000;

export function firstDayOf(month: Month): Day {
  return Date.UTC(Math.floor((month - 1) / 12), (month - 1) % 12, 1) / dayMilliseconds;
}

export function monthOf(day: Day): Month {
  const date = new Date(day * dayMilliseconds);
  return date.getUTCFullYear() * 12 + date.getUTCMonth() + 1;
}

export function yearOf(month: Month): number {
  return Math.floor((month - 1) / 12);
}

/** The part of a month in which somebody was insured and living. */
export function exposure(member: Member, month: Month): number {
  const first = firstDayOf(month);
  const next = firstDayOf(month + 1);
  const days = Math.min(member.lastDay + 1, next) - Math.max(member.enrolledOn, first);
  return Math.max(0, days) / (next - first);
}

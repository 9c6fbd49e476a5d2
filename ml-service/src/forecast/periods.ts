import { DateTime } from 'luxon';

const dayOf = (text: string) => DateTime.fromISO(text, { zone: 'utc' });

/** Days ahead that MRR is projected to. */
const projectedDays = 90;

/**
 * Months from the last one of a series to the one whose end is nearest to 90 days after a day.
 * @param day such as 2026-03-31
 * @param last first day of the last month; without one it is the month before the day's
 */
export function monthsAhead(day: string, last = dayOf(day).minus({ months: 1 }).toISODate()): number {
  const target = dayOf(day).plus({ days: projectedDays });
  const end = target.endOf('month').startOf('day');
  const before = target.startOf('month').minus({ days: 1 });
  const nearest = end.diff(target) < target.diff(before) ? end : before;
  return (nearest.year - dayOf(last ?? day).year) * 12 + nearest.month - dayOf(last ?? day).month;
}

/** First days of the periods that follow one. */
export function periodsAhead(last: string, unit: 'month' | 'week', horizon: number): string[] {
  return Array.from({ length: horizon }, (_, i) =>
    dayOf(last)
      .plus({ [unit]: i + 1 })
      .toFormat('yyyy-MM-dd'),
  );
}

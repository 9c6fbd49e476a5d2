/** Periods of the calendar on wall-clock times such as 2024-02-29T13:00:00.000, which carry no zone. */
export type CalendarPeriod = 'day' | 'week' | 'month' | 'quarter' | 'year';

const dayLength = 86_400_000;

export function isCalendarPeriod(name: string): name is CalendarPeriod {
  return ['day', 'week', 'month', 'quarter', 'year'].includes(name);
}

/** The first millisecond of the period that a time falls into. */
export function startOf(period: CalendarPeriod, time: string): string {
  return toText(start(period, fromText(time)));
}

/** The last millisecond of the period that a time falls into. */
export function endOf(period: CalendarPeriod, time: string): string {
  return toText(next(period, fromText(time)) - 1);
}

/** The first start of a period that is not before a time. */
export function startFrom(period: CalendarPeriod, time: string): string {
  const at = fromText(time);
  return toText(start(period, at) === at ? at : next(period, at));
}

function start(period: CalendarPeriod, at: number): number {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const midnight = Date.UTC(year, month, date.getUTCDate());
  switch (period) {
    case 'day':
      return midnight;
    case 'week':
      return midnight - ((date.getUTCDay() + 6) % 7) * dayLength;
    case 'month':
      return Date.UTC(year, month, 1);
    case 'quarter':
      return Date.UTC(year, month - (month % 3), 1);
    case 'year':
      return Date.UTC(year, 0, 1);
  }
}

function next(period: CalendarPeriod, at: number): number {
  const longest = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }[period];
  // The longest of its kind ends in the next one.
  return start(period, start(period, at) + longest * dayLength);
}

const fromText = (time: string) => Date.parse(`${time}Z`);
const toText = (at: number) => new Date(at).toISOString().slice(0, -1);

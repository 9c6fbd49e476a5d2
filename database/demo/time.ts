/** Instants are milliseconds since 1970 in UTC, days are whole days since 1970. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

const dayTexts = new Map<number, string>();

/** Day number as YYYY-MM-DD. */
export function dayText(dayNumber: number): string {
  let text = dayTexts.get(dayNumber);
  if (text === undefined) {
    text = new Date(dayNumber * day).toISOString().slice(0, 10);
    dayTexts.set(dayNumber, text);
  }
  return text;
}

export function dayOf(time: number): number {
  return Math.floor(time / day);
}

/** The instant if it is not after the end of the data, else null: it has not happened yet. */
export function until(time: number | null, end: number): number | null {
  return time !== null && time <= end ? time : null;
}

/** The same day and time of day some calendar months on; the last of a shorter month. */
export function addMonths(time: number, months: number): number {
  const date = new Date(time);
  const target = date.getUTCMonth() + months;
  const last = new Date(Date.UTC(date.getUTCFullYear(), target + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), target, Math.min(date.getUTCDate(), last)) + (time % day);
}

/** Months since year 0 of an instant: the difference of two is their distance in calendar months. */
export function monthNumber(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** First instant of a month given by {@link monthNumber}. */
export function monthStart(number: number): number {
  return Date.UTC(Math.floor(number / 12), number % 12, 1);
}

/** Day of the week, 0 is Sunday. */
export function weekday(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

/** First Sunday of a month on or after its given date, as a day number. */
function sunday(year: number, month: number, from: number): number {
  const first = Date.UTC(year, month, from) / day;
  return first + ((7 - weekday(first)) % 7);
}

/** Offset of US local time from UTC on a day, in milliseconds: standard time is `hours` behind, one less in summer. */
export function usOffset(dayNumber: number, hours: number): number {
  const year = new Date(dayNumber * day).getUTCFullYear();
  const summer = dayNumber >= sunday(year, 2, 8) && dayNumber < sunday(year, 10, 1);
  return (summer ? hours - 1 : hours) * hour;
}

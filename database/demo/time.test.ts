import { expect, test } from '@jest/globals';
import { BusinessCalendar, federalHolidays } from './calendar.ts';
import { addMonths, day, dayText, monthNumber, monthStart, usOffset, weekday } from './time.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const on = (text: string) => Date.parse(text) / day;

test('writes days', () => {
  expect(dayText(on('1951-03-04'))).toBe('1951-03-04');
});

test('adds months by the calendar', () => {
  expect(addMonths(at('2026-01-31T10:00:00'), 1)).toBe(at('2026-02-28T10:00:00'));
  expect(addMonths(at('2024-02-29T00:00:01'), -12)).toBe(at('2023-02-28T00:00:01'));
  expect(monthStart(monthNumber(at('2026-11-22T03:00:00')))).toBe(at('2026-11-01T00:00:00'));
});

test('knows weekdays and daylight saving', () => {
  expect(weekday(on('2026-11-22'))).toBe(0);
  const hours = ['2026-03-07', '2026-03-08', '2026-10-31', '2026-11-01'].map((d) => usOffset(on(d), 5) / 3_600_000);
  expect(hours).toEqual([5, 4, 4, 5]);
});

test('counts business days around weekends and federal holidays', () => {
  const holidays = federalHolidays(2025, 2026);
  expect(holidays.map((holiday) => dayText(holiday.day))).toEqual(
    expect.arrayContaining(['2025-11-27', '2026-05-25', '2026-07-03', '2026-11-26']),
  );
  const calendar = new BusinessCalendar(holidays, on('2025-01-01'), on('2026-12-31'));
  expect(calendar.isBusinessDay(on('2026-11-26'))).toBe(false);
  expect(calendar.isBusinessDay(on('2026-11-27'))).toBe(true);
  // Wednesday before Thanksgiving; a Saturday counts as the Monday after it.
  expect(dayText(calendar.add(on('2026-11-25'), 1))).toBe('2026-11-27');
  expect(dayText(calendar.add(on('2026-11-28'), 1))).toBe('2026-12-01');
  expect(() => calendar.add(on('2026-12-30'), 40)).toThrow('outside the business calendar');
});

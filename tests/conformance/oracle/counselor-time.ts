import type { Counselor, RawData, Span } from '../support/raw-data.ts';
import type { Day, Instant } from '../support/zone.ts';
import { truncate } from '../support/zone.ts';

type Stretch = Pick<Span, 'from' | 'to'>;

const minuteMicros = 60_000_000;
const own = <T extends { counselor: string | null }>(rows: readonly T[], { id }: Counselor) =>
  rows.filter((row) => row.counselor === id);
const touches = (stretch: Stretch, from: Instant, to: Instant) => stretch.from < to && stretch.to > from;

/** Appointments that hold their time as known at T. */
function bookingsOf(data: RawData, counselor: Counselor, at: Instant): Stretch[] {
  return own(data.counseling, counselor).flatMap(({ requestedAt, scheduledAt, bookedMinutes, cancelledAt }) => {
    if (requestedAt > at || scheduledAt === null || bookedMinutes === null) return [];
    const isFreed = cancelledAt !== null && cancelledAt <= at && cancelledAt < scheduledAt;
    return isFreed ? [] : [{ from: scheduledAt, to: scheduledAt + bookedMinutes * minuteMicros }];
  });
}

/** The stretches between two instants that lie in some of the first kind and in none of the second. */
function uncovered(wanted: readonly Stretch[], taken: readonly Stretch[], from: Instant, to: Instant): Stretch[] {
  const near = wanted.filter((stretch) => touches(stretch, from, to));
  const blocking = taken.filter((stretch) => touches(stretch, from, to));
  const edges = [...near, ...blocking].flatMap((stretch) => [stretch.from, stretch.to]);
  const cuts = [...new Set([from, ...edges.filter((edge) => edge > from && edge < to), to])].sort((a, b) => a - b);
  return cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? end;
    const lies = (stretch: Stretch) => stretch.from <= start && stretch.to >= end;
    return near.some(lies) && !blocking.some(lies) ? [{ from: start, to: end }] : [];
  });
}

/** Availability while employed. */
function publishedTime(data: RawData, counselor: Counselor): Stretch[] {
  const first = data.zone.midnight(counselor.hiredOn);
  const last = counselor.leftOn === null ? Infinity : data.zone.midnight(counselor.leftOn + 1);
  return own(data.availability, counselor)
    .map(({ from, to }) => ({ from: Math.max(from, first), to: Math.min(to, last) }))
    .filter(({ from, to }) => from < to);
}

/** When a planned session fits in first, from T on. */
export function firstFree(data: RawData, counselor: Counselor, at: Instant): Instant | undefined {
  if (counselor.hiredOn > data.zone.day(at)) return undefined;
  const taken = [...own(data.timeOff, counselor), ...bookingsOf(data, counselor, at)];
  const needed = counselor.sessionMinutes * minuteMicros;
  let start: Instant | undefined;
  let end = -Infinity;
  for (const piece of uncovered(publishedTime(data, counselor), taken, at, Number.MAX_SAFE_INTEGER)) {
    if (piece.from > end) start = piece.from;
    end = piece.to;
    if (start !== undefined && end - start >= needed) return start;
  }
  return undefined;
}

interface WorkingWeek {
  counselor: Counselor;
  week: Day;
  /** Minutes up to T. */
  available: number;
  booked: number;
}

/** Every week of a counselor's employment by T, and those in which something was booked or held. */
export function timeAtWork(data: RawData, at: Instant): WorkingWeek[] {
  const today = data.zone.day(at);
  const monday = (day: Day) => truncate(day, 'week');
  return data.counselors.flatMap((counselor) => {
    const bookings = bookingsOf(data, counselor, at).filter(({ from }) => from <= at);
    const weeks = new Set<Day>();
    const last = Math.min(counselor.leftOn ?? today, today);
    for (let week = monday(counselor.hiredOn); week <= last && counselor.hiredOn <= today; week += 7) weeks.add(week);
    for (const { from, to } of bookings) {
      for (let week = monday(data.zone.day(from)); data.zone.midnight(week) < Math.min(to, at + 1); week += 7)
        weeks.add(week);
    }
    for (const { startedAt, endedAt } of own(data.counseling, counselor)) {
      if (startedAt !== null && endedAt !== null && endedAt <= at) weeks.add(monday(data.zone.day(startedAt)));
    }
    const published = counselor.hiredOn <= today ? publishedTime(data, counselor) : [];
    const absent = own(data.timeOff, counselor);
    return [...weeks].map((week) => {
      const from = data.zone.midnight(week);
      const to = Math.min(data.zone.midnight(week + 7), at + 1);
      const minutes = (stretches: readonly Stretch[]) =>
        stretches.reduce((sum, part) => sum + Math.max(0, Math.min(part.to, to) - Math.max(part.from, from)), 0) /
        minuteMicros;
      const available = minutes(uncovered(published, absent, from, to));
      return { counselor, week, available, booked: minutes(bookings) };
    });
  });
}

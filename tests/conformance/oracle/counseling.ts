import { ratio } from '../support/decimal.ts';
import type { CounselingRequest, RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { dayMicros } from '../support/zone.ts';
import { firstFree, timeAtWork } from './counselor-time.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle, localText } from './oracle.ts';
import { mean, percentile, survivalQuantile } from './statistics.ts';

type End = 'held' | 'cancelled' | 'missed';
type Person = Record<'counselor_id' | 'counselor', string | null>;

/** What ended a request by T, and when; an open one ends at T for now. */
function endOf(request: CounselingRequest, at: Instant): { kind: End | 'open'; time: Instant } {
  const { startedAt, cancelledAt, scheduledAt, isMissed } = request;
  if (startedAt !== null && startedAt <= at) return { kind: 'held', time: startedAt };
  if (cancelledAt !== null && cancelledAt <= at) return { kind: 'cancelled', time: cancelledAt };
  if (isMissed && scheduledAt !== null && scheduledAt <= at) return { kind: 'missed', time: scheduledAt };
  return { kind: 'open', time: at };
}

function personOf(data: RawData, id: string | null): Person {
  return { counselor_id: id, counselor: data.counselors.find((counselor) => counselor.id === id)?.name ?? null };
}

interface CounselingEvent {
  time: Instant;
  dims: Person;
  kind: End | 'requested';
  /** To the session, or to what ended the waiting otherwise. */
  waitDays: number;
  isHeld: boolean;
  targetWait: number;
  /** Of a session that has ended. */
  minutes: number | undefined;
  plannedMinutes: number;
  satisfaction: number | null;
}

const of = (kind: CounselingEvent['kind']) => count<CounselingEvent>((event) => event.kind === kind) as Tally;
type Tally = (events: readonly CounselingEvent[]) => number;
const held = of('held');
const missed = of('missed');
const cancelled = of('cancelled');
const completed = (events: readonly CounselingEvent[]) => events.filter((event) => event.minutes !== undefined);
const waits = (events: readonly CounselingEvent[]) =>
  events.filter((event) => event.kind === 'held').map((event) => event.waitDays);
const ratings = (events: readonly CounselingEvent[]) => completed(events).flatMap((event) => event.satisfaction ?? []);
const kaplanMeier =
  (share: number): Measure<CounselingEvent> =>
  (events) =>
    survivalQuantile(
      events
        .filter((event) => event.kind === 'requested')
        .map(({ waitDays, isHeld }) => ({ duration: waitDays, isEvent: isHeld })),
      share,
    );

/** Requests and what became of them, each on its own date. */
export const counseling = defineOracle<CounselingEvent>({
  view: 'counseling',
  role: 'operations',
  time: 'date',
  facts(data, at) {
    return data.counseling
      .filter((request) => request.requestedAt <= at)
      .flatMap((request): CounselingEvent[] => {
        const { kind, time } = endOf(request, at);
        const { startedAt, endedAt } = request;
        const fact = {
          dims: personOf(data, request.counselor),
          waitDays: (time - request.requestedAt) / dayMicros,
          isHeld: kind === 'held',
          targetWait: data.counselingTarget[0]?.waitDays ?? NaN,
          minutes: undefined,
          plannedMinutes: data.counselors.find(({ id }) => id === request.counselor)?.sessionMinutes ?? NaN,
          satisfaction: null,
        };
        const asked: CounselingEvent = { ...fact, kind: 'requested', time: request.requestedAt };
        if (kind === 'open') return [asked];
        const hasEnded = kind === 'held' && startedAt !== null && endedAt !== null && endedAt <= at;
        const ended = hasEnded
          ? { minutes: (endedAt - startedAt) / 60_000_000, satisfaction: request.satisfaction }
          : undefined;
        return [asked, { ...fact, kind, time, ...ended }];
      });
  },
  measures: {
    counseling_requests: of('requested'),
    sessions_completed: (events) => completed(events).length,
    no_shows: missed,
    no_show_rate: (events) => ratio(missed(events), held(events) + missed(events)),
    cancellations: cancelled,
    cancellation_rate: (events) => ratio(cancelled(events), held(events) + missed(events) + cancelled(events)),
    counseling_wait_days_p50: (events) => percentile(waits(events), 0.5),
    counseling_wait_days_p90: (events) => percentile(waits(events), 0.9),
    counseling_wait_days_avg: (events) => mean(waits(events)),
    counseling_wait_target_days: ([event]) => event?.targetWait ?? null,
    waits_within_target_rate: (events) =>
      ratio(events.filter((event) => event.kind === 'held' && event.waitDays <= event.targetWait).length, held(events)),
    counseling_wait_days_km_p50: kaplanMeier(0.5),
    counseling_wait_days_km_p90: kaplanMeier(0.9),
    session_minutes_avg: (events) => mean(completed(events).flatMap(({ minutes }) => minutes ?? [])),
    session_minutes_target: (events) => mean(completed(events).map(({ plannedMinutes }) => plannedMinutes)),
    satisfaction_ratings: (events) => ratings(events).length,
    satisfaction_avg: (events) => mean(ratings(events)),
  },
});

interface Waiting {
  dims: Person & { next_available_slot: string | null };
  /** Undefined for a counselor. */
  waitDays: number | undefined;
  isScheduled: boolean;
  daysToSlot: number | undefined;
  targetWait: number;
}

const waitingDays = (rows: readonly Waiting[]) => rows.flatMap(({ waitDays }) => waitDays ?? []);

/** The least or the most of some numbers; null of none. */
const extreme = (values: readonly number[], pick: (...values: number[]) => number) =>
  values.length === 0 ? null : values.reduce((a, b) => pick(a, b));

/** Who waits at T, and the counselors employed then. */
export const counselingQueue = defineOracle<Waiting>({
  view: 'counseling_queue',
  role: 'operations',
  facts(data, at) {
    const today = data.zone.day(at);
    const slots = new Map(data.counselors.map((counselor) => [counselor.id, firstFree(data, counselor, at)]));
    const common = (id: string | null) => {
      const slot = id === null ? undefined : slots.get(id);
      return {
        dims: {
          ...personOf(data, id),
          next_available_slot: slot === undefined ? null : localText(data, slot),
        },
        daysToSlot: slot === undefined ? undefined : (slot - at) / dayMicros,
        targetWait: data.counselingTarget[0]?.waitDays ?? NaN,
      };
    };
    const open = data.counseling.filter((row) => row.requestedAt <= at && endOf(row, at).kind === 'open');
    const present = data.counselors.filter(
      ({ hiredOn, leftOn }) => hiredOn <= today && (leftOn === null || leftOn >= today),
    );
    return [
      ...open.map((request) => ({
        ...common(request.counselor),
        waitDays: (at - request.requestedAt) / dayMicros,
        isScheduled: request.scheduledAt !== null,
      })),
      ...present.map(({ id }) => ({ ...common(id), waitDays: undefined, isScheduled: false })),
    ];
  },
  measures: {
    waitlist: (rows) => waitingDays(rows).length,
    waitlist_unscheduled: count((row) => row.waitDays !== undefined && !row.isScheduled),
    waiting_days_avg: (rows) => mean(waitingDays(rows)),
    waiting_days_max: (rows) => extreme(waitingDays(rows), Math.max),
    days_to_next_slot: (rows) =>
      extreme(
        rows.flatMap(({ daysToSlot }) => daysToSlot ?? []),
        Math.min,
      ),
    counseling_wait_target_days: ([row]) => row?.targetWait ?? null,
  },
});

interface CounselorWeek {
  time: Instant;
  dims: Person & { is_partial: string; is_last_full_week: string };
  booked: number;
  available: number;
  sessions: number;
  mostSessions: number;
}

const total = (weeks: readonly CounselorWeek[], amount: (week: CounselorWeek) => number) =>
  weeks.reduce((sum, week) => sum + amount(week), 0);
const different = (weeks: readonly CounselorWeek[]) => new Set(weeks.map(({ time }) => time)).size;
const ended = (weeks: readonly CounselorWeek[]) => weeks.filter(({ dims }) => dims.is_partial === 'false');

/** Each counselor's weeks. */
export const counselorWeeks = defineOracle<CounselorWeek>({
  view: 'counselor_weeks',
  role: 'operations',
  time: 'week',
  facts: (data, at) =>
    timeAtWork(data, at).map(({ counselor, week, available, booked }) => {
      const from = data.zone.midnight(week);
      const to = data.zone.midnight(week + 7);
      const sessions = data.counseling.filter(
        ({ counselor: id, startedAt, endedAt }) =>
          id === counselor.id &&
          startedAt !== null &&
          startedAt >= from &&
          startedAt < to &&
          (endedAt ?? Infinity) <= at,
      );
      return {
        time: from,
        dims: {
          ...personOf(data, counselor.id),
          is_partial: String(at < to - 1),
          is_last_full_week: String(at >= to - 1 && at < data.zone.midnight(week + 14) - 1),
        },
        booked,
        available,
        sessions: sessions.length,
        mostSessions: counselor.mostSessions,
      };
    }),
  measures: {
    booked_minutes: (weeks) => total(weeks, ({ booked }) => booked),
    available_minutes: (weeks) => total(weeks, ({ available }) => available),
    counselor_utilization: (weeks) => {
      const available = total(weeks, (week) => week.available);
      return available === 0 ? null : total(weeks, (week) => week.booked) / available;
    },
    sessions_completed: (weeks) => total(weeks, ({ sessions }) => sessions),
    sessions_per_week: (weeks) =>
      ratio(
        total(ended(weeks), ({ sessions }) => sessions),
        different(ended(weeks)),
      ),
    max_sessions_per_week: (weeks) =>
      ratio(
        total(weeks, ({ mostSessions }) => mostSessions),
        different(weeks),
      ),
  },
});

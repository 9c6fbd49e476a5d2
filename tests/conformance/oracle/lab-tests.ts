import { ratio } from '../support/decimal.ts';
import type { Order, RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { BusinessDays, countedDay, standing, timingOf } from './business-days.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle } from './oracle.ts';
import type { Lifetime } from './statistics.ts';
import { mean, percentile, survivalQuantile } from './statistics.ts';

type Duration = 'turnaround_days' | 'turnaround_hours' | 'collection_to_receipt_hours' | 'receipt_to_result_hours';

/** Something that happened to an order, on its own date. */
interface LabEvent {
  time: Instant;
  dims: Record<'lab_name', string | null>;
  kind: 'ordered' | 'sent' | 'received' | 'completed' | 'due' | 'tested';
  lifetime?: Lifetime;
  proficiency?: { samples: number; correct: number };
  isRejected?: boolean;
  isOnTime?: boolean;
  durations?: Record<Duration, number | undefined>;
  targetDays?: number;
}

const hourMicros = 3_600_000_000;
const hours = (from: Instant | null, to: Instant) => (from === null ? undefined : (to - from) / hourMicros);

const known = (of: Duration) => (events: readonly LabEvent[]) =>
  events.map((event) => event.durations?.[of]).filter((value) => value !== undefined);

const statistics = (of: Duration): Record<string, Measure<LabEvent>> => ({
  [`${of}_avg`]: (events) => mean(known(of)(events)),
  [`${of}_p50`]: (events) => percentile(known(of)(events), 0.5),
  [`${of}_p90`]: (events) => percentile(known(of)(events), 0.9),
  [`${of}_p95`]: (events) => percentile(known(of)(events), 0.95),
});

const counted = (condition: (event: LabEvent) => boolean) =>
  count(condition) as (events: readonly LabEvent[]) => number;
const received = counted((event) => event.kind === 'received');
const rejected = counted((event) => event.kind === 'received' && event.isRejected === true);
const due = counted((event) => event.kind === 'due');
const onTime = counted((event) => event.kind === 'due' && event.isOnTime === true);

/** Business days from sending to the result; without one at T, those of which it is known that they did not bring it. */
function lifetimeOf(data: RawData, order: Order, at: Instant): Lifetime | undefined {
  const timing = timingOf(data, order);
  if (!timing || order.sentAt === null || order.sentAt > at) return undefined;
  if (order.resultAt !== null && order.resultAt <= at && timing.turnaroundDays !== undefined)
    return { duration: timing.turnaroundDays, isEvent: true };
  const end = Math.min(order.cancelledAt ?? Infinity, order.rejectedAt ?? Infinity, at);
  const days = new BusinessDays(data, timing.contract.calendar);
  // The day that something at that instant counts for is not over.
  const openDay = countedDay(timing.contract, days, end);
  return { duration: days.between(timing.sentDay, openDay) - 1, isEvent: false };
}

const lifetimes = (events: readonly LabEvent[]) => events.flatMap(({ lifetime }) => lifetime ?? []);

/** What the proficiency tests add up to; undefined without any. */
function proficiency(events: readonly LabEvent[]) {
  const tests = events.flatMap((event) => event.proficiency ?? []);
  const total = (of: 'samples' | 'correct') => tests.reduce((sum, test) => sum + test[of], 0);
  return tests.length === 0 ? undefined : { samples: total('samples'), correct: total('correct') };
}

export const labTests = defineOracle<LabEvent>({
  view: 'lab_tests',
  time: 'date',
  facts(data, at) {
    const tests = data.proficiency
      .filter(({ day }) => day <= data.zone.day(at))
      .map(({ labName, day, samples, correct }): LabEvent => ({
        kind: 'tested',
        time: data.zone.midnight(day),
        dims: { lab_name: labName },
        proficiency: { samples, correct },
      }));
    const events = data.orders.flatMap((order): LabEvent[] => {
      const dims = { lab_name: order.labName };
      const events: LabEvent[] = [];
      const { orderedAt, receivedAt, resultAt, rejectedAt, collectedAt, sentAt } = order;
      if (orderedAt <= at) events.push({ kind: 'ordered', time: orderedAt, dims });
      if (receivedAt !== null && receivedAt <= at) {
        events.push({ kind: 'received', time: receivedAt, dims, isRejected: rejectedAt !== null && rejectedAt <= at });
      }
      const lifetime = lifetimeOf(data, order, at);
      if (sentAt !== null && lifetime) events.push({ kind: 'sent', time: sentAt, dims, lifetime });
      const timing = timingOf(data, order);
      if (resultAt !== null && resultAt <= at) {
        const durations = {
          turnaround_days: timing?.turnaroundDays,
          turnaround_hours: hours(sentAt, resultAt),
          collection_to_receipt_hours: receivedAt === null ? undefined : hours(collectedAt, receivedAt),
          receipt_to_result_hours: hours(receivedAt, resultAt),
        };
        events.push({
          kind: 'completed',
          time: resultAt,
          dims,
          durations,
          ...(timing?.turnaroundDays !== undefined && { targetDays: timing.contract.days }),
        });
      }
      const result = standing(order, timing, at);
      if (timing && result)
        events.push({ kind: 'due', time: data.zone.dayEnd(timing.dueDay), dims, isOnTime: result === 'on time' });
      return events;
    });
    return [...events, ...tests];
  },
  measures: {
    tests_ordered: counted((event) => event.kind === 'ordered'),
    tests_completed: counted((event) => event.kind === 'completed'),
    tests_received: received,
    tests_rejected: rejected,
    sample_rejection_rate: (events) => ratio(rejected(events), received(events)),
    tests_due: due,
    tests_on_time: onTime,
    on_time_share: (events) => ratio(onTime(events), due(events)),
    ...statistics('turnaround_days'),
    turnaround_target_days: (events) => mean(events.flatMap(({ targetDays }) => targetDays ?? [])),
    turnaround_days_km_p50: (events) => survivalQuantile(lifetimes(events), 0.5),
    turnaround_days_km_p90: (events) => survivalQuantile(lifetimes(events), 0.9),
    proficiency_samples: (events) => proficiency(events)?.samples ?? null,
    proficiency_accuracy: (events) => {
      const total = proficiency(events);
      return total ? ratio(total.correct, total.samples) : null;
    },
    ...statistics('turnaround_hours'),
    ...statistics('collection_to_receipt_hours'),
    ...statistics('receipt_to_result_hours'),
  },
});

import { ratio } from '../support/decimal.ts';
import type { Instant } from '../support/zone.ts';
import { standing, timingOf } from './business-days.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle } from './oracle.ts';
import { mean, percentile } from './statistics.ts';

type Duration = 'turnaround_days' | 'turnaround_hours' | 'collection_to_receipt_hours' | 'receipt_to_result_hours';

/** Something that happened to an order, on its own date. */
interface LabEvent {
  time: Instant;
  dims: Record<'lab_name', string | null>;
  kind: 'ordered' | 'received' | 'completed' | 'due';
  isRejected?: boolean;
  isOnTime?: boolean;
  durations?: Record<Duration, number | undefined>;
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

export const labTests = defineOracle<LabEvent>({
  view: 'lab_tests',
  time: 'date',
  facts(data, at) {
    return data.orders.flatMap((order): LabEvent[] => {
      const dims = { lab_name: order.labName };
      const events: LabEvent[] = [];
      const { orderedAt, receivedAt, resultAt, rejectedAt, collectedAt, sentAt } = order;
      if (orderedAt <= at) events.push({ kind: 'ordered', time: orderedAt, dims });
      if (receivedAt !== null && receivedAt <= at) {
        events.push({ kind: 'received', time: receivedAt, dims, isRejected: rejectedAt !== null && rejectedAt <= at });
      }
      const timing = timingOf(data, order);
      if (resultAt !== null && resultAt <= at) {
        const durations = {
          turnaround_days: timing?.turnaroundDays,
          turnaround_hours: hours(sentAt, resultAt),
          collection_to_receipt_hours: receivedAt === null ? undefined : hours(collectedAt, receivedAt),
          receipt_to_result_hours: hours(receivedAt, resultAt),
        };
        events.push({ kind: 'completed', time: resultAt, dims, durations });
      }
      const result = standing(order, timing, at);
      if (timing && result)
        events.push({ kind: 'due', time: data.zone.dayEnd(timing.dueDay), dims, isOnTime: result === 'on time' });
      return events;
    });
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
    ...statistics('turnaround_hours'),
    ...statistics('collection_to_receipt_hours'),
    ...statistics('receipt_to_result_hours'),
  },
});

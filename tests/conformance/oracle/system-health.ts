import { Fraction, ratio } from '../support/decimal.ts';
import type { HealthSample } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { dayMicros } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle } from './oracle.ts';

/** An interval that a sample was expected for, and the sample where it came. */
interface Interval {
  time: Instant;
  dims: { component: string };
  micros: number;
  sample: HealthSample | undefined;
}

/** Upper bounds of all classes but the last. */
const bounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];

/** The sample, and those that should have come between it and the next one, or T. */
function intervalsAfter(sample: HealthSample, next: HealthSample | undefined, at: Instant): Interval[] {
  const dims = { component: sample.component };
  const step = sample.seconds * 1_000_000;
  const gap = (next?.at ?? at) - sample.at;
  const own = { time: sample.at, dims, micros: next ? Math.min(step, gap) : step, sample };
  if (gap > 30 * dayMicros) return [own];
  const due = next ? Math.round(gap / step) : Math.floor(gap / step);
  const missing = Array.from({ length: Math.max(0, due - 1) }, (_, index) => ({
    time: sample.at + (index + 1) * step,
    dims,
    micros: Math.min(step, gap - (index + 1) * step),
    sample: undefined,
  }));
  return [own, ...missing];
}

const total = (intervals: readonly Interval[], amount: (interval: Interval) => number) =>
  intervals.reduce((sum, interval) => sum + amount(interval), 0);
const micros = (intervals: readonly Interval[]) => total(intervals, (interval) => interval.micros);
const up = (intervals: readonly Interval[]) => intervals.filter((interval) => interval.sample?.isUp);
const requests = (intervals: readonly Interval[]) => total(intervals, ({ sample }) => sample?.requests ?? 0);
const errors = (intervals: readonly Interval[]) => total(intervals, ({ sample }) => sample?.errors ?? 0);

/** Walks through the classes of all samples together until the share of the requests is reached. */
const percentile =
  (share: Fraction): Measure<Interval> =>
  (intervals) => {
    const counts = [...bounds, Infinity].map((_, k) => total(intervals, ({ sample }) => sample?.latencies[k] ?? 0));
    let left = Fraction.of(counts.reduce((sum, value) => sum + value, 0)).times(share);
    if (left.sign === 0) return null;
    for (const [k, inClass] of counts.entries()) {
      const lower = Fraction.of(bounds[k - 1] ?? 0);
      const upper = bounds[k];
      if (upper === undefined) return lower.toNumber();
      if (left.compare(Fraction.of(inClass)) <= 0)
        return lower.plus(left.over(Fraction.of(inClass)).times(Fraction.of(upper).minus(lower))).toNumber();
      left = left.minus(Fraction.of(inClass));
    }
    return null;
  };

/** Of each component's newest sample, the largest amount. */
const newest =
  (amount: (sample: HealthSample) => number): Measure<Interval> =>
  (intervals) => {
    const samples = intervals.flatMap(({ sample }) => sample ?? []);
    if (samples.length === 0) return null;
    const last = [...groupBy(samples, (sample) => sample.component).values()].map((own) =>
      own.reduce((a, b) => (b.at > a.at ? b : a)),
    );
    return Math.max(...last.map(amount));
  };

export const systemHealth = defineOracle<Interval>({
  view: 'system_health',
  time: 'sampled_at',
  facts(data, at) {
    const known = data.health.filter((sample) => sample.at <= at);
    return [...groupBy(known, (sample) => sample.component).values()].flatMap((samples) => {
      const ordered = samples.sort((a, b) => a.at - b.at);
      return ordered.flatMap((sample, index) => intervalsAfter(sample, ordered[index + 1], at));
    });
  },
  measures: {
    uptime: (intervals) => ratio(micros(up(intervals)), micros(intervals)),
    downtime_minutes: (intervals) => (micros(intervals) - micros(up(intervals))) / 60_000_000,
    samples_missing: count((interval) => interval.sample === undefined),
    requests,
    server_errors: errors,
    error_rate: (intervals) => ratio(errors(intervals), requests(intervals)),
    latency_p50: percentile(Fraction.of('0.5')),
    latency_p95: percentile(Fraction.of('0.95')),
    latency_p99: percentile(Fraction.of('0.99')),
    active_users: newest((sample) => sample.activeUsers),
    peak_concurrent_users: (intervals) => {
      const users = intervals.flatMap(({ sample }) => sample?.activeUsers ?? []);
      return users.length === 0 ? null : users.reduce((most, value) => Math.max(most, value), 0);
    },
    db_connections: newest((sample) => sample.connections),
    db_connections_max: newest((sample) => sample.connectionsMax),
  },
});

import { ratio } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import { dayMicros, truncate, type Day, type Instant } from '../support/zone.ts';
import { count, defineOracle, distinct, type Measure } from './oracle.ts';

interface Use {
  time: Instant;
  dims: Record<'user_name' | 'role' | 'source' | 'action' | 'view', string | null>;
  /** Of a query. */
  status?: number;
  ms?: number;
  /** Of a leader in a week. */
  hasLooked?: boolean;
}

function queriesOf(data: RawData, at: Instant): Use[] {
  return data.queries
    .filter((query) => query.at <= at)
    .map(({ at: time, user, roles, source, action, view, status, ms }) => ({
      time,
      dims: { user_name: user, role: roles[0] ?? null, source, action, view },
      status,
      ms,
    }));
}

/** Who leads in a week: those listed, or, while nobody ever was, the executives of the last 90 days. */
function leadersOf({ queries, leaders, zone }: RawData, monday: Day, at: Instant): Set<string> {
  const end = Math.min(at, zone.dayEnd(monday + 6));
  const today = zone.day(at);
  if (leaders.some(({ since }) => since <= today)) {
    const present = leaders.filter(
      ({ since, until }) => since <= Math.min(today, monday + 6) && (until === null || until >= monday),
    );
    return new Set(present.map(({ user }) => user));
  }
  const seen = queries.filter(
    (query) => query.roles.includes('executive') && query.at <= end && query.at > end - 90 * dayMicros,
  );
  return new Set(seen.map(({ user }) => user));
}

function leaderWeeks(data: RawData, at: Instant): Use[] {
  const { zone } = data;
  const asked = data.queries.filter((query) => query.at <= at);
  if (asked.length === 0) return [];
  const mondayOf = (instant: Instant) => truncate(zone.day(instant), 'week');
  const weeks: Use[] = [];
  for (let monday = Math.min(...asked.map((query) => mondayOf(query.at))); monday <= mondayOf(at); monday += 7) {
    for (const user of leadersOf(data, monday, at)) {
      const looks = asked.filter((query) => query.user === user && mondayOf(query.at) === monday && query.status < 300);
      weeks.push({
        time: zone.midnight(monday),
        dims: { user_name: user, role: null, source: null, action: null, view: null },
        hasLooked: looks.length > 0,
      });
    }
  }
  return weeks;
}

/** As Postgres does: between the two nearest. */
function percentile(share: number): Measure<Use> {
  return (rows) => {
    const sorted = rows.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b);
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
  };
}

const isLeader = (row: Use) => row.hasLooked !== undefined;
const within = (row: Use, low: number, high: number) => (row.status ?? 0) >= low && (row.status ?? 0) <= high;

export const usage = defineOracle<Use>({
  view: 'usage',
  time: 'asked_at',
  facts: (data, at) => [...queriesOf(data, at), ...leaderWeeks(data, at)],
  measures: {
    queries: count((row) => row.status !== undefined),
    queries_refused: count((row) => within(row, 400, 499)),
    queries_failed: count((row) => within(row, 500, 599)),
    users: distinct((row) => (isLeader(row) ? undefined : (row.dims.user_name ?? undefined))),
    query_ms_p50: percentile(0.5),
    query_ms_p95: percentile(0.95),
    leader_weeks: count(isLeader),
    leader_weeks_active: count((row) => row.hasLooked === true),
    dashboard_weekly_users: (rows) => ratio(rows.filter((row) => row.hasLooked).length, rows.filter(isLeader).length),
  },
});

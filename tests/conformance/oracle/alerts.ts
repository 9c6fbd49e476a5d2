import { ratio } from '../support/decimal.ts';
import type { Alert, RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle, localText } from './oracle.ts';

interface Standing {
  time: Instant;
  dims: Record<
    'severity' | 'type' | 'team' | 'entity_type' | 'entity' | 'status' | 'acknowledged_at' | 'resolved_at',
    string | null
  >;
  /** Hours to the first acknowledgement; undefined while there is none. */
  hours: number | undefined;
  isCriticalDue: boolean;
}

const hour = 3_600_000_000;

/** Plays an alert's life back up to T. */
function standingOf(data: RawData, alert: Alert, at: Instant): Standing {
  const { createdAt, acknowledgedAt, resolvedAt } = alert;
  let isResolved = false;
  let isAcknowledged = false;
  let resolvedLast: Instant | null = null;
  for (const { kind, at: when } of alert.events) {
    if (when > at) continue;
    if (kind === 'acknowledged') isAcknowledged = true;
    if (kind === 'resolved') isResolved = true;
    if (kind === 'resolved') resolvedLast = when;
    if (kind === 'reopened') isResolved = isAcknowledged = false;
  }
  // The row says how it is now, which holds from then on.
  if (resolvedAt !== null && resolvedAt <= at) {
    isResolved = true;
    resolvedLast = resolvedAt;
  }
  isAcknowledged ||= acknowledgedAt !== null && acknowledgedAt <= at;

  const taken = alert.events.filter(({ kind }) => kind === 'acknowledged').map(({ at: when }) => when);
  const first = Math.min(...taken, acknowledgedAt ?? Infinity);
  const hours = first <= at ? (first - createdAt) / hour : undefined;
  const deadline = createdAt + 2 * hour;
  const stood = at >= deadline && (resolvedAt === null || resolvedAt > deadline);
  return {
    time: createdAt,
    dims: {
      severity: alert.severity,
      type: alert.type,
      team: alert.team,
      entity_type: alert.entityType,
      entity: alert.entity,
      acknowledged_at: first <= at ? localText(data, first) : null,
      resolved_at: isResolved && resolvedLast !== null ? localText(data, resolvedLast) : null,
      status: isResolved ? 'resolved' : isAcknowledged ? 'acknowledged' : 'open',
    },
    hours,
    isCriticalDue: alert.severity === 'critical' && (hours !== undefined || stood),
  };
}

type Tally = (rows: readonly Standing[]) => number;
const due = count<Standing>((row) => row.isCriticalDue) as Tally;
const inTime = count<Standing>((row) => row.isCriticalDue && (row.hours ?? Infinity) < 2) as Tally;
const times = (rows: readonly Standing[]) => rows.flatMap(({ hours }) => hours ?? []).sort((a, b) => a - b);

const median: Measure<Standing> = (rows) => {
  const sorted = times(rows);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

export const alerts = defineOracle<Standing>({
  view: 'alerts',
  time: 'raised_at',
  facts: (data, at) =>
    data.alerts.filter(({ createdAt }) => createdAt <= at).map((alert) => standingOf(data, alert, at)),
  measures: {
    alerts_raised: (rows) => rows.length,
    alerts_open: count((row) => row.dims.status !== 'resolved'),
    alerts_unacknowledged: count((row) => row.dims.status === 'open'),
    alerts_acknowledged: count((row) => row.hours !== undefined),
    time_to_acknowledge_p50: median,
    time_to_acknowledge_avg: (rows) => {
      const known = times(rows);
      return known.length === 0 ? null : known.reduce((total, value) => total + value, 0) / known.length;
    },
    critical_alerts_due: due,
    critical_alerts_in_time: inTime,
    critical_in_time_share: (rows) => ratio(inTime(rows), due(rows)),
  },
});

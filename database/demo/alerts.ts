import { incidents } from './health.ts';
import { labs } from './plan.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { addMonths, day, hour, until } from './time.ts';
import type { World } from './world.ts';

const people = ['dana.ops', 'lee.oncall', 'sam.lab'];

interface Alert {
  at: number;
  type: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  message: string;
  entity: [string, string] | null;
  /** Hours until somebody took it, and until it was solved; null for not yet. */
  taken: number | null;
  solved: number | null;
}

function alerts(world: World, random: Random): Alert[] {
  const found: Alert[] = incidents(world).map((incident) => ({
    at: incident.from + 0.1 * hour,
    type: 'service_down',
    severity: incident.kind === 'outage' ? 'critical' : 'high',
    message: incident.kind === 'outage' ? 'Service is down' : 'Response times are far above normal',
    entity: ['component', 'web'],
    taken: random.between(0.05, 1.5),
    solved: (incident.to - incident.from) / hour + random.between(0.1, 1),
  }));
  const lab = labs[0]?.name ?? '';
  for (const [monthsAgo, severity] of [
    [3, 'medium'],
    [2, 'high'],
    [1, 'critical'],
  ] as const) {
    found.push({
      at: addMonths(world.end, -monthsAgo) + 8 * hour,
      type: 'lab_sla_breach',
      severity,
      message: `${lab}: share of orders on time is below the contract`,
      entity: ['lab_partner', String(world.labIds[0])],
      taken: monthsAgo === 1 ? null : random.between(2, 60),
      solved: monthsAgo === 3 ? 400 : null,
    });
  }
  found.push({
    at: world.end - 9 * day,
    type: 'counseling_wait',
    severity: 'high',
    message: 'Waiting time for counselling is above its target',
    entity: null,
    taken: 5,
    solved: null,
  });
  found.push({
    at: world.end - 2 * day,
    type: 'payment_failures',
    severity: 'low',
    message: 'More payments than usual failed',
    entity: null,
    taken: null,
    solved: null,
  });
  return found.filter((alert) => alert.at >= world.start);
}

/** Writes the history of alerts. */
export function writeAlerts(world: World, rows: Rows): void {
  const random = Random.fork(world.size.seed, 'public', 1);
  for (const alert of alerts(world, random)) {
    const taken = alert.taken === null ? null : until(alert.at + alert.taken * hour, world.end);
    const solved =
      alert.solved === null || taken === null
        ? null
        : until(Math.max(taken, alert.at + alert.solved * hour), world.end);
    const person = random.pick(people);
    rows.add(
      'operational_alerts',
      random.uuid(alert.at),
      alert.type,
      alert.severity,
      alert.message,
      alert.entity?.[0] ?? null,
      alert.entity?.[1] ?? null,
      solved !== null ? 'resolved' : taken !== null ? 'acknowledged' : 'open',
      taken,
      taken === null ? null : person,
      solved,
      solved === null ? null : person,
      solved === null ? null : 'Back to normal',
      alert.at,
    );
  }
}

import { HttpError } from '@fair-underwriting/http-service/src/errors.ts';
import type pg from 'pg';
import { shortened, storable } from '../text.ts';
import { readAlert } from './read.ts';
import type { Alert, AlertEvent } from './schema.ts';

/** What a person does to an alert. */
export interface Action {
  id: string;
  /** Login of the person. */
  by: string;
  note: string | undefined;
}

/** Never before what happened so far, whatever the clocks of the machines say. */
const NOW = `greatest(now(), created_at, (select max(e.at) from operational_alert_events e where e.alert_id = a.id))`;

/** Takes an alert on. @throws HttpError 404 for an unknown one, 409 when it is not open */
export function acknowledge(pool: pg.Pool, action: Action): Promise<Alert & { events: AlertEvent[] }> {
  return change(
    pool,
    action,
    'acknowledged',
    ['open'],
    [
      `update operational_alerts a set status = 'acknowledged', acknowledged_at = ${NOW}, acknowledged_by = $2
     where id = $1 and status = 'open'
     returning id, acknowledged_at as at`,
      `insert into operational_alert_events (alert_id, at, kind, actor, note)
     select id, at, 'acknowledged', $2, $3 from changed`,
    ],
  );
}

/**
 * Ends an alert; one that nobody took on is acknowledged with it. While its rule goes on firing, Grafana's next
 * notification opens it again.
 * @throws HttpError 404 for an unknown one, 409 when it is resolved already
 */
export function resolve(pool: pg.Pool, action: Action): Promise<Alert & { events: AlertEvent[] }> {
  return change(
    pool,
    action,
    'resolved',
    ['open', 'acknowledged'],
    [
      `update operational_alerts a
     set status = 'resolved', resolved_at = ${NOW}, resolved_by = $2, resolution_notes = $3,
       acknowledged_at = coalesce(acknowledged_at, ${NOW}), acknowledged_by = coalesce(acknowledged_by, $2)
     from (select id, status as before from operational_alerts where id = $1 and status <> 'resolved' for update) b
     where a.id = b.id
     returning a.id, b.before, a.resolved_at as at`,
      `insert into operational_alert_events (alert_id, at, kind, actor, note)
     select id, at, kind, $2, case kind when 'resolved' then $3 end
     from changed cross join (values (1, 'acknowledged'), (2, 'resolved')) as event (place, kind)
     where kind = 'resolved' or before = 'open' order by place`,
    ],
  );
}

/** Adds a note, whatever the state. @throws HttpError 404 for an unknown alert */
export function addNote(pool: pg.Pool, action: Action): Promise<Alert & { events: AlertEvent[] }> {
  return change(
    pool,
    action,
    'noted',
    [],
    [
      `select id, ${NOW} as at from operational_alerts a where id = $1`,
      `insert into operational_alert_events (alert_id, at, kind, actor, note) select id, at, 'noted', $2, $3 from changed`,
    ],
  );
}

/** One statement: the change and its record happen together or not at all. */
async function change(
  pool: pg.Pool,
  { id, by, note }: Action,
  wanted: string,
  from: string[],
  [update, record]: [string, string],
): Promise<Alert & { events: AlertEvent[] }> {
  const actor = shortened(storable(by), 255);
  const { rowCount } = await pool.query(`with changed as (${update}) ${record}`, [id, actor, note?.trim() ?? null]);
  const alert = await readAlert(pool, id);
  if (rowCount === 0) {
    throw new HttpError(409, `The alert is ${alert.status}: only one that is ${from.join(' or ')} can be ${wanted}.`, {
      field: 'status',
    });
  }
  return alert;
}

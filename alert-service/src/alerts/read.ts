import { HttpError } from '@fair-underwriting/http-service/src/errors.ts';
import type pg from 'pg';
import type { Alert, AlertEvent } from './schema.ts';

export interface Page {
  statuses: string[] | undefined;
  severities: string[] | undefined;
  limit: number;
  cursor: string | undefined;
}

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = `
  id, fingerprint, coalesce(title, type) as title, message as summary, severity, status, type, team,
  affected_entity_type as "entityType", affected_entity_id as "entityId", value, threshold,
  ${instant('created_at')} as "firedAt", ${instant('ended_at')} as "endedAt",
  ${instant('acknowledged_at')} as "acknowledgedAt", acknowledged_by as "acknowledgedBy",
  ${instant('resolved_at')} as "resolvedAt", resolved_by as "resolvedBy", reopened_count as "reopenedCount",
  runbook_url as "runbookUrl", dashboard_url as "dashboardUrl"`;

/** The newest alerts first, from the cursor on. */
export async function listAlerts(pool: pg.Pool, page: Page): Promise<{ alerts: Alert[]; nextCursor: string | null }> {
  const from = page.cursor === undefined ? undefined : readCursor(page.cursor);
  const { rows } = await pool.query<Alert & { micros: string }>(
    `select ${COLUMNS}, (extract(epoch from created_at) * 1000000)::bigint::text as micros
     from operational_alerts
     where ($1::text[] is null or status = any($1)) and ($2::text[] is null or severity = any($2))
       and ($3::bigint is null or (created_at, id) < (to_timestamp(0) + $3 * interval '1 microsecond', $4::uuid))
     order by created_at desc, id desc
     limit $5`,
    [page.statuses ?? null, page.severities ?? null, from?.micros ?? null, from?.id ?? null, page.limit + 1],
  );
  const alerts = rows.slice(0, page.limit);
  const last = alerts.at(-1);
  const nextCursor = rows.length > page.limit && last ? writeCursor(last.micros, last.id) : null;
  return { alerts, nextCursor };
}

/** @throws HttpError 404 when there is no such alert */
export async function readAlert(pool: pg.Pool | pg.PoolClient, id: string): Promise<Alert & { events: AlertEvent[] }> {
  const { rows } = await pool.query<Alert & { events: AlertEvent[] }>(
    `select ${COLUMNS}, coalesce((
         select json_agg(json_build_object('at', ${instant('e.at')}, 'kind', e.kind, 'by', e.actor, 'note', e.note) order by e.id)
         from operational_alert_events e where e.alert_id = a.id
       ), '[]') as events
     from operational_alerts a where id = $1`,
    [id],
  );
  const [alert] = rows;
  if (!alert) throw new HttpError(404, 'There is no alert with this id.', { field: 'params/id' });
  return alert;
}

/** The same without who acted and what they wrote, for roles that may not act on alerts. */
export function withoutPeople<T extends Alert & { events?: AlertEvent[] }>(alert: T): T {
  const events = alert.events?.map((event) => ({ ...event, by: null, note: null }));
  return { ...alert, acknowledgedBy: null, resolvedBy: null, ...(events && { events }) };
}

function writeCursor(micros: string, id: string): string {
  return Buffer.from(`${micros} ${id}`).toString('base64url');
}

function readCursor(cursor: string): { micros: string; id: string } {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, micros, id] = /^(-?\d{1,17}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text) ?? [];
  if (micros === undefined || id === undefined) {
    const field = 'querystring/cursor';
    throw new HttpError(400, `${field} must be the nextCursor of an earlier page.`, { field });
  }
  return { micros, id };
}

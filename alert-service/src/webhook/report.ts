import { HttpError } from '@fair-underwriting/http-service/src/errors.ts';
import { shortened, storable } from '../text.ts';
import type { GrafanaAlert } from './payload.ts';

/** What a rule says about one firing, as the database takes it in (`apply_alert_reports`). Instants are ISO 8601, UTC. */
export interface AlertReport {
  fingerprint: string;
  startedAt: string;
  endedAt: string | null;
  isFiring: boolean;
  receivedAt: string;
  type: string;
  severity: Severity;
  title: string;
  message: string;
  team: string | null;
  entityType: string | null;
  entityId: string | null;
  value: number | null;
  threshold: number | null;
  runbookUrl: string | null;
  dashboardUrl: string | null;
}

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** A rule that does not say how bad it is must not be overlooked. */
const UNSAID: Severity = 'high';

/** Labels of our rules' series that name the thing an alert is about, by kind of thing. */
export const entityLabels: Record<string, string> = {
  lab_partner: 'lab_name',
  counselor: 'counselor_id',
  payer: 'payer',
  component: 'component',
  channel: 'channel',
  campaign: 'campaign',
  table: 'table_name',
  job: 'job',
  feature: 'feature',
  reconciliation: 'check_name',
};

const earliest = Date.UTC(2000, 0, 1);
const day = 86_400_000;

/**
 * Turns an alert of the webhook into a report. Labels `severity`, `team`, `type` and `entity` (kind of thing; its name
 * is in the series' own label, or in `entity_id`); annotations `summary`, `value`, `threshold`, `runbook_url`.
 * @param now when it was received, milliseconds since 1970
 * @param field where the alert lies in the request
 * @throws HttpError 400 for instants that no rule can have seen
 */
export function reportOf(alert: GrafanaAlert, now: number, field: string): AlertReport {
  const { labels, annotations = {} } = alert;
  const isFiring = alert.status === 'firing';
  const startedAt = instant(alert.startsAt, `${field}/startsAt`, now);
  const about = unjudged(labels, annotations);
  const title = about?.title ?? text(labels['alertname'], 300) ?? 'Alert without a name';
  const entityType = text(labels['entity'], 50) ?? kindOfEntity(labels);
  return {
    fingerprint: storable(alert.fingerprint),
    startedAt: new Date(startedAt).toISOString(),
    endedAt: isFiring ? null : new Date(endOf(alert, `${field}/endsAt`, startedAt, now)).toISOString(),
    isFiring,
    receivedAt: new Date(now).toISOString(),
    type: text(labels['type'], 50) ?? slug(title),
    severity: severities.find((known) => known === labels['severity']) ?? UNSAID,
    title,
    message: about?.message ?? text(annotations['summary'], 2_000) ?? text(annotations['description'], 2_000) ?? title,
    team: text(labels['team'], 100),
    entityType,
    entityId: text(labels['entity_id'] ?? labels[entityLabels[entityType ?? ''] ?? ''], 255),
    value: number(annotations['value']),
    threshold: number(annotations['threshold']),
    runbookUrl: text(annotations['runbook_url'], 2_000),
    dashboardUrl: text(alert.panelURL, 2_000) ?? text(alert.dashboardURL, 2_000),
  };
}

/**
 * What Grafana raises in place of a rule that it cannot judge. The rule's own summary is of no use then: its figures are
 * missing.
 */
function unjudged(
  labels: Record<string, string>,
  annotations: Record<string, string>,
): { title: string; message: string } | undefined {
  const rule = text(labels['rulename'], 200) ?? 'A rule';
  switch (labels['alertname']) {
    case 'DatasourceError':
      return {
        title: `${rule}: cannot be judged`,
        message: text(annotations['Error'], 2_000) ?? 'Its queries failed.',
      };
    case 'DatasourceNoData':
      return { title: `${rule}: no data`, message: 'Its queries brought no rows.' };
    default:
      return undefined;
  }
}

function instant(value: string, field: string, now: number): number {
  const time = Date.parse(value);
  if (Number.isNaN(time) || time < earliest || time > now + day) {
    throw new HttpError(400, `${field} must lie between the year 2000 and now.`, { field });
  }
  return time;
}

/** Grafana's end, which never lies before the start; the receipt when none was sent. */
function endOf({ endsAt }: GrafanaAlert, field: string, startedAt: number, now: number): number {
  // Go's zero time stands for none.
  if (endsAt === undefined || endsAt.startsWith('0001-')) return Math.max(now, startedAt);
  return Math.max(instant(endsAt, field, now), startedAt);
}

function kindOfEntity(labels: Record<string, string>): string | null {
  return Object.keys(entityLabels).find((kind) => labels[entityLabels[kind] ?? ''] !== undefined) ?? null;
}

function text(value: string | undefined, longest: number): string | null {
  const trimmed = storable(value ?? '').trim();
  return trimmed === '' ? null : shortened(trimmed, longest);
}

function number(value: string | undefined): number | null {
  const trimmed = value?.trim() ?? '';
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : null;
}

function slug(title: string): string {
  return (
    title
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('_')
      .slice(0, 50) ?? 'alert'
  );
}

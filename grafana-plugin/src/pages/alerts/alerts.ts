import { t } from '../../i18n/t';
import { callService } from '../shared/request';

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export const statuses = ['open', 'acknowledged', 'resolved'] as const;
export type Severity = (typeof severities)[number];
export type Status = (typeof statuses)[number];

/** An alert as the alert service tells it. Times are ISO 8601. */
export interface Alert {
  id: string;
  title: string;
  summary: string | null;
  severity: Severity;
  status: Status;
  entityType: string | null;
  entityId: string | null;
  value: number | null;
  threshold: number | null;
  firedAt: string;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
  reopenedCount: number;
  runbookUrl: string | null;
  dashboardUrl: string | null;
}

export interface AlertEvent {
  at: string;
  kind: string;
  by: string | null;
  note: string | null;
}

export type AlertWithEvents = Alert & { events: AlertEvent[] };

export interface AlertList {
  alerts: Alert[];
  nextCursor: string | null;
}

export interface AlertFilter {
  status: Status | 'all';
  severity: Severity | 'all';
}

const pageSize = 50;

export function listAlerts(uid: string, { status, severity }: AlertFilter, cursor?: string): Promise<AlertList> {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (status !== 'all') {
    query.set('status', status);
  }
  if (severity !== 'all') {
    query.set('severity', severity);
  }
  if (cursor !== undefined) {
    query.set('cursor', cursor);
  }
  return callService<AlertList>(uid, 'alerts', `/v1/alerts?${query.toString()}`);
}

export function fetchAlert(uid: string, id: string): Promise<AlertWithEvents> {
  return callService<AlertWithEvents>(uid, 'alerts', `/v1/alerts/${encodeURIComponent(id)}`);
}

export type Action = 'acknowledge' | 'resolve' | 'notes';

export function act(uid: string, id: string, action: Action, note: string): Promise<unknown> {
  const body = note.trim() === '' ? {} : { note: note.trim() };
  return callService(uid, 'alerts', `/v1/alerts/${encodeURIComponent(id)}/${action}`, { method: 'POST', body });
}

/** What can be done next. */
export function actionsOf(status: Status): Action[] {
  return status === 'open'
    ? ['acknowledge', 'resolve', 'notes']
    : status === 'acknowledged'
      ? ['resolve', 'notes']
      : ['notes'];
}

/** Only addresses that a click may follow: a label of an alert rule is written by anybody. */
export function safeLink(url: string | null): string | undefined {
  if (url === null) {
    return undefined;
  }
  return /^https?:\/\//i.test(url) || /^\/(?![/\\])/.test(url) ? url : undefined;
}

export function severityText(severity: Severity): string {
  const texts: Record<Severity, string> = {
    critical: t('alerts.critical', 'Critical'),
    high: t('alerts.high', 'High'),
    medium: t('alerts.medium', 'Medium'),
    low: t('alerts.low', 'Low'),
  };
  return texts[severity] ?? severity;
}

export function statusText(status: Status): string {
  const texts: Record<Status, string> = {
    open: t('alerts.open', 'Open'),
    acknowledged: t('alerts.acknowledged', 'Acknowledged'),
    resolved: t('alerts.resolved', 'Resolved'),
  };
  return texts[status] ?? status;
}

import { sign } from '@fair-underwriting/alert-service/src/webhook/authenticate.ts';
import type { Answer, Listening } from '@fair-underwriting/http-service/test-support/listen.ts';

export const keys = {
  secret: 'the webhook secret of these tests only',
  token: 'the webhook token of these tests, only',
};

/** An alert of Grafana's webhook. */
export interface Notified {
  status: 'firing' | 'resolved';
  fingerprint: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
}

const start = Date.UTC(2026, 2, 1);

/** The nth firing of a thing, an hour after the one before; `resolved` tells of its end, half an hour later. */
export function notified(thing: string, nth = 1, status: Notified['status'] = 'firing'): Notified {
  const startsAt = start + nth * 3_600_000;
  return {
    status,
    fingerprint: `fingerprint-${thing}`,
    labels: { alertname: 'Lab misses its service level', severity: 'critical', team: 'operations', lab_name: thing },
    annotations: { summary: `${thing} is late.`, value: '0.8', threshold: '0.95' },
    startsAt: new Date(startsAt).toISOString(),
    endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : new Date(startsAt + 1_800_000).toISOString(),
  };
}

/** Sends a notification as Grafana does. */
export function notify(service: Listening, alerts: unknown, headers?: Record<string, string>): Promise<Answer> {
  const body = JSON.stringify({ receiver: 'alert-service', status: 'firing', alerts, version: '1' });
  return service.call('POST', '/v1/webhooks/grafana', { body, headers: { ...signed(body), ...headers } });
}

/** The headers that Grafana proves itself with. */
export function signed(body: string, seconds = Math.floor(Date.now() / 1_000)): Record<string, string> {
  return {
    authorization: `Bearer ${keys.token}`,
    'x-grafana-alerting-timestamp': String(seconds),
    'x-grafana-alerting-signature': sign(keys.secret, String(seconds), body),
  };
}

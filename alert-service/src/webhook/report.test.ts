import { describe, expect, test } from '@jest/globals';
import type { GrafanaAlert } from './payload.ts';
import { reportOf } from './report.ts';

const now = Date.UTC(2026, 10, 24, 12);
const alert = (more: Partial<GrafanaAlert> = {}): GrafanaAlert => ({
  status: 'firing',
  fingerprint: 'f1',
  labels: {
    alertname: 'Lab misses its service level',
    severity: 'critical',
    team: 'operations',
    lab_name: 'North Lab',
  },
  annotations: {
    summary: 'North Lab delivered 80% on time.',
    runbook_url: 'docs/runbooks/lab-sla-breach.md',
    value: '0.8',
    threshold: '0.95',
  },
  startsAt: '2026-11-24T11:59:10.123456789Z',
  endsAt: '0001-01-01T00:00:00Z',
  dashboardURL: 'http://grafana/d/x',
  panelURL: 'http://grafana/d/x?viewPanel=10',
  ...more,
});
const report = (more: Partial<GrafanaAlert> = {}) => reportOf(alert(more), now, 'body/alerts/0');

describe('a report', () => {
  test('says all that the notification tells', () => {
    expect(report()).toEqual({
      fingerprint: 'f1',
      startedAt: '2026-11-24T11:59:10.123Z',
      endedAt: null,
      isFiring: true,
      receivedAt: '2026-11-24T12:00:00.000Z',
      type: 'lab_misses_its_service_level',
      severity: 'critical',
      title: 'Lab misses its service level',
      message: 'North Lab delivered 80% on time.',
      team: 'operations',
      entityType: 'lab_partner',
      entityId: 'North Lab',
      value: 0.8,
      threshold: 0.95,
      runbookUrl: 'docs/runbooks/lab-sla-breach.md',
      dashboardUrl: 'http://grafana/d/x?viewPanel=10',
    });
  });

  test('of an end has it, never before the start, and the receipt where none was sent', () => {
    const end = (endsAt?: string) => report({ status: 'resolved', ...(endsAt !== undefined && { endsAt }) }).endedAt;
    expect(end('2026-11-24T13:59:30+02:00')).toBe('2026-11-24T11:59:30.000Z');
    expect(end('2026-11-24T11:00:00Z')).toBe('2026-11-24T11:59:10.123Z');
    expect(end('0001-01-01T00:00:00Z')).toBe('2026-11-24T12:00:00.000Z');
  });

  test('of a rule that says little is not lost and not belittled', () => {
    expect(report({ labels: { severity: 'sev1' }, annotations: { value: 'NaN', threshold: '' } })).toMatchObject({
      severity: 'high',
      title: 'Alert without a name',
      message: 'Alert without a name',
      type: 'alert_without_a_name',
      team: null,
      entityType: null,
      entityId: null,
      value: null,
      threshold: null,
      runbookUrl: null,
    });
  });

  test('of a rule that Grafana could not judge names it, and what went wrong', () => {
    const labels = {
      alertname: 'DatasourceError',
      rulename: 'Requests fail',
      severity: 'critical',
      entity: 'component',
    };
    const annotations = { summary: 'NaN% of the requests to  failed.', Error: 'Cube does not answer.', value: 'NaN' };
    expect(report({ labels, annotations })).toMatchObject({
      severity: 'critical',
      title: 'Requests fail: cannot be judged',
      message: 'Cube does not answer.',
      type: 'requests_fail_cannot_be_judged',
      entityType: 'component',
      entityId: null,
      value: null,
    });
    expect(report({ labels: { alertname: 'DatasourceNoData', rulename: 'Requests fail' } })).toMatchObject({
      title: 'Requests fail: no data',
      message: 'Its queries brought no rows.',
    });
  });

  test('takes kind and name of the thing concerned from labels of their own', () => {
    const labels = { type: 'sla_breach', entity: 'component', component: 'web' };
    expect(report({ labels })).toMatchObject({ type: 'sla_breach', entityType: 'component', entityId: 'web' });
    const named = { entity: 'courier', entity_id: 'c-7', lab_name: 'North Lab' };
    expect(report({ labels: named })).toMatchObject({ entityType: 'courier', entityId: 'c-7' });
  });

  test('keeps texts as the database can: no NUL, no half pairs, so many characters', () => {
    const summary = `a\0b\ud800${'😀'.repeat(3_000)}`;
    expect(report({ annotations: { summary } }).message).toBe(`a\ufffdb\ufffd${'😀'.repeat(1_996)}`);
  });

  test.each(['1999-12-31T23:59:59Z', '2026-11-25T12:00:01Z'])('of %s is refused, with the field', (startsAt) => {
    expect(() => report({ startsAt })).toThrow('body/alerts/0/startsAt must lie between');
  });
});

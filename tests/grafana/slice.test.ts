import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert } from '@fair-underwriting/alert-service/src/alerts/schema.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { PanelQuery } from './support/api.ts';
import { missing, startSlice, type Slice } from './support/slice.ts';

const reason = missing();
if (reason !== undefined) console.warn(`The tests with a real Grafana are left out: ${reason}.`);

const base = { kind: 'view', version: 1, dimensions: [], filters: [], segments: [], order: [], format: 'table' };

const mrr: PanelQuery = {
  ...base,
  view: 'revenue',
  measures: ['revenue.mrr'],
  timeDimension: { dimension: 'revenue.as_of' },
};

const turnaround: PanelQuery = {
  ...base,
  view: 'lab_tests',
  measures: ['lab_tests.turnaround_days_p50'],
  dimensions: ['lab_tests.lab_name'],
  timeDimension: { dimension: 'lab_tests.date', granularity: 'month' },
  format: 'time_series',
};

const labs: PanelQuery = {
  ...base,
  view: 'lab_sla',
  measures: ['lab_sla.sla_breach', 'lab_sla.sla_compliance'],
  dimensions: ['lab_sla.lab_name'],
  timeDimension: { dimension: 'lab_sla.as_of' },
};

const aboveZero: PanelQuery = {
  datasource: { type: '__expr__', uid: '__expr__' },
  type: 'threshold',
  expression: 'A',
  conditions: [{ evaluator: { type: 'gt', params: [0] } }],
};

/** What Grafana's own pages send with expressions. */
const fromExpression = { 'X-Grafana-From-Expr': 'true' };

(reason === undefined ? describe : describe.skip)('the slice from Postgres to an alert', () => {
  let slice: Slice;
  let stop = () => Promise.resolve();
  beforeAll(async () => {
    slice = await startSlice();
    stop = () => slice.stop();
  }, 180_000);
  afterAll(() => stop(), 60_000);

  test('the provisioned data source is healthy, for a viewer too', async () => {
    const viewer = await slice.admin.as('Viewer');
    for (const user of [slice.admin, viewer]) {
      const health = await user.call<{ status: string; message: string }>('GET', 'datasources/uid/fua-cube/health');
      expect(health).toMatchObject({ status: 'OK', message: expect.stringMatching(/offers \d+ views/) });
    }
    expect(slice.cube.callers.map(({ sub, roles }) => [sub, roles])).toEqual(
      expect.arrayContaining([
        ['admin', ['executive']],
        ['test-viewer', ['analyst']],
      ]),
    );
  }, 30_000);

  test('a figure comes as a typed number with title, unit and description', async () => {
    const { A } = await slice.admin.query([mrr]);
    const [frame] = A?.frames ?? [];
    expect(frame?.schema.meta).toMatchObject({ type: 'numeric-long', typeVersion: [0, 1] });
    expect(frame?.schema.fields[0]).toMatchObject({
      name: 'mrr',
      type: 'number',
      config: { displayNameFromDS: 'MRR', unit: 'currencyUSD' },
    });
    expect(frame?.data.values[0]?.[0]).toBeGreaterThan(1_000);
  }, 60_000);

  test('a time series has its time and one labelled frame for each lab', async () => {
    const { A } = await slice.admin.query([turnaround]);
    const frames = A?.frames ?? [];
    expect(frames.length).toBeGreaterThan(1);
    for (const { schema, data } of frames) {
      expect(schema.meta?.type).toBe('timeseries-multi');
      expect(schema.fields.map(({ type }) => type)).toEqual(['time', 'number']);
      expect(schema.fields[1]?.labels?.['lab_name']).toMatch(/\w/);
      const times = data.values[0] as number[];
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  }, 60_000);

  test('an editor is told apart, and the header of alerting opens nothing for a person', async () => {
    const editor = await slice.admin.as('Editor');
    const before = slice.cube.callers.length;
    await editor.query([mrr], { FromAlert: 'true' });
    const calls = slice.cube.callers.slice(before).filter(({ sub }) => sub === 'test-editor');
    expect(calls.length).toBeGreaterThan(0);
    for (const { roles, lifetime } of calls) {
      expect(roles).toEqual(['analyst', 'operations']);
      expect(lifetime).toBeLessThanOrEqual(60);
    }
    expect(slice.cube.refused).toEqual([]);
  }, 60_000);

  test('expressions read two measures of a table beside each other', async () => {
    const { B } = await slice.admin.query([labs, aboveZero], fromExpression);
    expect(B?.error).toBeUndefined();
    const labels = B?.frames.flatMap(({ schema }) => schema.fields.map((field) => field.labels)) ?? [];
    expect(new Set(labels.map((set) => set?.['measure']))).toEqual(new Set(['sla_breach', 'sla_compliance']));
    expect(new Set(labels.map((set) => set?.['lab_name'])).size).toBeGreaterThan(1);
  }, 60_000);

  test('a figure that is undefined stays so in an expression: no data, not "all is well"', async () => {
    const nobody: PanelQuery = {
      ...mrr,
      measures: ['revenue.arpa'],
      filters: [{ member: 'revenue.state', operator: 'equals', values: ['nowhere'] }],
    };
    const { B } = await slice.admin.query([nobody, aboveZero], fromExpression);
    expect(B?.error).toBeUndefined();
    expect(B?.frames.map(({ data }) => data.values)).toEqual([[[null]]]);
  }, 60_000);

  test('the failing lab raises the alert, which reaches the webhook with figures in words', async () => {
    const { A } = await slice.admin.query([labs]);
    const [names = [], breaches = [], shares = []] = A?.frames[0]?.data.values ?? [];
    const row = breaches.indexOf(1);
    expect(row).toBeGreaterThanOrEqual(0);

    const alert = await slice.webhook.firing('lab_name', String(names[row]), 150_000);
    expect(alert.labels).toMatchObject({ severity: 'high', team: 'operations' });
    expect(alert.annotations['summary']).toContain(`${String(names[row])} delivered`);
    expect(alert.annotations['runbook_url']).toBe('docs/runbooks/lab-sla-breach.md');
    expect(alert.panelURL).toContain('/d/fua-executive-kpis?');
    expect(alert.values['compliance']).toBeCloseTo(Number(shares[row]), 10);

    const alerting = slice.cube.callers.filter(({ sub }) => sub === 'grafana-alerting');
    expect(alerting.length).toBeGreaterThan(0);
    for (const { roles } of alerting) expect(roles).toEqual(['on_call']);
  }, 200_000);

  test('the alert is kept, taken on by a person, and resolved when the lab delivers', async () => {
    const firing = await slice.webhook.firing('alertname', 'Lab misses its service level', 150_000);
    const lab = firing.labels['lab_name'] ?? '';
    const raised = await keptAlert(slice, lab, ({ status }) => status === 'open');
    expect(raised).toMatchObject({
      type: 'sla_breach',
      severity: 'high',
      team: 'operations',
      entityType: 'lab_partner',
      summary: firing.annotations['summary'],
      runbookUrl: 'docs/runbooks/lab-sla-breach.md',
    });
    expect(raised.value).toBeCloseTo(firing.values['compliance'] ?? Number.NaN, 10);
    expect(raised.threshold).toBeCloseTo(firing.values['target'] ?? Number.NaN, 10);
    expect(raised.dashboardUrl).toContain('/d/fua-executive-kpis?');

    const path = `/v1/alerts/${raised.id}/acknowledge`;
    const taken = await slice.alerts.call('POST', path, { token: slice.token('on_call'), body: { note: 'Calling.' } });
    expect([taken.status, taken.body]).toMatchObject([
      200,
      { status: 'acknowledged', acknowledgedBy: 'on_call-person' },
    ]);

    const client = new pg.Client({ connectionString: slice.databaseUrl });
    await client.connect();
    await client.query('update lab_contracts set sla_share = 0.01').finally(() => client.end());
    const ended = await keptAlert(slice, lab, ({ status }) => status === 'resolved');
    expect(ended).toMatchObject({
      id: raised.id,
      acknowledgedBy: 'on_call-person',
      resolvedBy: null,
      reopenedCount: 0,
    });
    expect(ended.endedAt).not.toBeNull();
  }, 400_000);
});

/** Waits for an alert on a lab that is as wished. */
async function keptAlert(slice: Slice, lab: string, isAsWished: (alert: Alert) => boolean): Promise<Alert> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const { body } = await slice.alerts.call('GET', '/v1/alerts', { token: slice.token('operations') });
    const found = (body as { alerts: Alert[] }).alerts.find((alert) => alert.entityId === lab && isAsWished(alert));
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`No alert on ${lab} became what it should.`);
    await sleep(500);
  }
}

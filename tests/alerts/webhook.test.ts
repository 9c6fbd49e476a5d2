import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { notified, notify, signed } from './support/grafana.ts';
import { TestAlerts } from './support/service.ts';

jest.setTimeout(120_000);

let alerts: TestAlerts;
beforeAll(async () => {
  alerts = await TestAlerts.start({ queueBytes: 9_000_000 });
});
afterAll(() => alerts.stop());

const send = (body: string, headers: Record<string, string> = signed(body)) =>
  alerts.service.call('POST', '/v1/webhooks/grafana', { body, headers });
const valid = JSON.stringify({ alerts: [notified('North Lab')] });

describe('a sender that is not Grafana', () => {
  const without = (name: string) => Object.fromEntries(Object.entries(signed(valid)).filter(([key]) => key !== name));
  const seconds = Math.floor(Date.now() / 1_000);

  test.each([
    ['without a token', without('authorization'), 'bearer token'],
    ['with a wrong token', { ...signed(valid), authorization: 'Bearer x' }, 'bearer token'],
    ['without a signature', without('x-grafana-alerting-signature'), 'must be signed'],
    ['without a time', without('x-grafana-alerting-timestamp'), 'must be signed'],
    ['with a signature of another body', signed('{}'), 'signature of the webhook is wrong'],
    ['with a recording of ten minutes ago', signed(valid, seconds - 600), 'compare the clocks'],
    ['from a clock far ahead', signed(valid, seconds + 600), 'compare the clocks'],
  ])('%s is refused and leaves nothing', async (_what, headers, message) => {
    const { status, body } = await send(valid, headers);
    expect([status, (body as { error: string }).error]).toEqual([401, expect.stringContaining(message)]);
    expect(await alerts.all()).toEqual([]);
  });
});

describe('a notification that Grafana would not send', () => {
  const one = (more: object) => ({ alerts: [{ ...notified('North Lab'), ...more }] });

  test.each([
    [{}, 'body/alerts'],
    [[], 'body'],
    [{ alerts: {} }, 'body/alerts'],
    [{ alerts: [7] }, 'body/alerts/0'],
    [one({ status: 'pending' }), 'body/alerts/0/status'],
    [one({ fingerprint: '' }), 'body/alerts/0/fingerprint'],
    [one({ fingerprint: undefined }), 'body/alerts/0/fingerprint'],
    [one({ labels: { severity: 1 } }), 'body/alerts/0/labels/severity'],
    [one({ startsAt: 'yesterday' }), 'body/alerts/0/startsAt'],
    [one({ startsAt: '1066-10-14T00:00:00Z' }), 'body/alerts/0/startsAt'],
    [one({ startsAt: '2999-01-01T00:00:00Z' }), 'body/alerts/0/startsAt'],
    [one({ status: 'resolved', endsAt: '2999-01-01T00:00:00Z' }), 'body/alerts/0/endsAt'],
  ])('%.60j is refused by name', async (payload, field) => {
    const { status, body } = await send(JSON.stringify(payload));
    expect([status, (body as { field: string }).field]).toEqual([400, field]);
  });

  test.each([
    ['{"alerts":', 400, 'The body is not valid JSON.'],
    ['{"__proto__":{},"alerts":[]}', 400, 'The body is not valid JSON.'],
    ['', 400, 'The body is empty: send JSON.'],
    [`"${'x'.repeat(9_000_000)}"`, 413, 'The body is larger than this service accepts.'],
  ])('%.20j is refused', async (body, status, error) => {
    const answer = await send(body);
    expect([answer.status, answer.body]).toEqual([status, { error }]);
  });

  test('one wrong alert keeps out the whole notification, so that Grafana sends it again', async () => {
    const answer = await notify(alerts.service, [notified('North Lab'), { ...notified('x'), startsAt: 'x' }]);
    expect(answer.status).toBe(400);
    expect(await alerts.all()).toEqual([]);
  });
});

test('whatever comes, signed or not, is taken in or refused, never a failure', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 400 }));
  const texts = fc.dictionary(fc.oneof(fc.constantFrom('severity', 'alertname', 'entity', 'lab_name'), text), text);
  const time = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    text,
  );
  const alert = fc.record(
    {
      status: fc.oneof(fc.constantFrom('firing', 'resolved'), text),
      fingerprint: text,
      labels: texts,
      annotations: texts,
      startsAt: fc.oneof(fc.constant('2026-03-01T00:00:00Z'), time),
      endsAt: time,
      panelURL: text,
    },
    { requiredKeys: ['status', 'fingerprint', 'labels', 'startsAt'] },
  );
  const payload = fc.oneof(fc.record({ alerts: fc.array(alert, { maxLength: 3 }) }), fc.jsonValue(), fc.object());
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(payload, fc.boolean(), async (value, isSigned) => {
      const body = JSON.stringify(value);
      const { status } = await send(body, isSigned ? signed(body) : {});
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect([202, 400, 401]).toContain(status);
    }),
    { numRuns: 3_000, seed: 26 },
  );
  expect([...statuses.keys()].sort()).toEqual([202, 400, 401]);
  await alerts.drained();
  expect(await alerts.metric('alert_reports_total{outcome="refused"}')).toBeNaN();
});

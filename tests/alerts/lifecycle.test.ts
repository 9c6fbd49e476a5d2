import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { roles } from '@fair-underwriting/cube/src/auth/roles.ts';
import { notified, notify } from './support/grafana.ts';
import { TestAlerts } from './support/service.ts';

jest.setTimeout(60_000);

let alerts: TestAlerts;
beforeAll(async () => {
  alerts = await TestAlerts.start();
});
afterAll(() => alerts.stop());
beforeEach(async () => {
  await alerts.pool.query('truncate operational_alerts cascade');
});

async function told(...notifications: Parameters<typeof notified>[]): Promise<void> {
  const answer = await notify(
    alerts.service,
    notifications.map((each) => notified(...each)),
  );
  expect([answer.status, answer.body]).toEqual([202, { accepted: notifications.length }]);
  await alerts.drained();
}
const only = async () => {
  const found = await alerts.all();
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
};
const later = () => new Promise((resolve) => setTimeout(resolve, 5));
const unknown = '00000000-0000-4000-8000-000000000000';

describe('an alert', () => {
  test('is kept once for each firing, with all that the rule says', async () => {
    await told(['North Lab'], ['South Lab']);
    await told(['North Lab'], ['North Lab', 2], ['North Lab']);
    const found = await alerts.all();
    expect(found.map(({ entityId, firedAt }) => `${entityId ?? ''} ${firedAt}`).sort()).toEqual([
      'North Lab 2026-03-01T01:00:00.000Z',
      'North Lab 2026-03-01T02:00:00.000Z',
      'South Lab 2026-03-01T01:00:00.000Z',
    ]);
    const first = found.find(({ entityId, firedAt }) => entityId === 'North Lab' && firedAt.includes('T01'));
    expect(first).toMatchObject({
      title: 'Lab misses its service level',
      type: 'lab_misses_its_service_level',
      severity: 'critical',
      status: 'open',
      team: 'operations',
      entityType: 'lab_partner',
      value: 0.8,
      threshold: 0.95,
      firedAt: '2026-03-01T01:00:00.000Z',
      endedAt: null,
      acknowledgedAt: null,
      reopenedCount: 0,
      events: [{ kind: 'raised', at: '2026-03-01T01:00:00.000Z', by: null, note: null }],
    });
  });

  test('is acknowledged, noted and resolved by people, each kept with time and words', async () => {
    await told(['North Lab']);
    const { id } = await only();
    const taken = await alerts.as('on_call', 'POST', `/v1/alerts/${id}/acknowledge`, { note: ' Calling them. ' });
    expect([taken.status, taken.body]).toMatchObject([
      200,
      { status: 'acknowledged', acknowledgedBy: 'on_call-person' },
    ]);
    await alerts.as('operations', 'POST', `/v1/alerts/${id}/notes`, { note: 'They know.' });
    const ended = await alerts.as('executive', 'POST', `/v1/alerts/${id}/resolve`);
    expect(ended.body).toMatchObject({
      status: 'resolved',
      acknowledgedBy: 'on_call-person',
      resolvedBy: 'executive-person',
      endedAt: null,
    });
    const { events } = await only();
    expect(events.map(({ kind, by, note }) => [kind, by, note])).toEqual([
      ['raised', null, null],
      ['acknowledged', 'on_call-person', 'Calling them.'],
      ['noted', 'operations-person', 'They know.'],
      ['resolved', 'executive-person', null],
    ]);
    const times = events.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  test('that somebody resolves without taking it on is acknowledged with it', async () => {
    await told(['North Lab']);
    const { id } = await only();
    await alerts.as('operations', 'POST', `/v1/alerts/${id}/resolve`, { note: 'Nothing to it.' });
    const alert = await only();
    expect(alert.acknowledgedAt).toBe(alert.resolvedAt);
    expect(alert.events.map(({ kind, note }) => [kind, note])).toEqual([
      ['raised', null],
      ['acknowledged', null],
      ['resolved', 'Nothing to it.'],
    ]);
  });

  test('ends by itself when its rule stops firing, whatever comes late', async () => {
    await told(['North Lab', 1, 'resolved']);
    await told(['North Lab', 1, 'firing'], ['North Lab', 1, 'resolved']);
    expect(await only()).toMatchObject({
      status: 'resolved',
      resolvedAt: '2026-03-01T01:30:00.000Z',
      endedAt: '2026-03-01T01:30:00.000Z',
      resolvedBy: null,
      acknowledgedAt: null,
    });
  });

  test('opens again when it was resolved and the rule fires on, and needs somebody anew', async () => {
    await told(['North Lab']);
    const { id } = await only();
    await alerts.as('operations', 'POST', `/v1/alerts/${id}/resolve`, { note: 'Fixed.' });
    await later();
    await told(['North Lab']);
    expect(await only()).toMatchObject({ status: 'open', reopenedCount: 1, acknowledgedAt: null, resolvedAt: null });
    await told(['North Lab']);
    await alerts.as('on_call', 'POST', `/v1/alerts/${id}/acknowledge`);
    await told(['North Lab', 1, 'resolved']);
    const { events, ...alert } = await only();
    expect(alert).toMatchObject({ status: 'resolved', acknowledgedBy: 'on_call-person', resolvedBy: null });
    expect(events.map(({ kind }) => kind)).toEqual([
      'raised',
      'acknowledged',
      'resolved',
      'reopened',
      'acknowledged',
      'resolved',
    ]);
  });

  test('whose rule ends after somebody resolved it stays theirs, and never opens again', async () => {
    await told(['North Lab']);
    const { id } = await only();
    await alerts.as('operations', 'POST', `/v1/alerts/${id}/resolve`);
    await later();
    await told(['North Lab', 1, 'resolved'], ['North Lab', 1, 'firing']);
    const { events, ...alert } = await only();
    expect(alert).toMatchObject({ status: 'resolved', resolvedBy: 'operations-person', reopenedCount: 0 });
    expect(alert.endedAt).toBe('2026-03-01T01:30:00.000Z');
    expect(events.at(-1)?.kind).toBe('ended');
  });
});

test('a wrong state is a conflict that says the state, an unknown alert is not found', async () => {
  await told(['North Lab']);
  const { id } = await only();
  const act = async (action: string) => {
    const { status, body } = await alerts.as('operations', 'POST', `/v1/alerts/${id}/${action}`);
    return [status, (body as { error?: string }).error];
  };
  await act('acknowledge');
  expect(await act('acknowledge')).toEqual([
    409,
    'The alert is acknowledged: only one that is open can be acknowledged.',
  ]);
  await act('resolve');
  const resolved = 'The alert is resolved: only one that is open or acknowledged can be resolved.';
  expect(await act('resolve')).toEqual([409, resolved]);
  expect((await act('acknowledge'))[0]).toBe(409);
  expect((await only()).events).toHaveLength(3);
  for (const action of ['acknowledge', 'resolve', 'notes']) {
    const answer = await alerts.as('operations', 'POST', `/v1/alerts/${unknown}/${action}`, { note: 'x' });
    expect([answer.status, answer.body]).toEqual([
      404,
      { error: 'There is no alert with this id.', field: 'params/id' },
    ]);
  }
});

test('of two who take an alert on at the same moment one gets it', async () => {
  await told(['North Lab']);
  const { id } = await only();
  const path = `/v1/alerts/${id}/acknowledge`;
  const answers = await Promise.all(
    ['operations', 'on_call', 'executive'].map((role) => alerts.as(role, 'POST', path)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect((await only()).events.map(({ kind }) => kind)).toEqual(['raised', 'acknowledged']);
});

describe('the list', () => {
  test('is paged from the newest on, without gaps and repetitions, also among equal times', async () => {
    const things = Array.from({ length: 7 }, (_, index) => `Lab ${index}`);
    await told(
      ...things.flatMap(
        (thing) =>
          [
            [thing, 1],
            [thing, 2],
          ] as [string, number][],
      ),
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const path: string = `/v1/alerts?limit=4${cursor === null ? '' : `&cursor=${cursor}`}`;
      const page = (await alerts.as('analyst', 'GET', path)).body as {
        alerts: { id: string; firedAt: string }[];
        nextCursor: string | null;
      };
      seen.push(...page.alerts.map(({ id, firedAt }) => `${firedAt} ${id}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(14);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  test('is filtered by states and severities', async () => {
    await told(['a'], ['b'], ['c', 1, 'resolved']);
    const count = async (query: string) =>
      ((await alerts.as('analyst', 'GET', `/v1/alerts?${query}`)).body as { alerts: unknown[] }).alerts.length;
    expect(await count('status=open')).toBe(2);
    expect(await count('status=open,resolved')).toBe(3);
    expect(await count('status=acknowledged')).toBe(0);
    expect(await count('severity=critical&status=resolved')).toBe(1);
    expect(await count('severity=low,medium,high')).toBe(0);
  });

  test.each([
    ['status=closed', 'querystring/status'],
    ['severity=critical,', 'querystring/severity'],
    ['limit=0', 'querystring/limit'],
    ['limit=501', 'querystring/limit'],
    ['limit=x', 'querystring/limit'],
    ['cursor=nonsense', 'querystring/cursor'],
    ['state=open', 'querystring/state'],
  ])('refuses %s by name', async (query, field) => {
    const { status, body } = await alerts.as('analyst', 'GET', `/v1/alerts?${query}`);
    expect([status, (body as { field: string }).field]).toEqual([400, field]);
  });
});

test.each([
  [{ note: '' }, 'body/note'],
  [{ note: ' \n' }, 'body/note'],
  [{ note: 'a\0b' }, 'body/note'],
  [{ note: 'x'.repeat(2_001) }, 'body/note'],
  [{ note: 7 }, 'body/note'],
  [{ note: 'x', by: 'me' }, 'body/by'],
  [{}, 'body/note'],
  ['""', 'body'],
])('the note %.40j is refused by name', async (note, field) => {
  const { status, body } = await alerts.as('operations', 'POST', `/v1/alerts/${unknown}/notes`, note);
  expect([status, (body as { field: string }).field]).toEqual([400, field]);
});

describe('roles', () => {
  const mayAct = ['executive', 'operations', 'on_call'];

  test.each(roles)('%s reads, acts and sees people as it may', async (role) => {
    await told(['North Lab']);
    const { id } = await only();
    await alerts.as('operations', 'POST', `/v1/alerts/${id}/acknowledge`, { note: 'Ada called.' });
    const list = await alerts.as(role, 'GET', '/v1/alerts');
    const one = await alerts.as(role, 'GET', `/v1/alerts/${id}`);
    const note = await alerts.as(role, 'POST', `/v1/alerts/${id}/notes`, { note: 'x' });
    const resolve = await alerts.as(role, 'POST', `/v1/alerts/${id}/resolve`);
    const acknowledge = await alerts.as(role, 'POST', `/v1/alerts/${id}/acknowledge`);
    const statuses = [list, one, note, resolve, acknowledge].map(({ status }) => status);
    expect(statuses).toEqual(
      mayAct.includes(role)
        ? [200, 200, 200, 200, 409]
        : role === 'payer'
          ? [403, 403, 403, 403, 403]
          : [200, 200, 403, 403, 403],
    );
    expect([list.text, one.text].some((text) => /operations-person|Ada/.test(text))).toBe(mayAct.includes(role));
  });

  test('nobody without a valid token gets in, and the webhook takes no token of a person', async () => {
    for (const [method, path] of [
      ['GET', '/v1/alerts'],
      ['GET', `/v1/alerts/${unknown}`],
      ['POST', `/v1/alerts/${unknown}/acknowledge`],
      ['POST', `/v1/alerts/${unknown}/resolve`],
      ['POST', `/v1/alerts/${unknown}/notes`],
    ] as const) {
      expect((await alerts.service.call(method, path)).status).toBe(401);
      expect((await alerts.service.call(method, path, { token: 'forged' })).status).toBe(401);
    }
    expect((await alerts.as('executive', 'POST', '/v1/webhooks/grafana', { alerts: [] })).status).toBe(401);
  });
});

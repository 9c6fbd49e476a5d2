import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { startCuttableProxy, type CuttableProxy } from './support/cuttable-proxy.ts';
import { notified, notify } from './support/grafana.ts';
import { TestAlerts } from './support/service.ts';

jest.setTimeout(120_000);

let alerts: TestAlerts;
let database: CuttableProxy;
beforeAll(async () => {
  alerts = await TestAlerts.start({
    queueBytes: 200_000,
    through: async (databaseUrl) => {
      const url = new URL(databaseUrl);
      database = await startCuttableProxy(Number(url.port));
      url.port = String(database.port);
      return url.href;
    },
  });
});
afterAll(async () => {
  database.mend();
  await alerts.stop();
  database.stop();
});
beforeEach(() => alerts.pool.query('truncate operational_alerts cascade'));

const things = async () => {
  const { rows } = await alerts.pool.query<{ thing: string; status: string }>(
    'select affected_entity_id as thing, status from operational_alerts order by created_at, affected_entity_id',
  );
  return rows.map(({ thing, status }) => `${thing} ${status}`);
};

test('without the database notifications are taken in, people are told to wait, and all of it arrives later', async () => {
  database.cut();
  for (const each of [notified('a'), notified('b'), notified('a', 1, 'resolved')]) {
    expect((await notify(alerts.service, [each])).status).toBe(202);
  }
  for (const [method, path] of [
    ['GET', '/v1/alerts'],
    ['POST', '/v1/alerts/00000000-0000-4000-8000-000000000000/resolve'],
  ] as const) {
    const answer = await alerts.as('operations', method, path);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(answer.body).toEqual({ error: 'The database cannot be reached: try again in a few seconds.' });
  }
  expect((await alerts.service.call('GET', '/readyz')).status).toBe(200);
  expect(await alerts.metric('alert_queue_notifications')).toBe(3);
  // What waits outlives the service, too.
  await alerts.crash();
  expect((await notify(alerts.service, [notified('c')])).status).toBe(202);
  expect(await things()).toEqual([]);
  database.mend();
  await alerts.drained();
  expect(await things()).toEqual(['a resolved', 'b open', 'c open']);
});

test('a queue that is full refuses, says so, and loses nothing of what it took', async () => {
  database.cut();
  const taken: string[] = [];
  let answer;
  for (let number = 100; ; number++) {
    answer = await notify(alerts.service, [notified(`lab ${number}`)]);
    if (answer.status !== 202) break;
    taken.push(`lab ${number} open`);
  }
  expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
    503,
    '30',
    { error: 'The queue is full. Send the notification again.' },
  ]);
  expect(taken.length).toBeGreaterThan(200);
  database.mend();
  await alerts.drained();
  expect(await things()).toEqual(taken);
  expect((await notify(alerts.service, [notified('after')])).status).toBe(202);
  await alerts.drained();
});

test('a report that the table refuses is set aside, and holds up nobody', async () => {
  await alerts.pool.query("alter table operational_alerts add constraint odd check (affected_entity_id <> 'odd')");
  try {
    database.cut();
    for (const thing of ['a', 'odd', 'b']) await notify(alerts.service, [notified(thing)]);
    database.mend();
    await alerts.drained();
    expect(await things()).toEqual(['a open', 'b open']);
    const [line = ''] = (await readFile(join(alerts.queueFolder, 'refused.jsonl'), 'utf8')).split('\n');
    const refused = JSON.parse(line) as { why: string; line: string };
    expect(refused.why).toBe('23514');
    expect(JSON.parse(refused.line)).toMatchObject([{ entityId: 'odd', isFiring: true }]);
    expect(await alerts.metric('alert_reports_total{outcome="refused"}')).toBe(1);
  } finally {
    await alerts.pool.query('alter table operational_alerts drop constraint odd');
  }
});

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { keys, notified } from './support/grafana.ts';
import { alertEnvironment, insist, runAlertService, untilReady, type AlertProcess } from './support/process.ts';

jest.setTimeout(180_000);

let postgres: TestPostgres;
let queueFolder: string;
let env: NodeJS.ProcessEnv;
const children: ChildProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  await migrate(postgres.url);
  queueFolder = await mkdtemp(join(tmpdir(), 'fua-alerts-'));
  env = await alertEnvironment(postgres.url, queueFolder);
});
afterAll(async () => {
  children.forEach((child) => child.kill('SIGKILL'));
  await postgres.stop();
  await rm(queueFolder, { recursive: true });
});

function run(more: NodeJS.ProcessEnv = {}): AlertProcess {
  const started = runAlertService({ ...env, ...more });
  children.push(started.child);
  return started;
}

test('killed again and again while alerts come in, the service loses none and doubles none', async () => {
  let running = run();
  await untilReady(running);
  const { service } = running;
  const count = 600;
  let next = 0;
  const sender = async () => {
    while (next < count) {
      const thing = `lab ${next++}`;
      await insist(service, [notified(thing)]);
      await insist(service, [notified(thing, 1, 'resolved')]);
    }
  };
  const sending = Promise.all(Array.from({ length: 8 }, sender));
  for (let kill = 0; kill < 3; kill++) {
    const seen = next;
    while (next < seen + 60) await sleep(10);
    const died = once(running.child, 'exit');
    running.child.kill('SIGKILL');
    await died;
    running = run();
    await untilReady(running);
  }
  await sending;
  const pool = new pg.Client({ connectionString: postgres.url });
  await pool.connect();
  try {
    const state = async () =>
      (
        await pool.query(
          `select count(*)::int as alerts, count(distinct fingerprint)::int as things,
             count(*) filter (where status = 'resolved')::int as resolved,
             (select count(*)::int from operational_alert_events) as events
           from operational_alerts`,
        )
      ).rows[0] as Record<string, number>;
    while ((await state())['resolved'] !== count) await sleep(50);
    expect(await state()).toEqual({ alerts: count, things: count, resolved: count, events: 2 * count });
  } finally {
    await pool.end();
  }

  // Asked to end, it ends by itself, with nothing left on disk.
  const ended = once(running.child, 'exit');
  running.child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(running.output()).not.toContain(keys.secret);
});

test('a second service on the same folder, and wrong settings, end with words', async () => {
  const first = run();
  await untilReady(first);
  const outcome = async (more: NodeJS.ProcessEnv) => {
    const { child, output } = run(more);
    const [code] = (await once(child, 'close')) as [number];
    return [code, output().trim()];
  };
  const port = String(await freePort());
  expect(await outcome({ ALERT_PORT: port })).toEqual([
    1,
    `ALERT_QUEUE_DIR is in use by process ${first.child.pid ?? 0}: each service needs its own.`,
  ]);
  expect(await outcome({ ALERT_WEBHOOK_SECRET: 'short' })).toEqual([
    1,
    'ALERT_WEBHOOK_SECRET is too short: at least 32 characters.',
  ]);
  expect(await outcome({ ALERT_WEBHOOK_SECRET: '', ALERT_WEBHOOK_TOKEN: '' })).toEqual([
    1,
    'Set ALERT_WEBHOOK_SECRET or ALERT_WEBHOOK_TOKEN, or both: Grafana shows it is Grafana.',
  ]);
  expect(await outcome({ ALERT_DATABASE_URL: 'mysql://user:hidden@host/db' })).toEqual([
    1,
    'ALERT_DATABASE_URL is not a Postgres URL such as postgres://user:password@host:5432/database.',
  ]);
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { client } from '@fair-underwriting/http-service/test-support/listen.ts';
import pg from 'pg';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { keys, notified, notify } from './support/grafana.ts';
import { tokenSecret } from './support/service.ts';

jest.setTimeout(180_000);

const root = join(import.meta.dirname, '..', '..');
let postgres: TestPostgres;
let queueFolder: string;
let env: NodeJS.ProcessEnv;
const children: ChildProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  await migrate(postgres.url);
  queueFolder = await mkdtemp(join(tmpdir(), 'fua-alerts-'));
  env = {
    ...process.env,
    ALERT_DATABASE_URL: postgres.url,
    ALERT_PORT: String(await freePort()),
    ALERT_QUEUE_DIR: queueFolder,
    ALERT_WEBHOOK_SECRET: keys.secret,
    ALERT_WEBHOOK_TOKEN: keys.token,
    CUBEJS_API_SECRET: tokenSecret,
  };
});
afterAll(async () => {
  children.forEach((child) => child.kill('SIGKILL'));
  await postgres.stop();
  await rm(queueFolder, { recursive: true });
});

function run(more: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'alert-service', 'src', 'main.ts')], {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, service: client(`http://127.0.0.1:${env['ALERT_PORT'] ?? ''}`), output: () => output };
}

async function ready({ service, output }: ReturnType<typeof run>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const status = await service.call('GET', '/readyz').then(
      ({ status: answered }) => answered,
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
  throw new Error(`The service did not start:\n${output()}`);
}

/** Sends until it is taken in, as Grafana does. */
async function insist(service: ReturnType<typeof run>['service'], alert: ReturnType<typeof notified>): Promise<void> {
  for (;;) {
    const status = await notify(service, [alert]).then(
      ({ status: answered }) => answered,
      () => 0,
    );
    if (status === 202) return;
    expect(status).toBe(0);
    await sleep(20);
  }
}

test('killed again and again while alerts come in, the service loses none and doubles none', async () => {
  let running = run();
  await ready(running);
  const { service } = running;
  const count = 600;
  let next = 0;
  const sender = async () => {
    while (next < count) {
      const thing = `lab ${next++}`;
      await insist(service, notified(thing));
      await insist(service, notified(thing, 1, 'resolved'));
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
    await ready(running);
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
  await ready(first);
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

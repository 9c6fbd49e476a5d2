import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import type { Child } from '@fair-underwriting/stack/src/child.ts';
import { startEmbedded } from '@fair-underwriting/stack/src/postgres/embedded.ts';
import { embeddedUrl, waitForServer } from '@fair-underwriting/stack/src/postgres/server.ts';
import { stopProcess } from '@fair-underwriting/stack/src/stop-process.ts';
import pg from 'pg';
import { notified } from '../alerts/support/grafana.ts';
import { alertEnvironment, insist, runAlertService, untilReady } from '../alerts/support/process.ts';
import { freePort } from '../support/postgres.ts';

export interface AlertsResult {
  /** Notifications of one alert each that were answered with 202, per second, all of them flushed to disk. */
  webhooksPerSecond: number;
  /** Alerts sent while the service and Postgres were killed in turn, and what the database holds of them. */
  sent: number;
  stored: number;
  twice: number;
}

const password = 'only-for-this-bench';

/** The alert service on a Postgres that flushes: its pace, and what `kill -9` of either leaves. */
export async function benchAlerts(seconds = 10, sent = 10_000): Promise<AlertsResult> {
  const dir = await mkdtemp(join(tmpdir(), 'fua-bench-alerts-'));
  // The account that Postgres runs as may enter.
  await chmod(dir, 0o755);
  const queueFolder = await mkdtemp(join(tmpdir(), 'fua-bench-queue-'));
  const port = await freePort();
  const { signal } = new AbortController();
  const startDatabase = async (attempts = 1): Promise<Child> => {
    try {
      const options = { dir: join(dir, 'postgres'), port, password, logsDir: join(dir, 'logs'), signal };
      const server = await startEmbedded(options);
      await waitForServer(server, port, password);
      return server;
    } catch (error) {
      // The connections of a killed server hold its memory for a moment longer.
      if (attempts === 1) throw error;
      await sleep(500);
      return startDatabase(attempts - 1);
    }
  };
  let database = await startDatabase();
  const databaseUrl = embeddedUrl(port, password);
  await migrate(databaseUrl);
  const env = await alertEnvironment(databaseUrl, queueFolder);
  let running = runAlertService(env);
  try {
    await untilReady(running);
    const { service } = running;
    let count = 0;
    const began = performance.now();
    await inParallel(32, async () => {
      while (performance.now() - began < seconds * 1_000) await insist(service, [notified(`pace ${count++}`)]);
    });
    const webhooksPerSecond = count / ((performance.now() - began) / 1_000);

    let next = 0;
    const sending = inParallel(16, async () => {
      while (next < sent) await insist(service, [notified(`kill ${next++}`)]);
    });
    for (const share of [0.2, 0.4, 0.6, 0.8]) {
      while (next < sent * share) await sleep(5);
      const died = once(running.child, 'exit');
      running.child.kill('SIGKILL');
      await died;
      running = runAlertService(env);
      await untilReady(running);
      process.kill(database.recorded.pid, 'SIGKILL');
      await database.ended;
      database = await startDatabase(20);
    }
    await sending;
    return { webhooksPerSecond, sent, ...(await settled(databaseUrl, sent)) };
  } finally {
    running.child.kill('SIGKILL');
    await stopProcess(database.recorded, 'SIGINT', 30_000);
    for (const path of [dir, queueFolder]) await rm(path, { recursive: true, force: true });
  }
}

async function inParallel(workers: number, work: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: workers }, work));
}

/** What the database holds when all is there, or when a minute brought nothing new. */
async function settled(databaseUrl: string, sent: number): Promise<{ stored: number; twice: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let quiet = 0, before = -1; ;) {
      const { rows } = await client.query<{ stored: number; twice: number }>(
        `select count(distinct fingerprint)::int as stored, count(*)::int - count(distinct fingerprint)::int as twice
         from operational_alerts where fingerprint like 'fingerprint-kill %'`,
      );
      const [{ stored, twice } = { stored: 0, twice: 0 }] = rows;
      quiet = stored === before ? quiet + 1 : 0;
      before = stored;
      if (stored >= sent || quiet > 60) return { stored, twice };
      await sleep(1_000);
    }
  } finally {
    await client.end();
  }
}

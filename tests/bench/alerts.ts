import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { notified } from '../alerts/support/grafana.ts';
import { alertEnvironment, insist, runAlertService, untilReady } from '../alerts/support/process.ts';
import { startKillablePostgres } from '../support/killable-postgres.ts';

export interface AlertsResult {
  /** Notifications of one alert each that were answered with 202, per second, all of them flushed to disk. */
  webhooksPerSecond: number;
  /** Milliseconds of processor that each of them took the service, and this process, which sends them. */
  processor: { service: number; sender: number };
  /** Those that the database does not hold afterwards. */
  lost: number;
  /** Alerts sent while the service and Postgres were killed in turn, and what the database holds of them. */
  sent: number;
  stored: number;
  twice: number;
}

/** The alert service on a Postgres that flushes: its pace, and what `kill -9` of either leaves. */
export async function benchAlerts(seconds = 10, sent = 10_000): Promise<AlertsResult> {
  const queueFolder = await mkdtemp(join(tmpdir(), 'fua-bench-queue-'));
  const postgres = await startKillablePostgres();
  const databaseUrl = postgres.url;
  await migrate(databaseUrl);
  const env = await alertEnvironment(databaseUrl, queueFolder);
  let running = runAlertService(env);
  try {
    await untilReady(running);
    const { service } = running;
    const cpu = async () => {
      const { text } = await service.call('GET', '/metrics');
      return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]) * 1_000;
    };
    let count = 0;
    const cpuBefore = await cpu();
    const ownBefore = process.cpuUsage();
    const began = performance.now();
    await inParallel(32, async () => {
      while (performance.now() - began < seconds * 1_000) await insist(service, [notified(`pace ${count++}`)]);
    });
    const webhooksPerSecond = count / ((performance.now() - began) / 1_000);
    const own = process.cpuUsage(ownBefore);
    const processor = {
      service: ((await cpu()) - cpuBefore) / count,
      sender: (own.user + own.system) / 1_000 / count,
    };
    const lost = count - (await settled(databaseUrl, 'pace', count)).stored;

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
      await postgres.kill();
      await postgres.start();
    }
    await sending;
    return { webhooksPerSecond, processor, lost, sent, ...(await settled(databaseUrl, 'kill', sent)) };
  } finally {
    running.child.kill('SIGKILL');
    await postgres.stop();
    await rm(queueFolder, { recursive: true, force: true });
  }
}

async function inParallel(workers: number, work: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: workers }, work));
}

/** What the database holds when all is there, or when a minute brought nothing new. */
async function settled(databaseUrl: string, kind: string, sent: number): Promise<{ stored: number; twice: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let quiet = 0, before = -1; ;) {
      const { rows } = await client.query<{ stored: number; twice: number }>(
        `select count(distinct fingerprint)::int as stored, count(*)::int - count(distinct fingerprint)::int as twice
         from operational_alerts where fingerprint like $1`,
        [`fingerprint-${kind} %`],
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

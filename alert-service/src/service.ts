import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApplication } from '@fair-underwriting/http-service/src/application.ts';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { Counter, Gauge, Registry } from 'prom-client';
import { applyReports, openPool } from './alerts/database.ts';
import { addAlerts } from './alerts/routes.ts';
import { Drain } from './queue/drain.ts';
import { Journal } from './queue/journal.ts';
import type { Settings } from './settings.ts';
import { addWebhook } from './webhook/routes.ts';

/**
 * The service with its queue open and draining; closing it finishes the transaction under way and leaves the rest of
 * the queue on disk. The caller sees to it that no other process has the queue's folder.
 */
export async function openService(
  settings: Omit<Settings, 'host' | 'port'>,
  logger?: FastifyServerOptions['logger'],
): Promise<FastifyInstance> {
  const journal = await Journal.open({ folder: settings.queueFolder, capacity: settings.queueBytes });
  const pool = openPool(settings.databaseUrl);
  const metrics = new Registry();
  const reports = new Counter({
    name: 'alert_reports_total',
    help: 'Reports of alert rules, by what became of them in the database.',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  const app = createApplication({
    title: 'Alert service',
    description: "Keeps what Grafana's alert rules report: open, acknowledged, resolved, by whom and when.",
    tokenSecret: settings.tokenSecret,
    metrics,
    // Not the database: what comes while that is away is taken in all the same.
    readiness: () =>
      Promise.resolve(journal.isFull ? 'The queue is full: the database has been away too long.' : undefined),
    ...(logger !== undefined && { logger }),
    routes: (service) => {
      addWebhook(service, settings.webhook, journal);
      addAlerts(service, pool);
    },
  });
  for (const [name, help, read] of [
    ['alert_queue_notifications', 'Notifications on disk that are not in the database yet.', () => journal.length],
    ['alert_queue_bytes', 'Bytes of them.', () => journal.bytes],
  ] as const) {
    new Gauge({ name, help, registers: [metrics], collect: gaugeOf(read) });
  }
  const drain = new Drain({
    journal,
    apply: (batch) => applyReports(pool, batch),
    applied: (outcomes) => outcomes.forEach((outcome) => reports.inc({ outcome })),
    reject: async (line, why) => {
      reports.inc({ outcome: 'refused' });
      const kept = JSON.stringify({ at: new Date().toISOString(), why, line });
      await appendFile(join(settings.queueFolder, 'refused.jsonl'), `${kept}\n`, { mode: 0o600, flush: true });
    },
    log: app.log,
  });
  app.addHook('onClose', async () => {
    await drain.stop();
    await journal.close();
    await pool.end();
  });
  return app;
}

function gaugeOf(read: () => number) {
  return function (this: Gauge): void {
    this.set(read());
  };
}

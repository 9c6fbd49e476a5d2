// Runs the nightly jobs: at the start, every day at JOBS_AT (UTC), and those that failed again after a while.
// Tells at /readyz whether all of them succeeded, and at /metrics when.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { SettingError } from '@fair-underwriting/cube/src/environment.ts';
import { readJobSettings } from './job-settings.ts';
import { Schedule, untilNext } from './schedule.ts';

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
const { signal } = stopping;

try {
  await main();
} catch (error) {
  console.error(error instanceof SettingError ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const settings = readJobSettings(process.env);
  const schedule = new Schedule(settings.jobs);
  const server = createServer(
    (request, response) =>
      void answer(request.url).then(
        ({ status, type = 'text/plain', body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.writeHead(500).end(),
      ),
  );
  async function answer(url: string | undefined): Promise<{ status: number; type?: string; body: string }> {
    if (url === '/livez') return { status: 200, body: 'alive' };
    if (url === '/metrics')
      return { status: 200, type: schedule.metrics.contentType, body: await schedule.metrics.metrics() };
    if (url !== '/readyz') return { status: 404, body: '' };
    const failed = [...schedule.failed].join(', ');
    return failed === '' ? { status: 200, body: 'ready' } : { status: 503, body: `failed: ${failed}` };
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, settings.host, resolve);
  });
  try {
    for (let onlyFailed = false; !signal.aborted;) {
      const isDone = await schedule.round(onlyFailed, signal);
      const night = untilNext(settings.minuteOfDay, new Date());
      const pause = isDone ? night : Math.min(night, settings.retryMinutes * 60_000);
      onlyFailed = pause < night;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

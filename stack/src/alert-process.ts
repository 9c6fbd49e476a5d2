import { join } from 'node:path';
import { partEnvironment, startChild, type Child } from './child.ts';
import { HOST, ROOT } from './config.ts';
import { answers, waitUntilUp } from './health.ts';
import type { Secrets } from './secrets.ts';

export interface AlertServiceOptions {
  databaseUrl: string;
  port: number;
  /** Folder of what it accepted and is not in the database yet. */
  queueDir: string;
  secrets: Secrets;
  logsDir: string;
}

/** Starts the alert service; it may not answer yet. */
export function startAlertService(options: AlertServiceOptions): Promise<Child> {
  const { databaseUrl, port, queueDir, secrets, logsDir } = options;
  return startChild({
    name: 'Alert service',
    command: process.execPath,
    args: ['--import', 'tsx', join(ROOT, 'alert-service', 'src', 'main.ts')],
    env: {
      ...partEnvironment(),
      ALERT_DATABASE_URL: databaseUrl,
      ALERT_HOST: HOST,
      ALERT_PORT: String(port),
      ALERT_QUEUE_DIR: queueDir,
      ALERT_WEBHOOK_SECRET: secrets.alertWebhookSecret,
      ALERT_WEBHOOK_TOKEN: secrets.alertWebhookToken,
      CUBEJS_API_SECRET: secrets.cubeApiSecret,
    },
    cwd: ROOT,
    logFile: join(logsDir, 'alert-service.log'),
    stopSignal: 'SIGTERM',
  });
}

/** Waits until it takes notifications in. */
export function waitForAlertService(service: Child, port: number): Promise<void> {
  return waitUntilUp(service, () => answers(`${alertServiceAddress(port)}/readyz`), 60_000);
}

export function alertServiceAddress(port: number): string {
  return `http://${HOST}:${port}`;
}

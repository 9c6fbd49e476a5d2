import { join } from 'node:path';
import { partEnvironment, startChild, type Child } from '../child.ts';
import { HOST, ROOT } from '../config.ts';
import { answers, waitUntilUp } from '../health.ts';

export interface ChurnServiceOptions {
  databaseUrl: string;
  port: number;
  secret: string;
  /** Folder of the trained models. */
  models: string;
  logsDir: string;
}

/** Starts the service of the churn predictions; it may not answer yet. */
export function startChurnService(options: ChurnServiceOptions): Promise<Child> {
  return startChild({
    name: 'The churn service',
    command: process.execPath,
    args: ['--import', 'tsx', join(ROOT, 'ml-service', 'src', 'http', 'main.ts')],
    env: {
      ...partEnvironment(),
      ML_DATABASE_URL: options.databaseUrl,
      ML_PORT: String(options.port),
      ML_MODEL_DIR: options.models,
      CUBEJS_API_SECRET: options.secret,
    },
    cwd: ROOT,
    logFile: join(options.logsDir, 'churn-service.log'),
    stopSignal: 'SIGTERM',
  });
}

/** Waits until the service answers; whether it has a model yet is told at /readyz. */
export function waitForChurnService(service: Child, port: number): Promise<void> {
  return waitUntilUp(service, () => answers(`${churnAddress(port)}/livez`), 60_000);
}

export function churnAddress(port: number): string {
  return `http://${HOST}:${port}`;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { client, type Listening } from '@fair-underwriting/http-service/test-support/listen.ts';
import { freePort } from '../../support/postgres.ts';
import { keys, notify, type Notified } from './grafana.ts';
import { tokenSecret } from './service.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The alert service as a process of its own. */
export interface AlertProcess {
  child: ChildProcess;
  service: Listening;
  output: () => string;
}

export async function alertEnvironment(databaseUrl: string, queueFolder: string): Promise<NodeJS.ProcessEnv> {
  return {
    ...process.env,
    ALERT_DATABASE_URL: databaseUrl,
    ALERT_PORT: String(await freePort()),
    ALERT_QUEUE_DIR: queueFolder,
    ALERT_WEBHOOK_SECRET: keys.secret,
    ALERT_WEBHOOK_TOKEN: keys.token,
    CUBEJS_API_SECRET: tokenSecret,
  };
}

/** Starts it; it may not answer yet. */
export function runAlertService(env: NodeJS.ProcessEnv): AlertProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'alert-service', 'src', 'main.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, service: client(`http://127.0.0.1:${env['ALERT_PORT'] ?? ''}`), output: () => output };
}

/** Waits until it takes notifications in. */
export async function untilReady({ service, output }: AlertProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const status = await service.call('GET', '/readyz').then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
  throw new Error(`The alert service did not start:\n${output()}`);
}

/** Sends until it is taken in, as Grafana does. @throws Error when it is refused rather than not answered */
export async function insist(service: Listening, alerts: Notified[]): Promise<void> {
  for (;;) {
    const status = await notify(service, alerts).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 202) return;
    if (status !== undefined) throw new Error(`The alert service answered ${status}.`);
    await sleep(20);
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { client, type Listening } from '@fair-underwriting/http-service/test-support/listen.ts';
import { freePort } from '../support/postgres.ts';
import { secret } from './running.ts';

/** The service as its operator starts it; it may not answer yet. */
export interface ServiceProcess extends Listening {
  child: ChildProcess;
  output: () => string;
  ended: Promise<unknown>;
}

export async function startProcess(
  databaseUrl: string,
  models: string,
  env: Record<string, string> = {},
): Promise<ServiceProcess> {
  const port = await freePort();
  const main = join(import.meta.dirname, '..', '..', 'ml-service', 'src', 'http', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      PATH: process.env['PATH'] ?? '',
      CUBEJS_API_SECRET: secret,
      ML_DATABASE_URL: databaseUrl,
      ML_MODEL_DIR: models,
      ML_PORT: String(port),
      ML_RELOAD_SECONDS: '1',
      ...env,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, ...client(`http://127.0.0.1:${port}`), ended: once(child, 'exit') };
}

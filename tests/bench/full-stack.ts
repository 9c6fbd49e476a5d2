import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedUrl } from '@fair-underwriting/stack/src/postgres/server.ts';
import { createSandbox, readState, removeSandbox, startStack } from '../stack/sandbox.ts';

/** What `npm start` started, in a folder and on ports of its own. */
export interface FullStack {
  grafana: { url: string; password: string };
  /** Connection of the database's owner. */
  databaseUrl: string;
  /** Process of each part. */
  parts: [name: string, pid: number][];
  stop(): Promise<void>;
}

/** Lines that a start writes when a part of the predictions is made. */
const predictions = /^(Attribution|Forecasts|Payer value|Churn model): /gm;
const steps = 5;

/**
 * Starts the whole stack with demo data and waits for its predictions, where it makes any.
 * @throws Error when one of them fails or takes longer than a quarter of an hour
 */
export async function startFullStack(env: NodeJS.ProcessEnv = {}): Promise<FullStack> {
  const sandbox = await createSandbox({ FUA_GRAFANA: 'on', FUA_ML: 'on', FUA_DEMO_CUSTOMERS: '5000', ...env });
  let stop = () => {
    removeSandbox(sandbox);
    return Promise.resolve();
  };
  try {
    const stack = await startStack(sandbox);
    stop = async () => {
      stack.child.kill('SIGTERM');
      await stack.ended;
      removeSandbox(sandbox);
    };
    const made = () => stack.output().match(predictions)?.length ?? 0;
    for (const giveUp = Date.now() + 900_000; sandbox.env['FUA_ML'] !== 'off' && made() < steps;) {
      if (Date.now() > giveUp) throw new Error(`The predictions are not made:\n${stack.output()}`);
      await sleep(500);
    }
    const { parts, grafana } = readState(sandbox, 'run.json');
    const secrets = readState(sandbox, 'secrets.json');
    return {
      grafana: { url: grafana?.url ?? '', password: secrets.grafanaAdminPassword },
      databaseUrl: embeddedUrl(sandbox.postgresPort, secrets.postgresPassword),
      parts: Object.entries(parts).map(([name, { pid }]) => [name, pid]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

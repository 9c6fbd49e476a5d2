import { setTimeout as sleep } from 'node:timers/promises';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { createSandbox, readState, removeSandbox, run } from '../stack/sandbox.ts';

/**
 * Starts the whole stack from nothing, with demo data of the default size and without Grafana.
 * @returns seconds from the command to the first answer over REST
 */
export async function benchStart(): Promise<number> {
  const sandbox = await createSandbox({ FUA_DEMO_CUSTOMERS: '5000' });
  const started = performance.now();
  const stack = run(sandbox, 'start.ts');
  try {
    for (;;) {
      if (await answers(sandbox.cubeUrl, () => readState(sandbox, 'secrets.json').cubeApiSecret)) {
        return (performance.now() - started) / 1000;
      }
      const over = await Promise.race([stack.ended.then(() => true), sleep(100).then(() => false)]);
      if (over) throw new Error(`The stack did not start:\n${stack.output()}`);
    }
  } finally {
    stack.child.kill('SIGTERM');
    await stack.ended;
    removeSandbox(sandbox);
  }
}

async function answers(url: string, secret: () => string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/cubejs-api/v1/load`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: signToken({ user: 'bench', roles: ['executive'] }, secret()),
      },
      body: JSON.stringify({ query: { measures: ['revenue.mrr'] } }),
    });
    const { data } = (await response.json()) as { data?: unknown[] };
    return response.ok && data?.length === 1;
  } catch {
    // Nothing listens yet, or the secrets are not written yet.
    return false;
  }
}

// Serves the panel workbench on this machine, until it is stopped.
import { cubeSecret, cubeUrl } from '@fair-underwriting/cube/src/connection.ts';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { runQuery } from '@fair-underwriting/cube/src/cli/run-query.ts';
import { HOST, loadConfig } from '../config.ts';
import { explain } from '../user-error.ts';
import { workbenchApp } from './app.ts';
import { WORKBENCH_PAGES } from './pages.ts';

/** Seconds that a token lives: it serves one question. */
const LIFETIME = 60;

try {
  const { workbench: port } = loadConfig().ports;
  const app = workbenchApp(WORKBENCH_PAGES, (query) => {
    const token = signToken({ user: 'workbench', roles: ['analyst'], lifetime: LIFETIME }, cubeSecret(process.env));
    return runQuery(cubeUrl(process.env), token, query);
  });
  const server = app.listen(port, HOST, () => console.log(`Workbench: http://${HOST}:${port}`));
  server.once('error', (error) => {
    console.error(`The workbench cannot listen on port ${port}: ${error.message}. Set WORKBENCH_PORT to a free one.`);
    process.exit(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

import { createServer } from 'node:net';
import { HOST, PORT_VARIABLES, type Ports } from './config.ts';
import { portOwner } from './port-owner.ts';
import { errorCode, UserError } from './user-error.ts';

const NAMES = {
  postgres: 'Postgres',
  cube: 'Cube',
  churn: 'the churn service',
  alerts: 'the alert service',
  grafana: 'Grafana',
  workbench: 'the workbench',
} as const;

/**
 * Makes sure before anything starts that the parts can have their ports.
 * @throws UserError naming each port that is taken, by whom where that is known, and what changes it
 */
export async function assertPortsFree(ports: Ports, parts: readonly (keyof Ports)[]): Promise<void> {
  const problems = await Promise.all(parts.map((part) => portProblem(part, ports[part])));
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new UserError(found.join('\n'));
}

async function portProblem(part: keyof Ports, port: number): Promise<string | undefined> {
  const code = await tryToListen(port);
  if (code === undefined) return undefined;
  const variable = PORT_VARIABLES[part];
  if (code !== 'EADDRINUSE') {
    return `Port ${port} for ${NAMES[part]} cannot be used (${code}): set ${variable} to another port.`;
  }
  const owner = portOwner(port);
  const by = owner === undefined ? '' : ` by ${owner}`;
  return `Port ${port} for ${NAMES[part]} is in use${by}: stop that, or set ${variable} to a free port.`;
}

function tryToListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(errorCode(error) ?? error.message));
    probe.listen({ port, host: HOST, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

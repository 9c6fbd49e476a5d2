import { statSync } from 'node:fs';
import { join } from 'node:path';
import { partEnvironment, startChild, type Child } from './child.ts';
import { HOST, ROOT } from './config.ts';
import { answers, waitUntilUp } from './health.ts';

export interface CubeOptions {
  databaseUrl: string;
  /** Connection that saves cohorts; without it they cannot be saved. */
  cohortsUrl: string | undefined;
  /** Connection that records who asked what; without it nothing is recorded. */
  auditUrl: string | undefined;
  port: number;
  secret: string;
  logsDir: string;
}

/** Starts Cube; it may not answer yet. */
export function startCube({ databaseUrl, cohortsUrl, auditUrl, port, secret, logsDir }: CubeOptions): Promise<Child> {
  return startChild({
    name: 'Cube',
    command: process.execPath,
    args: ['--import', 'tsx', join(ROOT, 'cube', 'src', 'server.ts')],
    env: {
      ...partEnvironment(),
      CUBE_DATABASE_URL: databaseUrl,
      ...(cohortsUrl === undefined ? {} : { CUBE_COHORTS_DATABASE_URL: cohortsUrl }),
      ...(auditUrl === undefined ? {} : { CUBE_AUDIT_DATABASE_URL: auditUrl }),
      CUBE_PORT: String(port),
      CUBEJS_API_SECRET: secret,
    },
    cwd: ROOT,
    logFile: join(logsDir, 'cube.log'),
    stopSignal: 'SIGTERM',
  });
}

/** Waits until Cube can answer questions. */
export function waitForCube(cube: Child, port: number): Promise<void> {
  return waitUntilUp(cube, () => answers(`${cubeAddress(port)}/readyz`), 60_000);
}

export function cubeAddress(port: number): string {
  return `http://${HOST}:${port}`;
}

/** Whether Cube runs with its native add-on or with the stand-in, which has no SQL API. */
export function cubeMode(): 'native' | 'portable' {
  const addOn = join(ROOT, 'node_modules', '@cubejs-backend', 'native');
  const places = [join(addOn, 'index.node'), join(addOn, 'native', 'index.node')];
  return places.some((path) => statSync(path, { throwIfNoEntry: false })?.isFile()) ? 'native' : 'portable';
}

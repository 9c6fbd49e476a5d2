import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { freePort } from './postgres.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const secret = 'only-for-tests-only-for-tests-only-for-tests';
const startTimeout = 120_000;

export interface CubeOptions {
  /** Connection that Cube reads with; its role must be able to write to the schema `rollups`. */
  databaseUrl: string;
  /** Folder of the model, relative to the repository's root; `cube/model` when left out. */
  modelPath?: string;
  /** A free port when left out. */
  port?: number;
  /** Further environment variables of the Cube process. */
  env?: Record<string, string>;
  /** Milliseconds to wait for an answer; a minute when left out. */
  answerTimeout?: number;
}

export interface Answer {
  status: number;
  /** The body: parsed JSON. */
  body: {
    error?: string;
    data?: unknown;
    results?: unknown[];
    query?: Record<string, unknown>;
    usedPreAggregations?: Record<string, unknown>;
    total?: number;
  } & Record<string, unknown>;
}

export interface TestCube {
  /** Base address, such as http://127.0.0.1:40123. */
  url: string;
  pid: number;
  /** A token for one role (or several), signed as the running Cube expects. */
  token(role: string | string[], user?: string, payer?: string): string;
  /** POSTs to a path under /cubejs-api/v1 and waits out "Continue wait". */
  post(path: string, body: unknown, token?: string): Promise<Answer>;
  /** GETs a path under /cubejs-api/v1. */
  get(path: string, token?: string): Promise<Answer>;
  /** Runs one query; throws with status and error when the answer is not 200. @returns its rows */
  load(query: object, role?: string | string[]): Promise<Record<string, unknown>[]>;
  /** What the process has written so far. */
  output(): string;
  /** Sends SIGTERM. @returns the exit code; null when it had to be killed after 10 s */
  stop(): Promise<number | null>;
}

/** Starts Cube as `npm start` does, on a free port, and waits until it is ready. Without rollups. */
export async function startCube(options: CubeOptions): Promise<TestCube> {
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'cube', 'src', 'server.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CUBE_ROLLUPS: 'off',
      CUBE_REFRESH_SECONDS: '0',
      CUBEJS_API_SECRET: secret,
      CUBE_DATABASE_URL: options.databaseUrl,
      CUBE_MODEL_PATH: join(root, options.modelPath ?? 'cube/model'),
      CUBE_PORT: String(port),
      ...options.env,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const url = `http://127.0.0.1:${port}`;

  const token = (role: string | string[], user = 'tester', payer?: string) =>
    signToken(
      { user, roles: [role].flat(), ...(payer !== undefined && { payer }) },
      options.env?.['CUBEJS_API_SECRET'] ?? secret,
    );

  const request = async (path: string, init: RequestInit, auth?: string): Promise<Answer> => {
    const deadline = Date.now() + (options.answerTimeout ?? 60_000);
    for (;;) {
      const response = await fetch(`${url}/cubejs-api/v1/${path}`, {
        ...init,
        headers: { 'content-type': 'application/json', ...(auth ? { authorization: auth } : {}) },
      });
      const body = (await response.json()) as Answer['body'];
      if (body.error !== 'Continue wait' || Date.now() > deadline) return { status: response.status, body };
    }
  };
  const post: TestCube['post'] = (path, body, auth) =>
    request(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }, auth);

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(killer);
    }
    return child.exitCode;
  };

  const deadline = Date.now() + startTimeout;
  while (!(await ready(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`Cube did not start:\n${output}`);
    }
    await sleep(50);
  }

  return {
    url,
    pid: child.pid ?? 0,
    token,
    post,
    get: (path, auth) => request(path, {}, auth),
    async load(query, role = 'executive') {
      const { status, body } = await post('load', { query }, token(role));
      if (status !== 200) throw new Error(`Cube answered ${status}: ${body.error ?? ''}`);
      return body.data as Record<string, unknown>[];
    },
    output: () => output,
    stop,
  };
}

async function ready(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).status === 200;
  } catch {
    return false;
  }
}

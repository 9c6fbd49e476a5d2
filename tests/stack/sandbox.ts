import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunRecord } from '@fair-underwriting/stack/src/run-file.ts';
import type { Secrets } from '@fair-underwriting/stack/src/secrets.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');

/** A stack of its own: state folder and ports that no other stack has. */
export interface Sandbox {
  dir: string;
  env: NodeJS.ProcessEnv;
  cubeUrl: string;
  postgresPort: number;
}

export async function createSandbox(more: NodeJS.ProcessEnv = {}): Promise<Sandbox> {
  const dir = mkdtempSync(join(tmpdir(), 'fua-stack-'));
  // As with a folder made by hand: the account that Postgres runs as may enter.
  chmodSync(dir, 0o755);
  const [postgresPort, cubePort, churnPort, alertPort, grafanaPort] = await freePorts(5);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    FUA_DATA_DIR: join(dir, 'state'),
    POSTGRES_PORT: String(postgresPort),
    CUBE_PORT: String(cubePort),
    ML_PORT: String(churnPort),
    ALERT_PORT: String(alertPort),
    GRAFANA_PORT: String(grafanaPort),
    FUA_GRAFANA: 'off',
    FUA_ML: 'off',
    FUA_DEMO_CUSTOMERS: '200',
    DATABASE_URL: '',
    CUBE_DATABASE_URL: '',
    ...more,
  };
  return { dir, env, cubeUrl: `http://127.0.0.1:${cubePort}`, postgresPort: postgresPort ?? 0 };
}

/** Removes the sandbox and whatever a failed test left running in it. */
export function removeSandbox(sandbox: Sandbox): void {
  for (const pid of processesOf(sandbox)) process.kill(pid, 'SIGKILL');
  rmSync(sandbox.dir, { recursive: true, force: true, maxRetries: 5 });
}

export interface Run {
  child: ChildProcess;
  output: () => string;
  /** Resolves with the exit code, or the signal's name. */
  ended: Promise<number | string>;
}

/** Runs a command of the stack as the npm scripts do. */
export function run(sandbox: Sandbox, entry: string, args: string[] = []): Run {
  const command = [join(ROOT, 'stack', 'bin', 'with-install.mjs'), join('stack', 'src', entry), ...args];
  const child = spawn(process.execPath, command, { env: sandbox.env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const ended = new Promise<number | string>((resolveEnd) => {
    child.once('close', (code, signal) => resolveEnd(code ?? signal ?? 'unknown'));
  });
  return { child, output: () => text, ended };
}

/** Starts the stack and waits until it says that it is ready. */
export async function startStack(sandbox: Sandbox): Promise<Run> {
  const started = run(sandbox, 'start.ts');
  while (!started.output().includes('Ctrl-C stops everything.')) {
    const over = await Promise.race([started.ended.then(() => true), sleep(100).then(() => false)]);
    if (over) throw new Error(`The stack did not start:\n${started.output()}`);
  }
  return started;
}

/** Processes that belong to the sandbox: all have its folder in their environment. */
export function processesOf(sandbox: Sandbox): number[] {
  const mark = `FUA_DATA_DIR=${sandbox.env['FUA_DATA_DIR'] ?? ''}\0`;
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Waits until no process of the sandbox is left; returns those that stay. */
export async function remaining(sandbox: Sandbox, patience = 40_000): Promise<number[]> {
  const giveUp = Date.now() + patience;
  while (processesOf(sandbox).length > 0 && Date.now() < giveUp) await sleep(100);
  return processesOf(sandbox);
}

interface State {
  'run.json': RunRecord;
  'secrets.json': Secrets;
}

export function readState<File extends keyof State>(sandbox: Sandbox, file: File): State[File] {
  return JSON.parse(readFileSync(join(sandbox.env['FUA_DATA_DIR'] ?? '', file), 'utf8')) as State[File];
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolvePort) => {
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolvePort(typeof address === 'object' && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

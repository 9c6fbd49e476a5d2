import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from '@fair-underwriting/stack/src/child.ts';
import { startEmbedded } from '@fair-underwriting/stack/src/postgres/embedded.ts';
import { embeddedUrl, waitForServer } from '@fair-underwriting/stack/src/postgres/server.ts';
import { stopProcess } from '@fair-underwriting/stack/src/stop-process.ts';
import { freePort } from './postgres.ts';

/** A Postgres of its own that flushes as in production, can be killed, and comes back at the same address. */
export interface KillablePostgres {
  /** Connection of its owner. */
  url: string;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it on what it left. */
  start(): Promise<void>;
  /** Stops it and removes every file. */
  stop(): Promise<void>;
}

const password = 'only-for-tests';

export async function startKillablePostgres(): Promise<KillablePostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'fua-killable-'));
  // The account that Postgres runs as may enter.
  await chmod(dir, 0o755);
  const port = await freePort();
  const { signal } = new AbortController();
  const options = { dir: join(dir, 'postgres'), port, password, logsDir: join(dir, 'logs'), signal };
  let server: Child | undefined;
  const start = async (attempts = 20): Promise<void> => {
    try {
      server = await startEmbedded(options);
      await waitForServer(server, port, password);
    } catch (error) {
      // The connections of a killed server hold its memory for a moment longer.
      if (attempts === 1) throw error;
      await sleep(500);
      await start(attempts - 1);
    }
  };
  const stop = async () => {
    if (server) await stopProcess(server.recorded, 'SIGINT', 30_000);
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await start(1);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: embeddedUrl(port, password),
    async kill() {
      if (!server) return;
      process.kill(server.recorded.pid, 'SIGKILL');
      await server.ended;
    },
    start: () => start(),
    stop,
  };
}

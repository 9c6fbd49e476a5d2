import type { Child } from '../child.ts';
import { postgresAccount } from './account.ts';
import { postgresBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { clearLeftoverServer } from './leftover-server.ts';
import { runAsAccount } from './run-as.ts';
import { startServer } from './server.ts';

export interface EmbeddedOptions {
  /** Folder of the cluster. */
  dir: string;
  port: number;
  password: string;
  logsDir: string;
  signal: AbortSignal;
}

/**
 * Starts the embedded Postgres, made first if there is none yet; it may not answer yet.
 * @throws UserError when it cannot be made or run
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Child> {
  const { dir, port, password, logsDir, signal } = options;
  const binaries = await postgresBinaries();
  const account = postgresAccount(dir);
  const runAs = runAsAccount(account, binaries.postgres);
  const made = await ensureCluster({ dir, initdb: binaries.initdb, account, runAs, password, signal });
  signal.throwIfAborted();
  if (!made) await clearLeftoverServer(dir);
  return startServer({ clusterDir: dir, postgres: binaries.postgres, runAs, port, logsDir });
}

import { readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { startMark } from '../../bin/process-identity.mjs';
import { stopProcess } from '../stop-process.ts';

/**
 * Prepares a cluster whose last server was not stopped: a server that still runs on it is stopped, and a record whose
 * process is something else by now is removed. Postgres then recovers by itself.
 */
export async function clearLeftoverServer(clusterDir: string): Promise<void> {
  const record = join(clusterDir, 'postmaster.pid');
  let pid: number;
  try {
    pid = Number(readFileSync(record, 'utf8').split('\n')[0]);
  } catch {
    return;
  }
  const mark = startMark(pid);
  if (mark !== undefined && commandLine(pid).includes(clusterDir)) {
    await stopProcess({ pid, mark }, 'SIGINT', 20_000);
  }
  // A server that was stopped has removed it; of a killed one Postgres could mistake the pid for a running server.
  rmSync(record, { force: true });
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type RecordedProcess } from '../bin/process-identity.mjs';

const POLL = 50;

/**
 * Stops a process and what it started: asks first, and ends it when it has not gone in time.
 * @param grace milliseconds that it gets to finish
 * @returns whether it went by itself
 */
export async function stopProcess(
  recorded: RecordedProcess,
  signal: 'SIGINT' | 'SIGTERM',
  grace: number,
): Promise<boolean> {
  if (!isRunning(recorded)) return true;
  send(recorded.pid, signal);
  if (await gone(recorded, grace)) {
    // What it may have left behind is of its process group.
    send(-recorded.pid, 'SIGKILL');
    return true;
  }
  send(-recorded.pid, 'SIGKILL');
  send(recorded.pid, 'SIGKILL');
  await gone(recorded, 5_000);
  return false;
}

/** @returns whether the process ended within the time, in milliseconds */
export async function gone(recorded: RecordedProcess, patience: number): Promise<boolean> {
  const giveUp = Date.now() + patience;
  while (isRunning(recorded)) {
    if (Date.now() > giveUp) return false;
    await sleep(POLL);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime, or it leads no group.
  }
}

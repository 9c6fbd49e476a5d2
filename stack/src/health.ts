import { setTimeout as sleep } from 'node:timers/promises';
import { logTail, type Child } from './child.ts';
import { UserError } from './user-error.ts';

const POLL = 150;

/**
 * Waits until a part answers.
 * @param isUp asked again and again; may reject while the part is not up
 * @param patience milliseconds
 * @throws UserError with the end of its log when the part ends, or does not answer in time
 */
export async function waitUntilUp(child: Child, isUp: () => Promise<boolean>, patience: number): Promise<void> {
  const giveUp = Date.now() + patience;
  for (;;) {
    if (child.hasEnded()) throw new UserError(failure(child, await child.ended));
    if (await isUp().catch(() => false)) return;
    if (Date.now() > giveUp) {
      throw new UserError(failure(child, `did not answer within ${Math.round(patience / 1000)} s`));
    }
    await sleep(POLL);
  }
}

/** Words for a part that does not run as it should, with the end of its log. */
export function failure(child: Child, what: string): string {
  return `${child.name} ${what}. The end of ${child.logFile}:\n${logTail(child.logFile)}`;
}

/** Whether a URL answers with success within two seconds. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { lockHolder, releaseLock, takeLock } from '../bin/pid-lock.mjs';
import type { statePaths } from './config.ts';
import { stopLeftovers } from './stop-parts.ts';
import { gone } from './stop-process.ts';
import { errorCode, UserError } from './user-error.ts';

/** Milliseconds that a running stack gets to stop. */
const PATIENCE = 90_000;

/**
 * Stops the stack of a state folder, wherever it runs on this machine.
 * @returns whether there was anything to stop
 * @throws UserError when it belongs to another user or does not stop
 */
export async function stopRunning(paths: ReturnType<typeof statePaths>): Promise<boolean> {
  if (!existsSync(dirname(paths.lock))) return false;
  const running = lockHolder(paths.lock);
  if (running) {
    try {
      process.kill(running.pid, 'SIGTERM');
    } catch (error) {
      if (errorCode(error) === 'EPERM') {
        throw new UserError(`The stack (process ${running.pid}) belongs to another user: stop it as that user.`);
      }
    }
    if (!(await gone(running, PATIENCE))) {
      throw new UserError(
        `The stack (process ${running.pid}) did not stop in ${PATIENCE / 1000} s: look into ${paths.logs}.`,
      );
    }
  }
  if (takeLock(paths.lock)) throw new UserError('The stack was started again in the meantime.');
  try {
    return (await stopLeftovers(paths.run)) || running !== undefined;
  } finally {
    releaseLock(paths.lock);
  }
}

import { gone, stopProcess } from './stop-process.ts';
import { PARTS, readRunRecord, removeRunRecord, type Part, type RunRecord } from './run-file.ts';

/** Milliseconds that each part gets to finish. */
const GRACE: Record<Part, number> = {
  grafana: 10_000,
  workbench: 5_000,
  training: 10_000,
  churn: 12_000,
  alerts: 12_000,
  cube: 10_000,
  postgres: 30_000,
};

/** How long the keeper may take to stop everything, in milliseconds. */
const KEEPER_PATIENCE = 60_000;

/**
 * Stops the parts in order: first what asks, last what answers.
 * @param told gets the name of each part that was stopped and whether it had to be ended by force
 */
export async function stopParts(
  parts: RunRecord['parts'],
  told: (part: Part, byForce: boolean) => void = () => undefined,
): Promise<void> {
  for (const part of PARTS) {
    const recorded = parts[part];
    if (!recorded) continue;
    const byItself = await stopProcess(recorded, recorded.stopSignal, GRACE[part]);
    told(part, !byItself);
  }
}

/**
 * Stops what a killed stack left running. The caller holds the lock, so nothing of it is in use.
 * @param path of the run record
 * @returns whether there was a record of a stack that was not stopped
 */
export async function stopLeftovers(path: string): Promise<boolean> {
  const left = readRunRecord(path);
  if (!left) return false;
  // The keeper is at the same work: two would get in each other's way.
  if (left.keeper && !(await gone(left.keeper, KEEPER_PATIENCE))) await stopProcess(left.keeper, 'SIGTERM', 1_000);
  await stopParts(left.parts);
  removeRunRecord(path);
  return true;
}

import type { RecordedProcess } from './process-identity.mjs';

/** Takes the lock for this process; returns the running process that holds it, undefined when it is now ours. */
export function takeLock(path: string): RecordedProcess | undefined;
/** The running process that holds the lock. */
export function lockHolder(path: string): RecordedProcess | undefined;
/** Gives the lock back if this process holds it. */
export function releaseLock(path: string): void;

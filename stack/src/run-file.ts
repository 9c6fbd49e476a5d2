import { readFileSync, rmSync } from 'node:fs';
import type { RecordedProcess } from '../bin/process-identity.mjs';
import { writeAtomically } from './atomic-file.ts';
import { errorCode } from './user-error.ts';

/** The parts that are processes of their own, in the order in which they are stopped. */
export const PARTS = ['grafana', 'workbench', 'training', 'churn', 'alerts', 'cube', 'postgres'] as const;
export type Part = (typeof PARTS)[number];

/** A part that was started, and how it is stopped. */
export interface RecordedPart extends RecordedProcess {
  stopSignal: 'SIGINT' | 'SIGTERM';
}

/** What runs, for the other commands and for a start after a crash. Holds no password. */
export interface RunRecord {
  /** The process of `npm start`. */
  main: RecordedProcess;
  /** The process that stops the parts when the main one is killed. */
  keeper?: RecordedProcess;
  parts: Partial<Record<Part, RecordedPart>>;
  startedAt: string;
  /** Whether everything is up. */
  ready: boolean;
  database: { embedded: true; host: string; port: number; name: string; user: string } | { embedded: false };
  cube: { url: string };
  /** Absent while the churn service does not run. */
  churn?: { url: string };
  /** Absent while the alert service does not run. */
  alerts?: { url: string };
  /** Absent while Grafana does not run. */
  grafana?: { url: string };
  /** Serves the panels where there is no Grafana. */
  workbench?: { url: string };
}

/** @returns undefined when nothing is recorded */
export function readRunRecord(path: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunRecord;
  } catch (error) {
    // A record is written whole or not at all; one that cannot be parsed is not ours and tells nothing.
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function writeRunRecord(path: string, record: RunRecord): void {
  writeAtomically(path, JSON.stringify(record, undefined, 2) + '\n');
}

export function removeRunRecord(path: string): void {
  rmSync(path, { force: true });
}

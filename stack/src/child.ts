import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { startMark } from '../bin/process-identity.mjs';
import type { RecordedPart } from './run-file.ts';
import { UserError } from './user-error.ts';

const LARGEST_LOG = 5 * 1024 * 1024;

export interface ChildOptions {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  logFile: string;
  stopSignal: RecordedPart['stopSignal'];
  /** User to run as. */
  user?: { uid: number; gid: number } | undefined;
}

/** A part of the stack that runs in a process of its own. */
export interface Child {
  name: string;
  logFile: string;
  recorded: RecordedPart;
  /** Resolves with words for how it ended; never rejects. */
  ended: Promise<string>;
  hasEnded: () => boolean;
}

/**
 * Starts a part in a process group of its own, so that the terminal's Ctrl-C reaches only the main process, which then
 * stops the parts in order. Its output goes to the log file.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openLog(options.logFile);
  let process: ChildProcess;
  try {
    process = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...options.user,
    });
  } finally {
    closeSync(log);
  }
  await new Promise<void>((resolve, reject) => {
    process.once('spawn', resolve);
    process.once('error', (error) => reject(new UserError(`${options.name} could not be run: ${error.message}.`)));
  });
  let over = false;
  const ended = new Promise<string>((resolve) => {
    process.once('exit', (code, signal) => {
      over = true;
      resolve(signal === null ? `ended with code ${code ?? 'unknown'}` : `was ended by ${signal}`);
    });
  });
  const pid = process.pid ?? 0;
  const recorded = { pid, mark: startMark(pid) ?? 'ended', stopSignal: options.stopSignal };
  return { name: options.name, logFile: options.logFile, recorded, ended, hasEnded: () => over };
}

/** The environment without the connections of the database: a part gets what it needs, and no more. */
export function partEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env['DATABASE_URL'];
  delete env['CUBE_DATABASE_URL'];
  delete env['ALERT_DATABASE_URL'];
  delete env['ML_DATABASE_URL'];
  return env;
}

/** The last lines that a part wrote, for an error message. */
export function logTail(logFile: string, lines = 12): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

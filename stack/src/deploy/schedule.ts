import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Counter, Gauge, Registry } from 'prom-client';
import { ROOT } from '../config.ts';

/** What can be run on schedule, in the order in which it is run. All of them may be repeated on the same day. */
export const JOBS = {
  attribute: 'ml-service/src/cli/attribute.ts',
  score: 'ml-service/src/cli/score.ts',
  forecast: 'ml-service/src/cli/forecast.ts',
  retention: 'ml-service/src/cli/retention.ts',
  'payer-value': 'ml-service/src/cli/payer-value.ts',
  'close-month': 'stack/src/closing/cli.ts',
} as const;

export type Job = keyof typeof JOBS;

/** Milliseconds until the clock next shows this time in UTC. */
export function untilNext(minuteOfDay: number, now: Date): number {
  const next = new Date(now);
  next.setUTCHours(Math.floor(minuteOfDay / 60), minuteOfDay % 60, 0, 0);
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
  return next.getTime() - now.getTime();
}

/** The jobs of every night, what became of them, and figures of that. */
export class Schedule {
  readonly metrics = new Registry();
  /** Jobs whose last run failed. */
  readonly failed = new Set<Job>();
  readonly #succeeded = new Gauge({
    name: 'job_last_success_timestamp_seconds',
    help: 'When the job last succeeded, in seconds since 1970.',
    labelNames: ['job'],
    registers: [this.metrics],
  });
  readonly #failures = new Counter({
    name: 'job_failures_total',
    help: 'Runs of the job that failed.',
    labelNames: ['job'],
    registers: [this.metrics],
  });
  readonly #jobs: readonly Job[];
  readonly #run: (job: Job, signal: AbortSignal) => Promise<boolean>;

  /** @param run does a job's work; false when it failed */
  constructor(jobs: readonly Job[], run: (job: Job, signal: AbortSignal) => Promise<boolean> = runJob) {
    this.#jobs = jobs;
    this.#run = run;
    for (const job of jobs) this.#failures.inc({ job }, 0);
  }

  /** Runs all jobs, or those that failed before. @returns whether none is left that failed */
  async round(onlyFailed: boolean, signal: AbortSignal): Promise<boolean> {
    const isStopped = () => signal.aborted;
    for (const job of this.#jobs) {
      if (isStopped() || (onlyFailed && !this.failed.has(job))) continue;
      if (await this.#run(job, signal)) {
        this.failed.delete(job);
        this.#succeeded.setToCurrentTime({ job });
      } else if (!isStopped()) {
        this.failed.add(job);
        this.#failures.inc({ job });
      }
    }
    return this.failed.size === 0;
  }
}

/** Runs a job in a process of its own, whose lines are ours; a stop is passed on and waited for. */
function runJob(job: Job, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, JOBS[job])], { cwd: ROOT, stdio: 'inherit' });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    const end = (ok: boolean) => {
      signal.removeEventListener('abort', stop);
      resolve(ok);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
  });
}

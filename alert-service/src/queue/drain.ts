import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { AlertReport } from '../webhook/report.ts';
import type { Journal } from './journal.ts';

/** What became of a report in the database. */
export type Outcome = 'raised' | 'known' | 'resolved' | 'ended' | 'reopened';

export interface DrainOptions {
  journal: Journal;
  /** Takes reports into the database, in order, all or none. */
  apply: (reports: AlertReport[]) => Promise<Outcome[]>;
  /** Keeps a line that the database will never take, and why. */
  reject: (line: string, why: string) => Promise<void>;
  applied: (outcomes: Outcome[]) => void;
  log: FastifyBaseLogger;
}

/** Bytes of one transaction. */
const BATCH = 262_144;
/** Milliseconds between attempts while the database is away. */
const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 3_000;

/** Moves what the journal holds into the database, in order, for as long as it takes the database to come back. */
export class Drain {
  readonly #options: DrainOptions;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #pause = SHORTEST_PAUSE;

  constructor(options: DrainOptions) {
    this.#options = options;
    this.#ended = this.#run();
  }

  /** Ends after the transaction that is under way; what is left stays on disk. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#options.journal.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { journal } = this.#options;
    const { signal } = this.#stopping;
    const isStopping = () => signal.aborted;
    while (!isStopping()) {
      await journal.untilNotEmpty();
      if (isStopping()) return;
      try {
        await this.#step();
        if (this.#pause !== SHORTEST_PAUSE) this.#options.log.info({ waiting: journal.length }, 'queue moves again');
        this.#pause = SHORTEST_PAUSE;
      } catch (error) {
        this.#options.log.warn({ waiting: journal.length, code: codeOf(error) }, 'queue waits for the database');
        await sleep(this.#pause, undefined, { signal }).catch(() => undefined);
        this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
      }
    }
  }

  async #step(): Promise<void> {
    const lines = this.#options.journal.peek(BATCH);
    try {
      await this.#take(lines);
    } catch (error) {
      if (!isTheReportsFault(error)) throw error;
      if (lines.length === 1) return this.#refuse(lines[0] ?? '', error);
      // One of them spoils the batch: each for itself finds it.
      for (const line of lines) {
        try {
          await this.#take([line]);
        } catch (own) {
          if (!isTheReportsFault(own)) throw own;
          await this.#refuse(line, own);
        }
      }
    }
  }

  async #take(lines: string[]): Promise<void> {
    const { journal, apply, applied } = this.#options;
    const reports = lines.flatMap((line) => JSON.parse(line) as AlertReport[]);
    const outcomes = await apply(reports);
    await journal.done(lines.length);
    applied(outcomes);
  }

  async #refuse(line: string, error: unknown): Promise<void> {
    const { journal, reject, log } = this.#options;
    await reject(line, codeOf(error));
    await journal.done(1);
    log.error({ code: codeOf(error) }, 'a report was set aside: the database does not take it');
  }
}

/** Whether these reports will never be taken: damaged on disk, or a value that the table refuses. */
function isTheReportsFault(error: unknown): boolean {
  return error instanceof SyntaxError || /^2[23]/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}

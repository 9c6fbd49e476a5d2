import pg from 'pg';
import { logEvent } from '../log.ts';
import type { AuditEntry } from './entries.ts';

export interface AuditOptions {
  /** Connection as a role that may insert into `query_audit` and call `forget_old_queries`. */
  connectionString: string;
  /** Entries and names that wait for the database at most; beyond them the oldest entries are given up. */
  capacity?: number;
  /** Milliseconds that an entry waits for company. */
  delay?: number;
}

const batchSize = 500;
const longestPause = 5_000;
const day = 86_400_000;

const insert = `
  insert into query_audit (id, at, user_name, roles, source, action, view, members, status, duration_ms)
  select r.id, r.at, r."user", r.roles, r.source, r.action, r.view, r.members, r.status, r."durationMs"
  from jsonb_to_recordset($1::jsonb) as r (
    id uuid, at timestamptz, "user" text, roles text[], source text, action text, view text, members text[],
    status int, "durationMs" int
  )
  on conflict do nothing`;

/**
 * The audit record: who asked what. Entries wait in memory for a moment and are written in batches, so that no query
 * waits for it or fails with it. What waits during an outage of the database is written afterwards, each entry once.
 */
export class AuditRecord {
  readonly #pool: pg.Pool;
  readonly #capacity: number;
  readonly #delay: number;
  #waiting: AuditEntry[] = [];
  #size = 0;
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #pause = 0;
  #cleanAt = 0;
  #closed = false;

  constructor({ connectionString, capacity = 250_000, delay = 250 }: AuditOptions) {
    this.#capacity = capacity;
    this.#delay = delay;
    this.#pool = new pg.Pool({
      connectionString,
      max: 1,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      // Where the connection is dead without a word, the statement's own limit cannot arrive.
      query_timeout: 15_000,
      application_name: 'cube-audit',
    });
    // An idle connection that breaks would otherwise end the process.
    this.#pool.on('error', () => undefined);
  }

  /** Entries that are not in the database yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes entries in. Never waits, never throws. */
  add(entries: readonly AuditEntry[]): void {
    this.#waiting.push(...entries);
    this.#size += sizeOf(entries);
    this.#giveUpOldest();
    if (!this.#closed) this.#schedule(this.#pause || this.#delay);
  }

  /** Writes what waits, if the database takes it within the time, and lets go of the connection. */
  async close(milliseconds = 2_000): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const written = this.#flush();
    let limit: NodeJS.Timeout | undefined;
    await Promise.race([written, new Promise((resolve) => (limit = setTimeout(resolve, milliseconds)))]);
    clearTimeout(limit);
    if (this.#waiting.length > 0)
      logEvent('Audit record', { error: `${this.#waiting.length} entries were not written` });
    void this.#pool.end().catch(() => undefined);
  }

  #schedule(milliseconds: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, milliseconds);
    this.#timer.unref();
  }

  /** One writer at a time: what comes meanwhile is its next batch. */
  #flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
      if (this.#waiting.length > 0 && !this.#closed) this.#schedule(this.#pause || this.#delay);
    });
    return this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.slice(0, batchSize);
        await this.#pool.query(insert, [JSON.stringify(batch)]);
        const written = new Set(batch);
        // Some of them may have been given up while they were written.
        this.#waiting = this.#waiting.filter((entry) => !written.has(entry));
        this.#size = sizeOf(this.#waiting);
      }
      if (this.#pause > 0) {
        logEvent('Audit record', { warning: `The audit record is written again; ${this.#lost} entries were lost.` });
      }
      this.#pause = this.#lost = 0;
      await this.#forget();
    } catch (error) {
      if (this.#pause === 0) logEvent('Audit record', { error: `The audit record cannot be written: ${text(error)}` });
      this.#pause = Math.min(longestPause, (this.#pause || this.#delay) * 2);
    }
  }

  async #forget(): Promise<void> {
    if (Date.now() < this.#cleanAt) return;
    this.#cleanAt = Date.now() + day;
    await this.#pool.query('select forget_old_queries()');
  }

  #giveUpOldest(): void {
    let excess = 0;
    while (this.#size > this.#capacity && excess < this.#waiting.length) {
      this.#size -= sizeOf(this.#waiting.slice(excess, ++excess));
    }
    if (excess === 0) return;
    this.#waiting.splice(0, excess);
    if (this.#lost === 0)
      logEvent('Audit record', { error: 'Too much waits for the audit record: the oldest is given up.' });
    this.#lost += excess;
  }
}

function sizeOf(entries: readonly AuditEntry[]): number {
  return entries.reduce((size, { members }) => size + 1 + members.length, 0);
}

function text(error: unknown): string {
  return error instanceof Error ? error.message || error.name : 'unknown error';
}

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert, AlertEvent } from '@fair-underwriting/alert-service/src/alerts/schema.ts';
import { openService } from '@fair-underwriting/alert-service/src/service.ts';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { listen, type Answer, type Listening } from '@fair-underwriting/http-service/test-support/listen.ts';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { keys } from './grafana.ts';

export const tokenSecret = 'only-for-tests-only-for-tests-only-for-tests';

export interface Options {
  /** The database as the service reaches it, where that is not the database's own address. */
  through?: (databaseUrl: string) => Promise<string>;
  queueBytes?: number;
}

/** The alert service on a database of its own, in this process. */
export class TestAlerts {
  readonly pool: pg.Pool;
  readonly #postgres: TestPostgres;
  readonly #options: Options;
  readonly #databaseUrl: string;
  #queueFolder: string;
  #app: FastifyInstance | undefined;
  #service: Listening | undefined;

  private constructor(postgres: TestPostgres, databaseUrl: string, queueFolder: string, options: Options) {
    this.#postgres = postgres;
    this.#databaseUrl = databaseUrl;
    this.#queueFolder = queueFolder;
    this.#options = options;
    this.pool = new pg.Pool({ connectionString: postgres.url });
    // The server may be gone before the last connection is.
    this.pool.on('error', () => undefined);
  }

  static async start(options: Options = {}): Promise<TestAlerts> {
    const postgres = await startPostgres();
    await migrate(postgres.url);
    const databaseUrl = (await options.through?.(postgres.url)) ?? postgres.url;
    const alerts = new TestAlerts(postgres, databaseUrl, await freshFolder(), options);
    await alerts.#begin();
    return alerts;
  }

  get service(): Listening {
    if (!this.#service) throw new Error('The service is not running.');
    return this.#service;
  }

  get queueFolder(): string {
    return this.#queueFolder;
  }

  /** Calls as a person with one role. */
  as(role: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const token = signToken({ user: `${role}-person`, roles: [role] }, tokenSecret);
    return this.service.call(method, path, { token, ...(body !== undefined && { body }) });
  }

  /** The newest alerts first, each with its events. */
  async all(): Promise<(Alert & { events: AlertEvent[] })[]> {
    const { alerts } = (await this.as('operations', 'GET', '/v1/alerts?limit=500')).body as { alerts: Alert[] };
    const details = alerts.map(({ id }) => this.as('operations', 'GET', `/v1/alerts/${id}`));
    return (await Promise.all(details)).map(({ body }) => body as Alert & { events: AlertEvent[] });
  }

  /** Waits until what was accepted is in the database. */
  async drained(): Promise<void> {
    while ((await this.metric('alert_queue_notifications')) !== 0) await sleep(5);
  }

  async metric(name: string): Promise<number> {
    const { text } = await this.service.call('GET', '/metrics');
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  }

  /**
   * Ends the service and starts it on what a `kill -9` would have left in the folder of its queue.
   * @param keepsQueue false starts it on an empty folder
   */
  async crash(keepsQueue = true): Promise<void> {
    const left = await freshFolder();
    if (keepsQueue) await cp(this.#queueFolder, left, { recursive: true });
    await this.#app?.close();
    await rm(this.#queueFolder, { recursive: true });
    this.#queueFolder = left;
    await this.#begin();
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    await this.pool.end();
    await this.#postgres.stop();
    await rm(this.#queueFolder, { recursive: true });
  }

  async #begin(): Promise<void> {
    this.#app = await openService({
      databaseUrl: this.#databaseUrl,
      tokenSecret,
      webhook: keys,
      queueFolder: this.#queueFolder,
      queueBytes: this.#options.queueBytes ?? 10_000_000,
    });
    this.#service = await listen(this.#app);
  }
}

function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'fua-alerts-'));
}

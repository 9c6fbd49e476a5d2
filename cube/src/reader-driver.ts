import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresDriver } from '@cubejs-backend/postgres-driver';

/** Milliseconds between attempts to connect: Cube's pool tries again without a pause for as long as anybody waits. */
const pause = 200;

/** After these nobody needs to wait: there is no server. Not "too many clients", where a connection may become free. */
const away = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', '57P03'];

/**
 * Cube's driver, but that a query fails at once while the database is away. Cube's own waits for the pool to give up; a
 * few such queries hold up all others until their callers have given up, and hear that Cube is slow.
 */
export class ReaderDriver extends PostgresDriver {
  readonly #waiting = new Set<(reason: Error) => void>();

  constructor(...options: ConstructorParameters<typeof PostgresDriver>) {
    super(...options);
    this.pool.on('factoryCreateError', (error) => {
      const { code } = (error.cause ?? error) as { code?: string };
      if (away.includes(code ?? '')) this.#waiting.forEach((fail) => fail(error));
    });
    const acquire = this.pool.acquire.bind(this.pool);
    this.pool.acquire = (priority) => this.#unlessAway(acquire(priority));
  }

  protected override async createConnection(
    ...options: Parameters<PostgresDriver['createConnection']>
  ): ReturnType<PostgresDriver['createConnection']> {
    try {
      return await super.createConnection(...options);
    } catch (error) {
      await sleep(pause);
      throw error;
    }
  }

  async #unlessAway(acquired: ReturnType<typeof this.pool.acquire>): ReturnType<typeof this.pool.acquire> {
    let fail: (reason: Error) => void = () => undefined;
    const refused = new Promise<never>((_resolve, reject) => (fail = reject));
    this.#waiting.add(fail);
    try {
      return await Promise.race([acquired, refused]);
    } catch (error) {
      // The pool does not know that nobody waits any more.
      acquired.then(
        (connection) => this.pool.release(connection),
        () => undefined,
      );
      throw error;
    } finally {
      this.#waiting.delete(fail);
    }
  }
}

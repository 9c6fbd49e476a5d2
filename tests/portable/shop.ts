import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startCube, type TestCube } from '../support/cube.ts';
import { startPostgres } from '../support/postgres.ts';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'cube', 'test-fixtures');

export interface Shop {
  cube: TestCube;
  /** Runs SQL directly; rows with text values as Postgres writes them. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** The fixture shop in a database of its own, with Cube in front; with rollups, once they serve. */
export async function startShop(env: Record<string, string> = {}): Promise<Shop> {
  const postgres = await startPostgres();
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(await readFile(join(fixtures, 'schema.sql'), 'utf8'));
  const cube = await startCube({ databaseUrl: postgres.url, modelPath: 'cube/test-fixtures/model', env });
  const isServed = async () => {
    const { body } = await cube.post('load', { query: { measures: ['sales.revenue'] } }, cube.token('executive'));
    return Object.keys(body.usedPreAggregations ?? {}).length > 0;
  };
  if (env['CUBE_ROLLUPS'] === 'on') while (!(await isServed())) await sleep(100);
  return {
    cube,
    sql: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
    async stop() {
      await cube.stop();
      await client.end();
      await postgres.stop();
    },
  };
}

/** Settings of a Cube that builds rollups at once. */
export const withRollups = { CUBE_ROLLUPS: 'on', CUBE_REFRESH_SECONDS: '1' };

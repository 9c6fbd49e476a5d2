import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '..', '..', '..', 'cube', 'model', 'cubes');

interface ModelFile {
  cubes: { name: string; pre_aggregations?: { name: string }[] }[];
}

/** Every rollup that the product's models define, as `cube_rollup`, the first part of its tables' names. */
export function modelRollups(): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yml'));
  return files
    .map((file) => parse(readFileSync(join(folder, file), 'utf8')) as ModelFile)
    .flatMap(({ cubes }) => cubes)
    .flatMap(({ name, pre_aggregations = [] }) => pre_aggregations.map((rollup) => `${name}_${rollup.name}`));
}

/** Settings of a Cube that builds rollups at once, and anew as soon as the tables change. */
export const rollupsOn = { CUBE_ROLLUPS: 'on', CUBE_REFRESH_SECONDS: '1', CUBE_ROLLUP_SECONDS: '1' };

/**
 * Waits until every rollup has a table and Cube has seen it.
 * @param patience seconds to wait
 * @throws Error after that, naming the missing ones
 */
export async function whenBuilt(databaseUrl: string, patience = 120): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const deadline = Date.now() + patience * 1_000;
    for (;;) {
      const { rows } = await client.query<{ tablename: string }>(
        "select tablename from pg_tables where schemaname = 'rollups'",
      );
      const missing = modelRollups().filter((name) => !rows.some(({ tablename }) => tablename.startsWith(`${name}_`)));
      if (missing.length === 0) break;
      if (Date.now() > deadline) throw new Error(`Rollups that were not built: ${missing.join(', ')}`);
      await sleep(250);
    }
  } finally {
    await client.end();
  }
  // Cube looks every two seconds.
  await sleep(2_500);
}

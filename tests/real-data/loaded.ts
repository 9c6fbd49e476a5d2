import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importDirectory, type ImportedFile } from '@fair-underwriting/database/import/import.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startCube, type TestCube } from '../support/cube.ts';
import { startPostgres } from '../support/postgres.ts';

export interface Loaded {
  databaseUrl: string;
  cube: TestCube;
  files: ImportedFile[];
  stop(): Promise<void>;
}

/** Runs something with an empty folder, which is removed then. */
export async function withFolder<T>(run: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'fua-real-data-'));
  try {
    return await run(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * A fresh database with what the conversion writes, imported, and Cube on it.
 * @param asOf instant that reports are computed for
 */
export async function loadIntoCube(convert: (dir: string) => Promise<void>, asOf: string): Promise<Loaded> {
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url);
    const files = await withFolder(async (dir) => {
      await convert(dir);
      return importDirectory({ databaseUrl: postgres.url, dir });
    });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('update reporting.settings set as_of = $1', [asOf]);
    await client.end();
    const cube = await startCube({ databaseUrl: postgres.url });
    const stop = async () => {
      await cube.stop();
      await postgres.stop();
    };
    return { databaseUrl: postgres.url, cube, files, stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

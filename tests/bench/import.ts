import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { importDirectory } from '@fair-underwriting/database/import/import.ts';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { writeBenchFiles, type BenchFile } from './import-files.ts';
import { watchMemory } from './memory.ts';

export interface ImportBench {
  rows: number;
  /** Rows per second of the import, validation included. */
  importRowsPerSecond: number;
  /** Rows per second of a plain copy of the same files into the same tables. */
  copyRowsPerSecond: number;
  /** What copied: psql's \copy, or COPY through the driver where psql is missing. */
  copyWith: 'psql' | 'driver';
  /** How fast the import is against the plain copy; at least 0.5 is wanted. */
  ratio: number;
  /** Bytes by which the import made the process grow at most. */
  memoryGrowth: number;
}

/**
 * Imports files with this many rows and copies them plainly, by turns, twice each, and compares the faster runs.
 * @param databaseUrl a migrated database whose customers and all that hangs on them are emptied, before and after
 */
export async function benchImport({ databaseUrl, rows }: { databaseUrl: string; rows: number }): Promise<ImportBench> {
  const dir = await mkdtemp(join(tmpdir(), 'fua-bench-import-'));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const empty = () => client.query('truncate customers cascade');
  try {
    const files = await writeBenchFiles(dir, rows);
    const copyWith = (await hasPsql()) ? 'psql' : 'driver';
    const copy = copyWith === 'psql' ? copyWithPsql : copyWithDriver;
    const times = { import: Infinity, copy: Infinity };
    let memoryGrowth = 0;
    for (let round = 0; round < 2; round++) {
      await empty();
      times.copy = Math.min(times.copy, await seconds(() => copy(databaseUrl, files)));
      await empty();
      const memory = watchMemory();
      times.import = Math.min(times.import, await seconds(() => importDirectory({ databaseUrl, dir })));
      memoryGrowth = Math.max(memoryGrowth, memory.stop());
    }
    const total = files.reduce((sum, file) => sum + file.rows, 0);
    return {
      rows: total,
      importRowsPerSecond: Math.round(total / times.import),
      copyRowsPerSecond: Math.round(total / times.copy),
      copyWith,
      ratio: times.copy / times.import,
      memoryGrowth,
    };
  } finally {
    await empty();
    await client.end();
    await rm(dir, { recursive: true, force: true });
  }
}

async function hasPsql(): Promise<boolean> {
  const child = spawn('psql', ['--version'], { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function copyWithPsql(databaseUrl: string, files: BenchFile[]): Promise<void> {
  const url = new URL(databaseUrl);
  const env = {
    ...process.env,
    PGHOST: url.hostname,
    PGPORT: url.port || '5432',
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: url.pathname.slice(1),
  };
  const commands = files.map(
    ({ table, columns, path }) => `\\copy ${table} (${columns}) from '${path}' (format csv, header)`,
  );
  const args = ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', ...commands.flatMap((command) => ['-c', command])];
  const child = spawn('psql', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`psql ended with ${code ?? 'a signal'}.`);
}

async function copyWithDriver(databaseUrl: string, files: BenchFile[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    for (const { table, columns, path } of files) {
      const copy = client.query(copyFrom(`copy ${table} (${columns}) from stdin (format csv, header)`));
      await pipeline(createReadStream(path), copy);
    }
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
}

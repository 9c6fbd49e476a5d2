import { importDirectory, type ImportedFile, type ImportOptions } from '@fair-underwriting/database/import/import.ts';
import { ImportRefused } from '@fair-underwriting/database/import/problems.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startPostgres } from '../support/postgres.ts';
import { withFiles } from './folder.ts';

export interface ImportDatabase {
  url: string;
  /** Imports files given by name and content. */
  load(files: Record<string, string | Buffer>, options?: Partial<ImportOptions>): Promise<ImportedFile[]>;
  /** Imports files that must be refused. @returns the problems, each as "file:line column: reason" */
  refused(files: Record<string, string | Buffer>, options?: Partial<ImportOptions>): Promise<string[]>;
  rows(sql: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** A migrated database without rows. */
export async function startImportDatabase(): Promise<ImportDatabase> {
  const postgres = await startPostgres();
  await migrate(postgres.url);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const load: ImportDatabase['load'] = (files, options) =>
    withFiles(files, (dir) => importDirectory({ databaseUrl: postgres.url, dir, ...options }));
  return {
    url: postgres.url,
    load,
    async refused(files, options) {
      try {
        await load(files, options);
      } catch (error) {
        if (!(error instanceof ImportRefused)) throw error;
        return error.problems.map((p) => `${p.file}:${p.line ?? '-'} ${p.column ?? '-'}: ${p.reason}`);
      }
      throw new Error('The files were loaded.');
    },
    rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    async stop() {
      await client.end();
      await postgres.stop();
    },
  };
}

import pg, { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';
import { CommandError } from '../contract/connection.ts';
import { explainDatabaseError } from '../contract/database-error.ts';
import { isAboutData } from '../contract/error-code.ts';
import { lacksRates } from '../contract/missing-rates.ts';
import { copyFile } from './copy.ts';
import { loadThroughChecks } from './diagnose.ts';
import { planLoads, type Load } from './plan.ts';
import { ImportRefused, Problems } from './problems.ts';
import { Progress } from './progress.ts';
import { emptyTables, rebuildCalendars } from './replace.ts';
import { readTables, type Table } from './schema.ts';
import { explainFileError } from './source.ts';
import { NotStrictCsv } from './strict-csv.ts';

export interface ImportOptions {
  /** Connection of the tables' owner. */
  databaseUrl: string;
  /** Folder of the CSV files. */
  dir: string;
  /** Checks everything and loads nothing. */
  dryRun?: boolean;
  /** Empties the tables first that a file is given for. */
  replace?: boolean;
  /** How many problems are listed; all are counted. 100 when left out. */
  maxErrors?: number;
  log?: (line: string) => void;
}

export interface ImportedFile {
  file: string;
  table: string;
  rows: number;
}

/**
 * Loads the CSV files of a folder into the tables they are named after, all or nothing. Good files go straight in by
 * COPY; only when Postgres refuses a row are all of them looked through, to name every bad one.
 * @throws ImportRefused with the bad rows, CommandError for anything else that a person can put right
 */
export async function importDirectory(options: ImportOptions): Promise<ImportedFile[]> {
  try {
    return (await attempt(options, copyAll)) ?? (await attempt(options, checkAll)) ?? [];
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    throw explainDatabaseError(error, options.databaseUrl);
  }
}

type Loader = (client: ClientBase, loads: Load[], options: ImportOptions) => Promise<number[] | undefined>;

/** One transaction, on a connection of its own: one that a COPY failed on is not used again. */
async function attempt(options: ImportOptions, loadAll: Loader): Promise<ImportedFile[] | undefined> {
  const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'import' });
  // A lost connection also fails the query that is under way, which reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    // Times without a zone are UTC; days and months are never guessed from 01/02/2024.
    await client.query("set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local search_path = public");
    await client.query("set local statement_timeout = 0; set local lock_timeout = '60s'; set local jit = off");
    const tables = await readTables(client);
    const loads = await planOrRefuse(options, tables);
    const loaded = loads.map((load) => load.table);
    if (options.replace) await emptyTables(client, loaded, tables);
    const counts = await loadAll(client, loads, options);
    if (!counts) return undefined;
    if (options.replace) await rebuildCalendars(client, loaded);
    if (!options.dryRun) {
      await advanceIdentities(client, loads);
      await client.query('commit');
      // All of it: business days and the like are derived from what was loaded.
      await client.query('analyze');
    }
    return loads.map((load, index) => ({ file: load.file, table: load.table.name, rows: counts[index] ?? 0 }));
  } finally {
    // Without a commit the server undoes everything.
    await client.end().catch(() => undefined);
  }
}

async function planOrRefuse(options: ImportOptions, tables: Map<string, Table>): Promise<Load[]> {
  if (!tables.has('customers')) throw new CommandError('The database has no tables yet: run npm run migrate first.');
  const problems = new Problems(options.maxErrors ?? 100);
  const loads = await planLoads(options.dir, tables, problems);
  problems.throwIfAny();
  return loads;
}

/** @returns undefined when a row was refused, which one and why being for the slow way to find out */
const copyAll: Loader = async (client, loads, { log = () => undefined }) => {
  const counts: number[] = [];
  for (const load of loads) {
    const progress = new Progress(load.file, log);
    try {
      const rows = await copyFile(client, load, progress);
      progress.done(rows);
      counts.push(rows);
    } catch (error) {
      if (error instanceof NotStrictCsv || isAboutData(error)) {
        log(`${load.file}: looking for everything that is wrong`);
        return undefined;
      }
      throw explainFileError(error, load.file) ?? error;
    }
  }
  const names = loads.map((load) => load.table.name);
  if (await lacksRates(client, names)) return undefined;
  return counts;
};

const checkAll: Loader = async (client, loads, { maxErrors = 100, log = () => undefined }) => {
  const counts = await loadThroughChecks(client, loads, maxErrors);
  loads.forEach((load, index) => log(`${load.file}: ${(counts[index] ?? 0).toLocaleString('en')} rows`));
  return counts;
};

/** Numbers that came with the files must not be assigned again. */
async function advanceIdentities(client: ClientBase, loads: Load[]): Promise<void> {
  for (const { table, header } of loads) {
    for (const column of table.columns.filter((c) => c.isIdentity && header.columns.includes(c.name))) {
      const name = escapeIdentifier(column.name);
      const sequence = `pg_get_serial_sequence(${escapeLiteral(table.name)}, ${escapeLiteral(column.name)})`;
      await client.query(
        `select setval(${sequence}, max(${name})) from ${escapeIdentifier(table.name)} having count(*) > 0`,
      );
    }
  }
}

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../contract/connection.ts';
import { readHeader, UnreadableFile, type Header } from './header.ts';
import type { Problems } from './problems.ts';
import { inDependencyOrder, type Table } from './schema.ts';
import { explainFileError } from './source.ts';
import { didYouMean } from './suggest.ts';

/** A file and the table that it is loaded into. */
export interface Load {
  /** Name without folder. */
  file: string;
  path: string;
  table: Table;
  header: Header;
}

const NAME = /^(.+?)\.csv(\.gz)?$/i;

/**
 * Matches the CSV files of a folder with tables, and their headers with columns, in the order of loading.
 * What is wrong is added to the problems; such a file is left out of the result.
 * @throws CommandError when the folder cannot be read or holds no CSV file
 */
export async function planLoads(dir: string, tables: Map<string, Table>, problems: Problems): Promise<Load[]> {
  const files = await csvFiles(dir);
  const byTable = new Map<string, Load>();
  for (const file of files) {
    const whole = (reason: string) => problems.add({ file, line: null, column: null, value: null, reason });
    const name = NAME.exec(file)?.[1] ?? '';
    const table = tables.get(name);
    const earlier = byTable.get(name);
    const known = [...tables.values()].filter((t) => !t.isDerived).map((t) => t.name);
    if (!table) whole(`There is no table "${name}".${didYouMean(name, known)} One file per table, named after it.`);
    else if (table.isDerived) whole(`The table ${name} is worked out from others and cannot be loaded.`);
    else if (earlier) whole(`${earlier.file} is for the same table: keep one of the two.`);
    else {
      const header = await headerOf(join(dir, file), whole);
      if (header && fits(header, table, file, problems)) {
        byTable.set(name, { file, path: join(dir, file), table, header });
      }
    }
  }
  const order = inDependencyOrder([...byTable.values()].map((load) => load.table));
  return order.flatMap((table) => byTable.get(table.name) ?? []);
}

async function csvFiles(dir: string): Promise<string[]> {
  let names: string[];
  try {
    if (!(await stat(dir)).isDirectory()) throw new CommandError(`${dir} is not a folder.`);
    names = await readdir(dir);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`The folder ${dir} cannot be read. Does it exist?`, { cause: error });
  }
  const files = names.filter((name) => NAME.test(name)).sort();
  if (files.length === 0) throw new CommandError(`${dir} holds no .csv or .csv.gz file.`);
  return files;
}

async function headerOf(path: string, whole: (reason: string) => void): Promise<Header | undefined> {
  try {
    return await readHeader(path);
  } catch (error) {
    if (error instanceof UnreadableFile) whole(error.message);
    else {
      const explained = explainFileError(error, path);
      if (!explained) throw error;
      throw explained;
    }
    return undefined;
  }
}

function fits(header: Header, table: Table, file: string, problems: Problems): boolean {
  const before = problems.count;
  const add = (column: string, reason: string) => problems.add({ file, line: 1, column, value: null, reason });
  const known = table.columns.map((column) => column.name);
  const seen = new Set<string>();
  for (const name of header.columns) {
    if (name === '') add('(blank)', 'A column has no name.');
    else if (seen.has(name)) add(name, 'The column appears twice.');
    else if (!known.includes(name)) add(name, `${table.name} has no such column.${didYouMean(name, known)}`);
    seen.add(name);
  }
  for (const column of table.columns) {
    if (column.notNull && !column.hasDefault && !seen.has(column.name)) add(column.name, 'The column is required.');
  }
  return problems.count === before;
}

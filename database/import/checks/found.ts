import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';
import type { Load } from '../plan.ts';
import type { Problems } from '../problems.ts';
import { stagedName } from '../staging.ts';

const SHOWN = 60;

/** Makes the temporary table into which the checks write what they find. */
export async function createFound(client: ClientBase): Promise<void> {
  await client.query(`
    create temp table import_found (
      table_name text, line bigint, columns text[], value text, reason text
    ) on commit drop`);
}

/** Name of the temporary table that holds a file's rows with their types; a bad cell is null in it. */
export function typedName(table: string): string {
  return escapeIdentifier(`typed_${table}`);
}

/**
 * SQL that adds the rows of a query to what was found, with the values as they stand in the file.
 * @param bad a query of (import_line, reason)
 */
export function insertFound(load: Load, columns: string[], bad: string): string {
  const shown = columns.filter((name) => load.header.columns.includes(name));
  const isMasked = columns.some((name) => load.table.columns.some((c) => c.name === name && c.isSensitive));
  const text =
    shown.length > 0 ? `concat_ws(', ', ${shown.map((name) => `s.${escapeIdentifier(name)}`).join(', ')})` : 'null';
  const value = isMasked
    ? `'(hidden, ' || length(${text}) || ' characters)'`
    : `case when length(${text}) > ${SHOWN} then '"' || left(${text}, ${SHOWN}) || '..."' else '"' || ${text} || '"' end`;
  return `
    insert into import_found
    select ${escapeLiteral(load.table.name)}, bad.import_line, ${arrayOf(columns)},
      case when ${text} <> '' then ${value} end, bad.reason
    from (${bad}) bad
    join ${stagedName(load.table.name)} s on s.import_line = bad.import_line`;
}

/** SQL array of text. */
export function arrayOf(names: string[]): string {
  return `array[${names.map((name) => escapeLiteral(name)).join(', ')}]::text[]`;
}

/** SQL condition: none of these columns of the row `t` was found bad before. */
export function isSound(load: Load, columns: string[]): string {
  return `not exists (
    select from import_found f
    where f.table_name = ${escapeLiteral(load.table.name)} and f.line = t.import_line and f.columns && ${arrayOf(columns)}
  )`;
}

/** Hands what the checks found in a file to the caller: the first ones, and how many more there are. */
export async function collectFound(client: ClientBase, load: Load, limit: number, problems: Problems): Promise<void> {
  const { rows } = await client.query<{ line: string; columns: string[]; value: string | null; reason: string }>(
    'select line, columns, value, reason from import_found where table_name = $1 order by line, columns limit $2',
    [load.table.name, limit],
  );
  for (const { line, columns, value, reason } of rows) {
    problems.add({ file: load.file, line: Number(line), column: columns.join(', '), value, reason });
  }
  const all = await client.query<{ count: string }>('select count(*) from import_found where table_name = $1', [
    load.table.name,
  ]);
  problems.addUnshown(Number(all.rows[0]?.count ?? 0) - rows.length);
}

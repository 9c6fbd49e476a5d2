import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';
import type { Load } from '../plan.ts';
import { stagedName } from '../staging.ts';
import { arrayOf, typedName } from './found.ts';

/**
 * Makes a temporary table like the real one, defaults and row triggers included, and fills it from the staged rows.
 * Cells found bad are left null, so that the checks of the rest of the row can go on.
 */
export async function createTypedRows(client: ClientBase, load: Load): Promise<void> {
  const { table, header } = load;
  const typed = typedName(table.name);
  await client.query(
    `create temp table ${typed} (like ${escapeIdentifier(table.name)} including defaults) on commit drop`,
  );
  const relaxed = table.columns.map((column) => `alter column ${escapeIdentifier(column.name)} drop not null`);
  await client.query(`alter table ${typed} ${[...relaxed, 'add column import_line bigint'].join(', ')}`);
  for (const trigger of table.rowTriggers) {
    await client.query(trigger.replace(/ ON \S+ FOR EACH /, ` ON pg_temp.${typed} FOR EACH `));
  }
  const { rows: bad } = await client.query<{ column: string }>(
    'select distinct unnest(columns) as column from import_found where table_name = $1',
    [table.name],
  );
  const names = await stagedColumns(client, load);
  const values = names.map((name) => {
    const type = table.columns.find((column) => column.name === name)?.type ?? 'text';
    const cast = `s.${escapeIdentifier(name)}::${type}`;
    if (!header.columns.includes(name) || !bad.some((one) => one.column === name)) return cast;
    return `case when f.columns @> ${arrayOf([name])} then null else ${cast} end`;
  });
  const targets = names.map((name) => escapeIdentifier(name));
  await client.query(`
    insert into ${typed} (import_line, ${targets.join(', ')})
    select s.import_line, ${values.join(', ')}
    from ${stagedName(table.name)} s
    left join (
      select line, array_agg(c) as columns from import_found, unnest(columns) as c
      where table_name = ${escapeLiteral(table.name)} group by line
    ) f on f.line = s.import_line`);
  await client.query(`analyze ${typed}`);
}

/** Columns of the staged rows: those of the file, and a key that was given its default. */
export async function stagedColumns(client: ClientBase, load: Load): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = ${escapeLiteral(`pg_temp.${stagedName(load.table.name)}`)}::regclass and attnum > 0
       and attname <> 'import_line' order by attnum`,
  );
  return rows.map((row) => row.name);
}

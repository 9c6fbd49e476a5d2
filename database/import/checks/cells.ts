import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';
import { isAboutData } from '../../contract/error-code.ts';
import { plainRule } from '../../contract/plain-rule.ts';
import type { Load } from '../plan.ts';
import type { Column } from '../schema.ts';
import { stagedName } from '../staging.ts';
import { insertFound } from './found.ts';

/** What a value of a type looks like, for people. */
const EXPECTED: Record<string, string> = {
  uuid: 'not a UUID',
  'timestamp with time zone': 'not an instant such as 2024-05-31T09:30:00Z',
  date: 'not a day such as 2024-05-31',
  'time without time zone': 'not a time of day such as 17:00',
  boolean: 'neither true nor false',
  numeric: 'not a number',
  integer: 'not a whole number',
  bigint: 'not a whole number',
  jsonb: 'not valid JSON',
};

/** Checks each cell of a staged file by itself: there where it must be, of its type, not too long. */
export async function checkCells(client: ClientBase, load: Load): Promise<void> {
  for (const column of load.table.columns.filter((c) => load.header.columns.includes(c.name))) {
    if (column.notNull) await client.query(insertFound(load, [column.name], emptyCells(load, column)));
    if (column.maxLength !== null) await client.query(insertFound(load, [column.name], longCells(load, column)));
    if (column.baseType === 'text' && column.domainRules.length === 0) continue;
    if (!(await allFit(client, load, column))) await findMisfits(client, load, column);
  }
}

function emptyCells(load: Load, column: Column): string {
  const hint = column.hasDefault ? ' Leave the whole column out to take its default.' : '';
  return `
    select import_line, ${escapeLiteral(`It is empty, but must not be.${hint}`)} as reason
    from ${stagedName(load.table.name)} where ${escapeIdentifier(column.name)} is null`;
}

function longCells(load: Load, column: Column): string {
  const longest = column.maxLength ?? 0;
  return `
    select import_line, 'longer than ${longest} characters' as reason
    from ${stagedName(load.table.name)} where length(${escapeIdentifier(column.name)}) > ${longest}`;
}

/** Casts the whole column at once, which is fast where nothing is wrong. */
async function allFit(client: ClientBase, load: Load, column: Column): Promise<boolean> {
  await client.query('savepoint cast_column');
  try {
    await client.query(
      `select count(${escapeIdentifier(column.name)}::${column.type}) from ${stagedName(load.table.name)}`,
    );
    return true;
  } catch (error) {
    if (!isAboutData(error)) throw error;
    await client.query('rollback to savepoint cast_column');
    return false;
  }
}

async function findMisfits(client: ClientBase, load: Load, column: Column): Promise<void> {
  await createCastFunction(client, column);
  const value = escapeIdentifier(column.name);
  const rules = column.domainRules.map((rule) => plainRule(rule).replaceAll('value', column.name)).join(' and ');
  await client.query(
    insertFound(
      load,
      [column.name],
      `select import_line, case
          when state = '22003' then 'out of range for ${column.type}'
          when state = '23514' then ${escapeLiteral(`breaks the rule: ${rules}`)}
          when state = '22008' then 'there is no such day or time'
          ${thousandsHint(column)}
          else ${escapeLiteral(EXPECTED[column.baseType] ?? `not of type ${column.type}`)}
        end as reason
      from (
        select import_line, ${value} as value, pg_temp.cast_failure(${value}) as state
        from ${stagedName(load.table.name)}
        where ${value} is not null and length(${value}) <= ${column.maxLength ?? 1_000_000_000}
      ) cells
      where state is not null`,
    ),
  );
}

function thousandsHint(column: Column): string {
  if (!['numeric', 'integer', 'bigint'].includes(column.baseType)) return '';
  return `when value ~ '^[-+]?\\d+([.,'' ]\\d{3})*,\\d+$' or value ~ '^[-+]?\\d{1,3}([.,'' ]\\d{3})+([.,]\\d+)?$'
    then 'not a number: write 1000.50, with a decimal point and without thousands separators'`;
}

/** pg_input_is_valid is only in Postgres 16 and later. */
async function createCastFunction(client: ClientBase, column: Column): Promise<void> {
  await client.query('drop function if exists pg_temp.cast_failure');
  await client.query(`
    create function pg_temp.cast_failure(value text) returns text language plpgsql as $$
    begin
      perform value::${column.type};
      return null;
    exception when data_exception or integrity_constraint_violation then
      return sqlstate;
    end $$`);
}

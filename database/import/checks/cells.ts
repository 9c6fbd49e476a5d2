import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';
import { isAboutData } from '../../contract/error-code.ts';
import { plainRule } from '../../contract/plain-rule.ts';
import { plainForm, type PlainForm } from '../plain-form.ts';
import type { Load } from '../plan.ts';
import type { Column } from '../schema.ts';
import { stagedName } from '../staging.ts';
import { insertFound } from './found.ts';

/** What a value of a type is not, for people, where its form is not checked before. */
const EXPECTED: Record<string, string> = {
  uuid: 'not a UUID',
  boolean: 'neither true nor false',
  jsonb: 'not valid JSON',
};

/** Checks each cell of a staged file by itself: there where it must be, of its type, not too long. */
export async function checkCells(client: ClientBase, load: Load): Promise<void> {
  for (const column of load.table.columns.filter((c) => load.header.columns.includes(c.name))) {
    if (column.notNull) await client.query(insertFound(load, [column.name], emptyCells(load, column)));
    if (column.maxLength !== null) await client.query(insertFound(load, [column.name], longCells(load, column)));
    const form = plainForm(column);
    if (form) await client.query(insertFound(load, [column.name], oddCells(load, column, form)));
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

/** Cells that Postgres might take, but not as they are written. */
function oddCells(load: Load, column: Column, { pattern, reason }: PlainForm): string {
  const value = escapeIdentifier(column.name);
  return `
    select import_line, ${oddity(column, reason)} as reason
    from ${stagedName(load.table.name)}, lateral (select ${value} as value) cell
    where ${isOdd('value', pattern)}`;
}

function isOdd(value: string, pattern: string): string {
  return `${value} !~ ${escapeLiteral(pattern)}`;
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
  const form = plainForm(column);
  const rules = column.domainRules.map((rule) => plainRule(rule).replaceAll('value', column.name)).join(' and ');
  await client.query(
    insertFound(
      load,
      [column.name],
      `select import_line, case
          when state = '22003' then 'out of range for ${column.type}'
          when state = '23514' then ${escapeLiteral(`breaks the rule: ${rules}`)}
          when state = '22008' then 'there is no such day or time'
          else ${escapeLiteral(EXPECTED[column.baseType] ?? `not of type ${column.type}`)}
        end as reason
      from (
        select import_line, ${value} as value, pg_temp.cast_failure(${value}) as state
        from ${stagedName(load.table.name)}
        where ${value} is not null ${form ? `and not (${isOdd(value, form.pattern)})` : ''} and length(${value}) <= ${column.maxLength ?? 1_000_000_000}
      ) cells
      where state is not null`,
    ),
  );
}

/** SQL that says what is wrong with `value`: more than the reason, where it looks like a number after all. */
function oddity({ baseType, scale }: Column, reason: string): string {
  const hints: string[] = [];
  if (['numeric', 'smallint', 'integer', 'bigint'].includes(baseType)) {
    hints.push(`when value ~ '^[-+]?[0-9]+([.,'' ][0-9]{3})*,[0-9]+$'
      or value ~ '^[-+]?[0-9]{1,3}([,'' ][0-9]{3})+([.][0-9]+)?$' or value ~ '^[-+]?[0-9]{1,3}([.][0-9]{3}){2,}$'
      then 'not a number: write 1000.50, with a decimal point and without thousands separators'`);
  }
  if (scale !== null) {
    hints.push(
      `when value ~ '^ *[-+]?[0-9]*[.][0-9]+ *$' then 'more than the ${scale} decimals that the column holds'`,
    );
  }
  return hints.length === 0 ? escapeLiteral(reason) : `case ${hints.join(' ')} else ${escapeLiteral(reason)} end`;
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

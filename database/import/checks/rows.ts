import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';
import { plainRule } from '../../contract/plain-rule.ts';
import type { Load } from '../plan.ts';
import type { Key, Reference, Rule } from '../schema.ts';
import { stagedName } from '../staging.ts';
import { insertFound, isSound, typedName } from './found.ts';

/** Checks the rules of the table: conditions over the columns of one row. */
export async function checkRules(client: ClientBase, load: Load): Promise<void> {
  for (const rule of load.table.rules) await checkRule(client, load, rule);
}

async function checkRule(client: ClientBase, load: Load, rule: Rule): Promise<void> {
  const typed = typedName(load.table.name);
  // A rule may fail with an error instead of saying false, as for an unknown time zone.
  await client.query('drop function if exists pg_temp.breaks_rule');
  await client.query(`
    create function pg_temp.breaks_rule(one pg_temp.${typed}) returns boolean language plpgsql as $$
    begin
      return (select not (${rule.expression}) from (select (one).*) as one_row);
    exception when data_exception then
      return true;
    end $$`);
  await client.query(
    insertFound(
      load,
      rule.columns,
      `select t.import_line, ${escapeLiteral(`breaks the rule: ${plainRule(rule.definition)}`)} as reason
       from pg_temp.${typed} t where pg_temp.breaks_rule(t) and ${isSound(load, rule.columns)}`,
    ),
  );
  await client.query('drop function pg_temp.breaks_rule');
}

/** Checks that keys are unique, within the file and against the rows that are in the table already. */
export async function checkKeys(client: ClientBase, load: Load): Promise<void> {
  for (const key of load.table.keys) {
    await client.query(insertFound(load, key.columns, repeated(load, key)));
    await client.query(insertFound(load, key.columns, taken(load, key)));
  }
}

function repeated(load: Load, key: Key): string {
  const columns = key.columns.map((name) => escapeIdentifier(name)).join(', ');
  return `
    select t.import_line, 'the same as in line ' || t.first_line as reason
    from (
      select *, min(import_line) over (partition by ${columns}) as first_line from pg_temp.${typedName(load.table.name)}
      ${key.nullsDistinct ? `where (${columns}) is not null` : ''}
    ) t
    where t.import_line > t.first_line and ${isSound(load, key.columns)}`;
}

function taken(load: Load, key: Key): string {
  const equal = key.columns.map((name) => {
    const column = escapeIdentifier(name);
    return key.nullsDistinct ? `r.${column} = t.${column}` : `r.${column} is not distinct from t.${column}`;
  });
  return `
    select t.import_line, 'is already in the table ${load.table.name} (--replace empties it first)' as reason
    from pg_temp.${typedName(load.table.name)} t
    where exists (select from ${escapeIdentifier(load.table.name)} r where ${equal.join(' and ')})
      and ${isSound(load, key.columns)}`;
}

/** Checks that every row referred to is there, in the files or in the database. */
export async function checkReferences(client: ClientBase, load: Load, loads: Load[]): Promise<void> {
  for (const reference of load.table.references) {
    const other = loads.find((candidate) => candidate.table.name === reference.table);
    await client.query(insertFound(load, reference.columns, dangling(load, reference, other)));
  }
}

function dangling(load: Load, reference: Reference, other: Load | undefined): string {
  const pairs = reference.columns.map(
    (name, index) => [escapeIdentifier(name), reference.referenced[index] ?? ''] as const,
  );
  const present = pairs.map(([name]) => `t.${name} is not null`).join(' and ');
  const equal = (alias: string) => pairs.map(([name, key]) => `${alias}.${escapeIdentifier(key)} = t.${name}`);
  const absences = [
    `not exists (select from ${escapeIdentifier(reference.table)} r where ${equal('r').join(' and ')})`,
  ];
  if (other) {
    absences.push(`not exists (select from pg_temp.${typedName(reference.table)} r where ${equal('r').join(' and ')})`);
    // The row referred to may be there and have another fault, which is reported on its own.
    const written = pairs.map(([name, key]) => `r.${escapeIdentifier(key)} = t.${name}::text`);
    if (reference.referenced.every((key) => other.header.columns.includes(key))) {
      absences.push(`not exists (select from ${stagedName(reference.table)} r where ${written.join(' and ')})`);
    }
  }
  const where = other ? `${other.file} or the table ${reference.table}` : `the table ${reference.table}`;
  return `
    select t.import_line, ${escapeLiteral(`is not in ${where}`)} as reason
    from pg_temp.${typedName(load.table.name)} t
    where ${present} and ${absences.join(' and ')} and ${isSound(load, reference.columns)}`;
}

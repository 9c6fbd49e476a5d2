import { expectedCatalog } from '@fair-underwriting/database/contract/check.ts';
import type { ClientBase } from 'pg';
import type { RawTable } from './raw-data.ts';

const quoted = (name: string) => `"${name}"`;
/** Text of one character for each expression; nothing without any. */
const joined = (parts: string[]) => (parts.length === 0 ? `''` : parts.join(' || '));

/** Every table of the data contract. What counts as its date and as fresh are settings, so they are read. */
export async function loadTables(client: ClientBase): Promise<RawTable[]> {
  const { rows: settings } = await client.query<{ name: string; column: string | null; hours: number | null }>(
    'select table_name as name, fact_column as column, fresh_hours::float8 as hours from table_expectations',
  );
  const { rows: more } = await client.query<{ name: string; columns: string[]; target: string; keys: string[] }>(
    `select table_name as name, column_names as columns, referenced_table as target, referenced_columns as keys
     from table_references`,
  );
  const loaded: RawTable[] = [];
  for (const table of expectedCatalog().tables) {
    const name = table.name.replace(/^public\./, '');
    const setting = settings.find((one) => one.name === name);
    const dated = table.columns.find((column) => column.name === setting?.column);
    const nullable = table.columns.filter((column) => column.nullable && column.default !== 'computed');
    const links = new Map(
      [
        ...table.foreignKeys.map(({ columns, table: target, referenced }) => ({ columns, target, keys: referenced })),
        ...more.filter((link) => link.name === name),
      ].map((link) => [`(${link.columns.join(', ')}) to ${link.target}`, link]),
    );
    const refs = [...links.values()].map(({ columns, target, keys }) => {
      const pairs = columns.map((column, index) => `r.${quoted(keys[index] ?? '')} = t.${quoted(column)}`);
      return `case when ${columns.map((column) => `t.${quoted(column)} is null`).join(' or ')} then '-'
        when exists (select from ${target} r where ${pairs.join(' and ')}) then '1' else '0' end`;
    });
    const at =
      dated === undefined
        ? 'null::float8'
        : dated.type === 'date'
          ? `(t.${quoted(dated.name)} - date '1970-01-01')::float8`
          : `(extract(epoch from t.${quoted(dated.name)}) * 1000000)::bigint::float8`;
    const { rows } = await client.query<{ at: number | null; nulls: string; refs: string }>(
      `select ${at} as at, ${joined(nullable.map((column) => `(t.${quoted(column.name)} is null)::int::text`))} as nulls,
         ${joined(refs)} as refs
       from ${table.name} t`,
    );
    loaded.push({
      name,
      domain: /^\[(\w+)\]/.exec(table.description ?? '')?.[1] ?? '',
      nullable: nullable.map((column) => column.name),
      references: [...links.keys()],
      isByDay: dated?.type === 'date',
      freshHours: setting?.hours ?? null,
      rows,
    });
  }
  return loaded;
}

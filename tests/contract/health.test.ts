import { expectedCatalog } from '@fair-underwriting/database/contract/check.ts';
import { describe, expect, jest, test } from '@jest/globals';
import { migratedDatabase } from '../support/migrated-database.ts';

jest.setTimeout(60_000);

interface Finding {
  table_name: string;
  kind: string;
  part: string | null;
  row_count: number;
  flawed: number | null;
  age: number | null;
}

describe('data health', () => {
  const db = migratedDatabase();

  const health = async (at: string, only?: string[]): Promise<Finding[]> =>
    (
      await db.client.query<Finding>(
        `select table_name, kind, part, row_count::int, flawed::int,
           (extract(epoch from $1::timestamptz - newest_at) / 3600)::float8 as age
         from reporting.table_health($1, $2)`,
        [at, only],
      )
    ).rows;
  const { tables } = expectedCatalog();
  const plain = (name: string) => name.replace(/^public\./, '');

  test('covers every table of the contract, its nullable columns and its foreign keys', async () => {
    const found = await health('2024-01-01');
    const keyOf = (name: string, kind: string, part: string | null) => `${name} ${kind} ${part ?? ''}`;
    const wanted = tables.flatMap(({ name, columns, foreignKeys }) => [
      keyOf(plain(name), 'table', null),
      ...columns
        .filter((column) => column.nullable && column.default !== 'computed')
        .map((column) => keyOf(plain(name), 'column', column.name)),
      ...foreignKeys.map((key) => keyOf(plain(name), 'reference', `(${key.columns.join(', ')}) to ${key.table}`)),
    ]);
    const keys = found.map(({ table_name, kind, part }) => keyOf(table_name, kind, part));
    expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
    expect(keys.filter((key) => !wanted.includes(key))).toEqual([
      'churn_predictions reference (model_version) to churn_models',
    ]);
  });

  // When this fails, a migration made a table: let it say in table_expectations what dates its rows (null: nothing does).
  test('knows of every table of the contract what dates its rows', async () => {
    const { rows } = await db.client.query<{ name: string; column: string | null }>(
      'select table_name as name, fact_column as column from table_expectations',
    );
    const known = new Map(rows.map(({ name, column }) => [name, column]));
    expect(tables.map(({ name }) => plain(name)).filter((name) => !known.has(name))).toEqual([]);
    const wrong = [...known].filter(([name, column]) => {
      const table = tables.find((one) => plain(one.name) === name);
      const type = table?.columns.find((one) => one.name === column)?.type;
      return table === undefined || (column !== null && type !== 'date' && type !== 'timestamp with time zone');
    });
    expect(wrong).toEqual([]);
  });

  test('finds a table that nobody told it about', async () => {
    await db.client.query(`create table parrots (id int primary key, name text)`);
    await db.client.query(`insert into parrots values (1, 'Polly'), (2, null), (3, null)`);
    expect(await health('2024-01-01', ['parrots'])).toEqual([
      { table_name: 'parrots', kind: 'table', part: null, row_count: 3, flawed: null, age: null },
      { table_name: 'parrots', kind: 'column', part: 'name', row_count: 3, flawed: 2, age: null },
    ]);
    await db.client.query('drop table parrots');
  });

  test('counts orphans where a key was dropped, or taken on trust', async () => {
    await db.client.query(
      `insert into lab_partners (id, name) values ('00000000-0000-0000-0000-00000000000a', 'North')`,
    );
    await db.client.query(`alter table proficiency_tests drop constraint proficiency_tests_lab_partner_id_fkey`);
    const orphans = async () => {
      const found = await health('2024-01-02T12:00:00Z', ['proficiency_tests']);
      return found
        .filter(({ kind }) => kind !== 'column')
        .map(({ row_count, flawed, age }) => [row_count, flawed, age]);
    };
    await db.client.query(`insert into proficiency_tests (lab_partner_id, tested_on, samples, correct) values
      ('00000000-0000-0000-0000-00000000000a', '2024-01-01', 10, 9),
      ('00000000-0000-0000-0000-00000000000b', '2023-12-31', 10, 9),
      ('00000000-0000-0000-0000-00000000000b', '2024-01-03', 10, 9)`);
    expect(await orphans()).toEqual([
      [2, null, 12],
      [2, 1, null],
    ]);
    await db.client.query(`alter table proficiency_tests add constraint again
      foreign key (lab_partner_id) references lab_partners (id) not valid`);
    expect((await orphans())[1]).toEqual([2, 1, null]);
    await db.client.query(
      `delete from proficiency_tests where lab_partner_id = '00000000-0000-0000-0000-00000000000b'`,
    );
    await db.client.query(`alter table proficiency_tests validate constraint again`);
    expect((await orphans())[1]).toEqual([1, 0, null]);
  });
});

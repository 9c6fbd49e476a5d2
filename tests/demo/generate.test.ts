import { columnsOf, tableNames } from '@fair-underwriting/database/demo/tables.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DemoDatabase, openDemoDatabase } from './demo-database.ts';

const end = '2026-06-30';
let db: DemoDatabase;
beforeAll(async () => {
  db = await openDemoDatabase();
}, 60_000);
afterAll(() => db.stop());

test('the columns that are written have the types that the schema gives them', async () => {
  const names: Record<string, string> = {
    varchar: 'text',
    bpchar: 'text',
    int4: 'int',
    int8: 'bigint',
    _int4: 'int[]',
    _text: 'text[]',
  };
  const columns =
    await db.query(`select a.attrelid::regclass::text as t, a.attname as c, coalesce(b.typname, t.typname) as type
    from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_type b on b.oid = t.typbasetype
    where a.attnum > 0 and a.attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`);
  const types = new Map(columns.map(({ t, c, type }) => [`${String(t)}.${String(c)}`, names[String(type)] ?? type]));
  for (const table of tableNames) {
    for (const { name, type } of columnsOf(table)) {
      expect([table, name, types.get(`${table}.${name}`)]).toEqual([table, name, type]);
    }
  }
});

describe('generateDemo', () => {
  test('one customer in one month is enough', async () => {
    const { tables } = await db.fill({ customers: 1, months: 1, end });
    expect(tables['customers']).toBe(1);
  }, 60_000);

  test('replacing brings exactly the same rows again, as many as it says', async () => {
    const size = { customers: 60, months: 40, end, replace: true };
    const digest = `select md5(string_agg(t::text, ',' order by id)) as digest from test_orders t`;
    await db.fill(size);
    const first = await db.query(digest);
    const result = await db.fill(size);
    expect(await db.query(digest)).toEqual(first);
    for (const [table, rows] of Object.entries(result.tables)) {
      expect([table, await db.number(`select count(*) from ${table}`)]).toEqual([table, rows]);
    }
    expect(result.rows).toBe(Object.values(result.tables).reduce((sum, rows) => sum + rows, 0));
    expect(result.seconds).toBeGreaterThan(0);
  }, 120_000);

  test('pins the as-of to the end of the last day, and new activity gets a new number', async () => {
    const [settings] = await db.query('select as_of::text from reporting.settings');
    expect(settings).toEqual({ as_of: '2026-06-30 23:59:59.999999+00' });
    await db.query(`insert into user_activity_logs (customer_id, "timestamp", activity)
      select id, now(), 'session' from customers limit 1`);
    expect(await db.number('select count(*) - count(distinct id) from user_activity_logs')).toBe(0);
  });

  test('leaves every constraint, index and trigger as it was, with those that somebody added', async () => {
    await db.query(`create table notes (id int primary key, customer_id uuid not null references customers (id))`);
    await db.query(`create index "Claims By Day" on claims (submitted_at desc) where paid_amount > 0`);
    await db.query(`comment on index "Claims By Day" is 'somebody''s own'`);
    await db.query(`comment on constraint claims_pkey on claims is 'the key'`);
    await db.query(`alter table refunds cluster on refunds_refunded_at`);
    const constraints = `select conrelid::regclass::text as source, conname, convalidated, pg_get_constraintdef(oid) as definition,
        obj_description(oid, 'pg_constraint') as words from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`;
    const indexes = `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition, indisvalid, indisready,
        indisprimary, indisunique, indisclustered, obj_description(indexrelid, 'pg_class') as words
      from pg_index where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) order by 1`;
    const triggers = `select tgrelid::regclass::text as source, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2`;
    const state = async () => [await db.query(constraints), await db.query(indexes), await db.query(triggers)];
    const before = await state();
    expect(before.map((rows) => rows.length > 0)).toEqual([true, true, true]);
    expect(JSON.stringify(before)).toContain('FOREIGN KEY');
    await db.fill({ customers: 3, months: 2, end, replace: true });
    expect(await state()).toEqual(before);
    await db.query('drop table notes');
  }, 60_000);

  test('refuses a database that holds data, and leaves it as it was', async () => {
    const before = await db.number('select count(*) from user_activity_logs');
    await expect(db.fill({ customers: 5, end })).rejects.toThrow('is not empty and demo data would mix with it');
    expect(await db.number('select count(*) from user_activity_logs')).toBe(before);
  });

  test('a row that the database refuses leaves nothing behind, and the error names the table', async () => {
    const before = await db.number('select count(*) from customers');
    await db.query(`alter table claims add constraint no_claims check (billed_amount < 0) not valid`);
    await expect(db.fill({ customers: 60, months: 6, end, replace: true })).rejects.toThrow('COPY into claims failed');
    await db.query('alter table claims drop constraint no_claims');
    expect(await db.number('select count(*) from customers')).toBe(before);
  }, 120_000);

  test('a row that breaks a key leaves nothing behind', async () => {
    const before = await db.number('select count(*) from customers');
    await db.query(`create unique index one_claim on claims ((true)) where submitted_at < '2020-01-01'`);
    const early = { customers: 60, months: 6, end: '2019-12-31', replace: true };
    await expect(db.fill(early)).rejects.toThrow('one_claim');
    await db.query('drop index one_claim');
    expect(await db.number('select count(*) from customers')).toBe(before);
  }, 120_000);

  test.each([{ customers: 0 }, { months: 0 }, { seed: -1 }, { end: '2026-13-01' }])(
    '%j is refused',
    async (options) => {
      await expect(db.fill(options)).rejects.toThrow(RangeError);
    },
  );
});

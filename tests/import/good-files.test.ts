import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startImportDatabase, type ImportDatabase } from './database.ts';
import { ADA, BEN, customers } from './folder.ts';

jest.setTimeout(60_000);

describe('files that are good', () => {
  let database: ImportDatabase;

  beforeAll(async () => {
    database = await startImportDatabase();
  });
  beforeEach(() => database.rows('truncate customers, lab_partners, business_calendars, plans cascade'));
  afterAll(() => database.stop());

  const names = () => database.rows('select id, full_name from customers order by id');

  test('columns in any order, absent ones take their default, empty fields are null, quoted or not', async () => {
    await database.load({
      'customers.csv': customers([`,${ADA},2024-01-01T00:00:00Z`, `"",${BEN},2024-01-02`], 'full_name,id,created_at'),
      'invoices.csv': `customer_id,issued_at,paid_at\n${ADA},2024-01-01,\n`,
    });
    expect(await names()).toEqual([
      { id: ADA, full_name: null },
      { id: BEN, full_name: null },
    ]);
    expect(await database.rows('select currency, paid_at from invoices')).toEqual([{ currency: 'USD', paid_at: null }]);
  });

  test('times without a zone are UTC', async () => {
    await database.load({ 'customers.csv': customers([`${ADA},2024-07-01 12:00`]) });
    expect(await database.rows(`select created_at = '2024-07-01T12:00:00Z' as utc from customers`)).toEqual([
      { utc: true },
    ]);
  });

  test('a byte order mark, CRLF, quoted commas, quotes and line ends', async () => {
    const text = `\uFEFFid,created_at,full_name\r\n${ADA},2024-01-01,"Lovelace, ""Ada""\r\nCountess"\r\n`;
    await database.load({ 'customers.csv': text });
    expect(await names()).toEqual([{ id: ADA, full_name: 'Lovelace, "Ada"\r\nCountess' }]);
  });

  test('gzip, also under a plain name, and tables in the order of their references', async () => {
    await database.load({
      'customers.csv.gz': customers([`${ADA},2024-01-01`]),
      'user_activity_logs.csv': gzipSync(`customer_id,timestamp,activity\n${ADA},2024-01-02,login\n`),
    });
    expect(await database.rows('select activity from user_activity_logs')).toEqual([{ activity: 'login' }]);
  });

  test('the order of alleles is put right', async () => {
    await database.load({
      'customers.csv': customers([`${ADA},2024-01-01,ZM`, `${BEN},2024-01-01,PI*ZS`], 'id,created_at,genotype'),
    });
    expect(await database.rows('select genotype from customers order by id')).toEqual([
      { genotype: 'MZ' },
      { genotype: 'SZ' },
    ]);
  });

  test('rows of a file may refer to later rows of it', async () => {
    const order = (id: string, first: string) => `${id},${ADA},${BEN},${first},2024-01-02,2024-01-02`;
    await database.load({
      'customers.csv': customers([`${ADA},2024-01-01`]),
      'lab_partners.csv': `id,name\n${BEN},Laboratory\n`,
      'test_orders.csv': [
        'id,customer_id,lab_partner_id,recollection_of,ordered_at,sent_to_lab_at',
        order(BEN, ADA),
        order(ADA, ''),
        '',
      ].join('\n'),
    });
    expect(await database.rows('select recollection_of from test_orders where id <> recollection_of')).toEqual([
      { recollection_of: ADA },
    ]);
  });

  test('numbers that came with a file are not assigned again', async () => {
    const header = 'id,customer_id,timestamp,activity';
    await database.load({
      'customers.csv': customers([`${ADA},2024-01-01`]),
      'user_activity_logs.csv': `${header}\n500,${ADA},2024-01-02,login\n`,
    });
    await database.rows(
      `insert into user_activity_logs (customer_id, timestamp, activity) values ('${ADA}', now(), 'x')`,
    );
    expect(await database.rows('select max(id)::int as id from user_activity_logs')).toEqual([{ id: 501 }]);
  });

  test('blank lines, a line \\. and mixed line ends go the slow way, but go', async () => {
    await database.load({ 'plans.csv': 'id,name\na,A\r\n\nb,"B\n\\.\nb"\n\n' });
    expect(await database.rows('select id, name from plans order by id')).toEqual([
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B\n\\.\nb' },
    ]);
  });

  test('a dry run checks and loads nothing', async () => {
    const files = await database.load({ 'customers.csv': customers([`${ADA},2024-01-01`]) }, { dryRun: true });
    expect(files).toEqual([{ file: 'customers.csv', table: 'customers', rows: 1 }]);
    expect(await names()).toEqual([]);
  });

  test('a file with only its header loads no row', async () => {
    expect(await database.load({ 'customers.csv': 'id,created_at' })).toMatchObject([{ rows: 0 }]);
  });

  test('business days follow the holidays that are loaded, and those that are replaced', async () => {
    const isOpen = () =>
      database.rows(
        `select is_business_day as open from business_calendar_days where calendar_id = 'us' and day = '2024-07-04'`,
      );
    const calendar = { 'business_calendars.csv': 'id,name\nus,US\n' };
    await database.load({
      ...calendar,
      'business_holidays.csv': 'calendar_id,day,name\nus,2024-07-04,Independence Day\n',
    });
    expect(await isOpen()).toEqual([{ open: false }]);
    await database.load({ 'business_holidays.csv': 'calendar_id,day,name\n' }, { replace: true });
    expect(await isOpen()).toEqual([{ open: true }]);
  });
});

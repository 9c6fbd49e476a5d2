import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { importDirectory } from '@fair-underwriting/database/import/import.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startImportDatabase, type ImportDatabase } from './database.ts';
import { ADA, customers, withFiles } from './folder.ts';

jest.setTimeout(60_000);

const CLI = join(import.meta.dirname, '..', '..', 'database', 'import', 'cli.ts');

describe('bad files', () => {
  let database: ImportDatabase;

  beforeAll(async () => {
    database = await startImportDatabase();
  });
  afterAll(() => database.stop());

  const good = customers([`${ADA},2024-01-01`]);

  test.each<[string, Record<string, string | Buffer>, string]>([
    [
      'an unknown table',
      { 'custmers.csv': good },
      'custmers.csv:- -: There is no table "custmers". Did you mean "customers"? One file per table, named after it.',
    ],
    [
      'a part of a table',
      { 'customers.csv': good, 'customers-2.csv': good },
      'customers-2.csv:- -: There is no table "customers-2". Did you mean "customers"? One file per table, named after it.',
    ],
    [
      'two files for a table',
      { 'customers.csv': good, 'customers.csv.gz': good },
      'customers.csv.gz:- -: customers.csv is for the same table: keep one of the two.',
    ],
    [
      'a table kept by triggers',
      { 'business_calendar_days.csv': 'day\n' },
      'business_calendar_days.csv:- -: The table business_calendar_days is worked out from others and cannot be loaded.',
    ],
    [
      'an unknown column',
      { 'customers.csv': 'id,Created-At,created_at\n' },
      'customers.csv:1 Created-At: customers has no such column. Did you mean "created_at"?',
    ],
    ['a column twice', { 'customers.csv': 'id,created_at,id\n' }, 'customers.csv:1 id: The column appears twice.'],
    [
      'a column without a name',
      { 'customers.csv': 'id,created_at,\n' },
      'customers.csv:1 (blank): A column has no name.',
    ],
    [
      'a required column that is absent',
      { 'customers.csv': 'id,full_name\n' },
      'customers.csv:1 created_at: The column is required.',
    ],
    [
      'an empty file',
      { 'customers.csv': '' },
      'customers.csv:- -: The file is empty. At least a header with column names is needed.',
    ],
    [
      'a blank first line',
      { 'customers.csv': `\n${good}` },
      'customers.csv:- -: The first line is blank. It must hold column names.',
    ],
    [
      'semicolons',
      { 'customers.csv': 'id;created_at\n' },
      'customers.csv:- -: The fields are separated by ";". Save it with commas.',
    ],
    [
      'UTF-16',
      { 'customers.csv': Buffer.from(`\uFEFF${good}`, 'utf16le') },
      'customers.csv:- -: The file is UTF-16. Save it as UTF-8 (in a spreadsheet: "CSV UTF-8").',
    ],
    [
      'UTF-16 without a mark',
      { 'customers.csv': Buffer.from(good, 'utf16le') },
      'customers.csv:- -: The file is UTF-16. Save it as UTF-8 (in a spreadsheet: "CSV UTF-8").',
    ],
    [
      'line ends of CR alone',
      { 'customers.csv': good.replaceAll('\n', '\r') },
      'customers.csv:- -: The lines end in CR alone. Save it with LF or CRLF.',
    ],
    [
      'a header that is no UTF-8',
      { 'customers.csv': Buffer.from([0x69, 0xe9, 0x0a]) },
      'customers.csv:- -: The header cannot be read: it is not UTF-8.',
    ],
  ])('%s', async (_, files, problem) => {
    expect(await database.refused(files)).toEqual([problem]);
  });

  test('a gzip file that is cut off', async () => {
    const rows = Array.from(
      { length: 5_000 },
      (_, index) => `${index.toString(16).padStart(8, '0')}${ADA.slice(8)},2024-01-01`,
    );
    const packed = gzipSync(customers(rows));
    const load = database.load({ 'customers.csv.gz': packed.subarray(0, packed.length - 1_000) });
    await expect(load).rejects.toThrow('customers.csv.gz: the gzip file is damaged or cut off.');
    expect(await database.rows('select id from customers')).toEqual([]);
  });

  test('a folder that is absent, or without a CSV file', async () => {
    await expect(importDirectory({ databaseUrl: database.url, dir: '/nowhere' })).rejects.toThrow('Does it exist?');
    await expect(database.load({ 'read.me': 'x' })).rejects.toThrow('holds no .csv or .csv.gz file');
  });

  test('a wrong password is told without any password', async () => {
    const url = new URL(database.url);
    url.password = 'hunter2-wrong';
    url.username = 'nobody-here';
    const load = withFiles({ 'customers.csv': good }, (dir) => importDirectory({ databaseUrl: url.href, dir }));
    await expect(load).rejects.toThrow(/password for nobody-here@|does not let this user in|role/);
    await expect(load).rejects.not.toThrow(/hunter2/);
  });

  test('everything about a refusal goes to standard error, in order', async () => {
    await withFiles({ 'customers.csv': customers(['bad,2024-01-01']) }, async (dir) => {
      const child = spawn(process.execPath, ['--import', 'tsx', CLI, dir], {
        env: { ...process.env, DATABASE_URL: database.url },
      });
      const said = { out: '', err: '' };
      child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      expect([code, said.out]).toEqual([1, '']);
      expect(said.err.trim().split('\n')).toEqual([
        'customers.csv: looking for everything that is wrong',
        'customers.csv, line 2, id: "bad": not a UUID',
        'Nothing was loaded: 1 problem.',
      ]);
    });
  });

  test('killed in the middle, it leaves nothing', async () => {
    const rows = Array.from(
      { length: 200_000 },
      (_, index) => `${index.toString(16).padStart(8, '0')}${ADA.slice(8)},2024-01-01`,
    );
    await withFiles({ 'customers.csv': customers(rows) }, async (dir) => {
      const child = spawn(process.execPath, ['--import', 'tsx', CLI, dir], {
        env: { ...process.env, DATABASE_URL: database.url },
        stdio: 'ignore',
      });
      const copying = `select count(*)::int as n from pg_stat_progress_copy where tuples_processed > 1000`;
      while ((await database.rows(copying))[0]?.['n'] === 0 && child.exitCode === null) await sleep(5);
      child.kill('SIGKILL');
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');
    });
    const others = `select count(*)::int as n from pg_stat_activity where application_name = 'import'`;
    while ((await database.rows(others))[0]?.['n'] !== 0) await sleep(20);
    expect(await database.rows('select id from customers limit 1')).toEqual([]);
  });
});

describe('replacing', () => {
  let database: ImportDatabase;

  beforeAll(async () => {
    database = await startImportDatabase();
    await database.load({
      'customers.csv': customers([`${ADA},2024-01-01`]),
      'invoices.csv': `customer_id,issued_at\n${ADA},2024-01-01\n`,
    });
  });
  afterAll(() => database.stop());

  test('is refused while rows of other tables refer to those replaced', async () => {
    const load = database.load({ 'customers.csv': customers([`${ADA},2024-01-01`]) }, { replace: true });
    await expect(load).rejects.toThrow('--replace would leave rows of invoices without what they refer to.');
    expect(await database.rows('select count(*)::int as n from customers, invoices')).toEqual([{ n: 1 }]);
  });

  test('a bad row leaves the old rows as they were', async () => {
    const files = { 'customers.csv': customers(['bad,2024-01-01']), 'invoices.csv': 'customer_id,issued_at\n' };
    expect(await database.refused(files, { replace: true })).toEqual(['customers.csv:2 id: not a UUID']);
    expect(await database.rows('select count(*)::int as n from customers, invoices')).toEqual([{ n: 1 }]);
  });

  test('empties the tables that files are given for', async () => {
    const files = { 'customers.csv': customers([`${ADA},2024-05-05`]), 'invoices.csv': 'customer_id,issued_at\n' };
    await database.load(files, { replace: true });
    expect(await database.rows('select count(*)::int as n from invoices')).toEqual([{ n: 0 }]);
    expect(await database.rows(`select id from customers where created_at = '2024-05-05'`)).toEqual([{ id: ADA }]);
  });
});

import { ImportRefused } from '@fair-underwriting/database/import/problems.ts';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startImportDatabase, type ImportDatabase } from './database.ts';
import { ADA, BEN, customers } from './folder.ts';

jest.setTimeout(60_000);

describe('bad rows', () => {
  let database: ImportDatabase;

  beforeAll(async () => {
    database = await startImportDatabase();
    await database.rows(`insert into customers (id, created_at) values ('${BEN}', '2024-01-01')`);
  });
  afterAll(() => database.stop());
  afterEach(async () => {
    // Whatever a test tried to load, nothing is there.
    expect(await database.rows('select id from customers')).toEqual([{ id: BEN }]);
    expect(await database.rows('select id from invoices')).toEqual([]);
  });

  const refused = (rows: string[], header?: string) => database.refused({ 'customers.csv': customers(rows, header) });

  test('all of them are named, with the physical line on which each begins', async () => {
    const problems = await refused(
      [
        `${ADA},2024-01-01,"two\nlines"`,
        'nonsense,2024-01-01,',
        '',
        `${ADA.replace('1', '3')},2024-02-30,"three\r\n\nlines"`,
        `${ADA.replace('1', '4')},,`,
        `${ADA.replace('1', '5')},infinity,`,
      ],
      'id,created_at,full_name',
    );
    expect(problems).toEqual([
      'customers.csv:4 id: not a UUID',
      'customers.csv:6 created_at: there is no such day or time',
      'customers.csv:9 created_at: It is empty, but must not be.',
      'customers.csv:10 created_at: not an instant in ISO 8601, such as 2024-05-31T09:30:00Z',
    ]);
  });

  test('wrong numbers of fields and stray quotes are named, and the rows after them are still checked', async () => {
    const problems = await refused(
      [
        `${ADA},2024-01-01,a,b`,
        `${ADA},2024-01-01`,
        `${ADA},2024-01-01,6" tall`,
        `${ADA},2024-01-01,7" tall`,
        `${ADA},2024-01-01,"open`,
        'bad,2024-01-01,x',
      ],
      'id,created_at,full_name',
    );
    expect(problems.map((problem) => problem.replace(/\. .*/, '.'))).toEqual([
      'customers.csv:2 -: The row has 4 fields, but the header has 3.',
      'customers.csv:3 -: The row has 2 fields, but the header has 3.',
      'customers.csv:4 -: A quote stands in the middle of a field.',
      'customers.csv:5 -: A quote stands in the middle of a field.',
      'customers.csv:6 -: A quote is opened but not closed.',
      'customers.csv:7 id: not a UUID',
    ]);
  });

  test('balanced quotes within a field are refused, which COPY would drop', async () => {
    expect(await refused([`${ADA},2024-01-01,the "old" one`], 'id,created_at,full_name')).toEqual([
      'customers.csv:2 -: A quote stands in the middle of a field. Within a quoted field a quote is written twice.',
    ]);
  });

  test('bytes that are no UTF-8, and NUL bytes', async () => {
    const text = Buffer.concat([
      Buffer.from(`id,created_at,full_name\n${ADA},2024-01-01,Ren`),
      Buffer.from([0xe9, 0x0a]),
      Buffer.from(`${ADA.replace('1', '3')},2024-01-01,a\0b\n`),
    ]);
    expect(await database.refused({ 'customers.csv': text })).toEqual([
      'customers.csv:2 -: The line is not UTF-8 (byte 0xe9). If it is Windows-1252, convert the file.',
      'customers.csv:3 -: The line holds a NUL byte (0x00), which no text may hold.',
    ]);
  });

  test('duplicates within the file and in the database', async () => {
    expect(await refused([`${ADA},2024-01-01`, `${ADA.toUpperCase()},2024-01-02`, `${BEN},2024-01-03`])).toEqual([
      'customers.csv:3 id: the same as in line 2',
      'customers.csv:4 id: is already in the table customers (--replace empties it first)',
    ]);
  });

  test('references that lead nowhere, in the files and in the database', async () => {
    const files = {
      'customers.csv': customers([`${ADA},2024-01-01`, 'broken,2024-01-01']),
      'invoices.csv': [
        'customer_id,issued_at',
        `${ADA},2024-01-01`,
        `${BEN},2024-01-01`,
        `${ADA.replace('1', '9')},2024-01-01`,
        '',
      ].join('\n'),
    };
    expect(await database.refused(files)).toEqual([
      'customers.csv:3 id: not a UUID',
      'invoices.csv:4 customer_id: is not in customers.csv or the table customers',
    ]);
  });

  test('rules in plain words, also those over several columns', async () => {
    const header = 'customer_id,issued_at,paid_at,currency';
    const problems = await database.refused({
      'invoices.csv': [
        header,
        `${BEN},2024-01-02,2024-01-01,USD`,
        `,2024-01-02,,USD`,
        `${BEN},2024-01-02,,usd`,
        `${BEN},2024-01-02,,USDT`,
        '',
      ].join('\n'),
      'lab_contracts.csv': `lab_partner_id,valid_from,calendar_id,time_zone,sla_share\n,2024-01-01,us,Mars/Base,1.5\n`,
    });
    expect(problems).toEqual([
      'invoices.csv:2 paid_at, issued_at: breaks the rule: paid_at >= issued_at and paid_at is finite',
      'invoices.csv:3 customer_id, partner_id: breaks the rule: customer_id is not null or partner_id is not null',
      "invoices.csv:4 currency: breaks the rule: currency ~ '^[A-Z]{3}$'",
      'invoices.csv:5 currency: longer than 3 characters',
      'lab_contracts.csv:2 calendar_id: is not in the table business_calendars',
      'lab_contracts.csv:2 lab_partner_id: It is empty, but must not be.',
      'lab_contracts.csv:2 sla_share: breaks the rule: sla_share > 0 and sla_share <= 1',
      "lab_contracts.csv:2 time_zone: breaks the rule: ('2000-01-01 00:00:00+00' at time zone time_zone) is not null",
    ]);
  });

  test('numbers with separators of thousands or a decimal comma, days in other orders', async () => {
    const hint = 'not a number: write 1000.50, with a decimal point and without thousands separators';
    const problems = await database.refused({
      'ledger_entries.csv': [
        'booked_on,category,activity,amount',
        '2024-01-31,a,operating,"1,000"',
        '2024-01-31,a,operating,"1.000,50"',
        '2024-01-31,a,operating,12 USD',
        '01/02/2024,a,operating,1',
        '2024-01-31,a,operating,1e30',
        '2024-01-31,a,operating,1000000000000000',
        '',
      ].join('\n'),
    });
    expect(problems).toEqual([
      `ledger_entries.csv:2 amount: ${hint}`,
      `ledger_entries.csv:3 amount: ${hint}`,
      'ledger_entries.csv:4 amount: not a plain decimal number such as 1000.50',
      'ledger_entries.csv:5 booked_on: not a day in ISO 8601, such as 2024-05-31',
      'ledger_entries.csv:6 amount: not a plain decimal number such as 1000.50',
      'ledger_entries.csv:7 amount: out of range for money_amount',
    ]);
  });

  test('numbers that Postgres would take, but not as they are written', async () => {
    const plain = 'not a plain decimal number such as 1000.50';
    const amounts = ['10.005', '0x10', '0b11', '1_000', '1e3', 'NaN', '10.5000', '+.5', '-10.'];
    const problems = await database.refused({
      'ledger_entries.csv': [
        'booked_on,category,activity,amount',
        ...amounts.map((amount) => `2024-01-31,a,operating,${amount}`),
        '',
      ].join('\n'),
      'plans.csv': 'id,name\na,0x10\n',
      'business_calendars.csv': 'id,name\nc,C\n',
      'lab_partners.csv': `id,name\n${BEN},Laboratory\n`,
      'lab_contracts.csv': [
        'lab_partner_id,valid_from,calendar_id,time_zone,sla_turnaround_days',
        `${BEN},2024-01-01,c,UTC,0x0a`,
        `${BEN},2024-01-02,c,UTC,1_0`,
        '',
      ].join('\n'),
    });
    expect(problems).toEqual([
      'ledger_entries.csv:2 amount: more than the 2 decimals that the column holds',
      ...[3, 4, 5, 6, 7].map((line) => `ledger_entries.csv:${line} amount: ${plain}`),
      'lab_contracts.csv:2 sla_turnaround_days: not a whole number',
      'lab_contracts.csv:3 sla_turnaround_days: not a whole number',
    ]);
  });

  test('times that Postgres would take, but that are no ISO 8601', async () => {
    const id = (index: number) => `${index}${ADA.slice(1)}`;
    const instant = 'not an instant in ISO 8601, such as 2024-05-31T09:30:00Z';
    const words = [
      '12024-01-01',
      '2024-01-01 BC',
      'now',
      'epoch',
      '20240102',
      'infinity',
      '2024-01-01T10:00:00.1234567',
    ];
    expect(await refused(words.map((word, index) => `${id(index)},${word}`))).toEqual(
      words.map((_, index) => `customers.csv:${index + 2} created_at: ${instant}`),
    );
    expect(await refused([`${ADA},2999-01-01`])).toEqual([
      'customers.csv:2 created_at: breaks the rule: created_at is within the years 1900 to 2199',
    ]);
    const days = ['infinity', 'tomorrow', '2024-01-01T10:00:00'];
    const header = 'id,created_at,date_of_birth';
    expect(
      await refused(
        days.map((day, index) => `${id(index)},2024-01-01,${day}`),
        header,
      ),
    ).toEqual(
      days.map((_, index) => `customers.csv:${index + 2} date_of_birth: not a day in ISO 8601, such as 2024-05-31`),
    );
  });

  test('an exchange rate that is missing or more than seven days old', async () => {
    const entry = (day: string) => `${day},sales,operating,10,EUR`;
    const problems = await database.refused({
      'exchange_rates.csv': 'currency,day,rate\nEUR,2024-01-01,1.1\n',
      'ledger_entries.csv': [
        'booked_on,category,activity,amount,currency',
        entry('2024-01-08'),
        entry('2024-01-09'),
        '',
      ].join('\n'),
      'customers.csv': customers([`${ADA},2024-01-01`]),
      'invoices.csv': `customer_id,issued_at,paid_at,currency\n${ADA},2023-12-01,2023-12-31,EUR\n`,
    });
    expect(problems).toEqual([
      'ledger_entries.csv:3 currency: no exchange rate for EUR on 2024-01-09 or in the 7 days before',
      'invoices.csv:2 currency: no exchange rate for EUR on 2023-12-31 or in the 7 days before',
    ]);
  });

  test('values are shortened, and hidden where they identify a person or tell of health', async () => {
    const rows = [`${ADA},2024-01-01,XQ,1850-01-01,${'x'.repeat(300)}`];
    const header = 'id,created_at,genotype,date_of_birth,payer_type';
    const error = await database.load({ 'customers.csv': customers(rows, header) }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ImportRefused);
    const values = (error as ImportRefused).problems.map(({ column, value }) => [column, value]);
    expect(values).toEqual([
      ['date_of_birth', '(hidden, 10 characters)'],
      ['genotype', '(hidden, 2 characters)'],
      ['payer_type', `"${'x'.repeat(60)}..."`],
    ]);
    expect((error as ImportRefused).message).not.toMatch(/XQ|1850/);
  });

  test('no more are listed than asked for, but all are counted', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => `bad${index},2024-01-01`);
    const load = database.load({ 'customers.csv': customers(rows) }, { maxErrors: 3 });
    await expect(load).rejects.toMatchObject({ count: 250, problems: [{ line: 2 }, { line: 3 }, { line: 4 }] });
    await expect(load).rejects.toThrow(/\.\.\. and 247 more\nNothing was loaded: 250 problems\./);
  });
});

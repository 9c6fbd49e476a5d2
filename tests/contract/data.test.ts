import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDatabase, reportCheck } from '@fair-underwriting/database/contract/check.ts';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { migratedDatabase } from '../support/migrated-database.ts';

jest.setTimeout(60_000);

const TIMES = join(import.meta.dirname, '..', '..', 'database', 'migrations', '0050_plausible_times.sql');
const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';

const ROWS = `
  insert into payers (id, name, payer_type) values ('${A}', 'Payer', 'medicare');
  insert into customers (id, created_at, payer_type) values ('${A}', '2024-01-01', 'self_pay'), ('${B}', '2024-01-01', null);
  insert into lab_partners (id, name) values ('${A}', 'Laboratory');
  insert into business_calendars (id, name) values ('c', 'C') on conflict do nothing;
  insert into lab_contracts (lab_partner_id, valid_from, calendar_id, time_zone) values ('${A}', '2024-02-01', 'c', 'UTC');
  insert into invoices (id, customer_id, issued_at, paid_at) values ('${A}', '${A}', '2024-01-01', '2024-01-02');
  insert into invoice_lines (id, invoice_id, revenue_source, amount) values ('${A}', '${A}', 'b2c_tests', 100);
  insert into counselors (id, name, max_sessions_per_week, hired_on) values ('${A}', 'C', 20, '2024-01-01');
`;

describe('data that no constraint can refuse', () => {
  const database = migratedDatabase();
  beforeAll(async () => {
    await database.client.query(ROWS);
  });

  const findings = async () =>
    (await checkDatabase(database.url)).data.flatMap(({ count, examples }) => (count === 0 ? [] : examples));

  test('good rows are good', async () => {
    expect(await findings()).toEqual([]);
  });

  test('times from before the rule that refuses them, which holds for new ones then', async () => {
    const id = A.replace('1', '4');
    const [up = '', down = ''] = readFileSync(TIMES, 'utf8').split('-- Down Migration');
    try {
      await database.client.query(`begin; ${down}`);
      await database.client.query(
        `insert into customers (id, created_at, date_of_birth) values ('${id}', '2999-01-01', '2999-01-01')`,
      );
      await database.client.query(`${up}; commit`);
      expect(await findings()).toEqual([`customers ${id}: created_at, date_of_birth: outside the years 1900 to 2199`]);
      await expect(database.client.query(`insert into customers (created_at) values ('2999-01-01')`)).rejects.toThrow(
        'customers_created_at_plausible',
      );
      await expect(
        database.client.query(`insert into invoices (customer_id, issued_at) values ('${A}', '0024-01-01')`),
      ).rejects.toThrow('invoices_issued_at_plausible');
    } finally {
      await database.client.query(`delete from customers where id = '${id}'`);
    }
  });

  test.each([
    [
      'an amount without an exchange rate',
      `insert into ledger_entries (id, booked_on, category, activity, amount, currency) values ('${B}', '2024-01-09', 'a', 'operating', 1, 'EUR');
       insert into exchange_rates values ('EUR', '2024-01-01', 1.1)`,
      `ledger_entries ${B}: no exchange rate for EUR on 2024-01-09 or in the 7 days before`,
    ],
    [
      'two estimates of one population',
      `insert into population_estimates (region, year, people_with_aatd, source, states) values
         ('East', 2023, 10, 's', '{NY,MA}'), ('East', 2024, 11, 's', '{NY}'), ('North', 2024, 5, 's', '{MA,ME}'), ('West', 2024, 9, 's', '{CA}')`,
      'population_estimates East 2023: its states are also in North',
    ],
    [
      'a price without an exchange rate at the end of a month',
      `insert into exchange_rates select 'EUR', day, 1 from reporting.calendar where day between '2024-01-01' and '2024-03-01';
       insert into plans values ('p', 'P');
       insert into subscriptions (id, customer_id, started_at, ended_at) values ('${B}', '${A}', '2024-01-15T00:00:00Z', '2024-04-15T00:00:00Z');
       insert into subscription_terms (subscription_id, valid_from, plan_id, unit_amount, currency, billing_interval)
         values ('${B}', '2024-01-15T00:00:00Z', 'p', 10, 'EUR', 'month')`,
      expect.stringMatching(
        `^subscription_terms ${B} 2024-01-15 .*: no exchange rate for EUR on 2024-03-31 or in the 7`,
      ),
    ],
    [
      'a subscription without terms at its start',
      `insert into plans values ('p', 'P');
       insert into subscriptions (id, customer_id, started_at) values ('${B}', '${A}', '2024-01-15');
       insert into subscription_terms (subscription_id, valid_from, plan_id, unit_amount, billing_interval)
         values ('${B}', '2024-01-16', 'p', 10, 'month')`,
      `subscriptions ${B}: no terms are in force at its start`,
    ],
    [
      'a paid invoice without lines',
      `insert into invoices (id, customer_id, issued_at, paid_at) values ('${B}', '${A}', '2024-01-01', '2024-01-02')`,
      `invoices ${B}: it is paid, but has no lines: its revenue is missing`,
    ],
    [
      'refunds above the amount of their line',
      `insert into refunds (invoice_line_id, amount, refunded_at) values ('${A}', 60, '2024-02-01'), ('${A}', 60, '2024-02-02')`,
      `invoice_lines ${A}: refunds of 120.00 exceed its amount of 100.00`,
    ],
    [
      'a refund before the payment',
      `insert into refunds (id, invoice_line_id, amount, refunded_at) values ('${B}', '${A}', 1, '2024-01-01')`,
      `refunds ${B}: it lies before the payment of its invoice, or that is unpaid`,
    ],
    [
      'a sample sent before any contract',
      `insert into test_orders (id, customer_id, lab_partner_id, ordered_at, sent_to_lab_at)
         values ('${B}', '${A}', '${A}', '2024-01-31', '2024-01-31T23:00:00Z')`,
      expect.stringMatching(`^test_orders ${B}: no contract of its laboratory was in force on 2024-01-31`),
    ],
    [
      'a recollection of an order that was not rejected',
      `insert into test_orders (id, customer_id, lab_partner_id, ordered_at, sent_to_lab_at, recollection_of)
         values ('${B}', '${A}', '${A}', '2024-03-01', '2024-03-01', '${B}')`,
      `test_orders ${B}: the order it repeats was not rejected`,
    ],
    [
      'history that tells of no change',
      `insert into customer_history (customer_id, valid_until) values ('${B}', '2024-01-02T00:00:00Z')`,
      expect.stringMatching(`^customer_history ${B} 2024-01-02 .*: nothing changed then`),
    ],
    [
      'history from before the sign-up',
      `insert into customer_history (customer_id, valid_until, state) values ('${A}', '2023-01-02T00:00:00Z', 'CA')`,
      expect.stringMatching(`^customer_history ${A} 2023-01-02 .*: it ends before the customer signed up`),
    ],
    [
      'a genotype that is none',
      `alter table customers disable trigger all; alter table customers drop constraint customers_genotype_check;
       update customers set genotype = 'XX' where id = '${A}'`,
      `customers ${A}: the genotype is none of ZZ, SZ, MZ, MM, MS, SS`,
    ],
    [
      'a payer of another type',
      `alter table customers disable trigger all;
       update customers set payer_id = '${A}', payer_type = 'medicaid' where id = '${A}'`,
      `customers ${A}: its payer_type is medicaid, its payer's is medicare`,
    ],
    [
      'availability twice at a time',
      `insert into counselor_availability values ('${A}', '2024-01-01T08:00Z', '2024-01-01T12:00Z'),
         ('${A}', '2024-01-01T11:00Z', '2024-01-01T13:00Z')`,
      expect.stringMatching(`^counselor_availability ${A} 2024-01-01 08:00.*: overlaps the span that starts at`),
    ],
    [
      'a calendar whose days are gone',
      `delete from business_calendar_days where day = '2024-01-01'`,
      'business_calendars c: its days are out of date: run reporting.rebuild_business_calendar',
    ],
    ['no settings', 'delete from reporting.settings', 'reporting.settings: its one row is missing'],
  ])('%s', async (_, change, example) => {
    // The check connects by itself, so the change is committed, and undone afterwards.
    await database.client.query(change);
    try {
      const result = await checkDatabase(database.url);
      expect(result.data.flatMap((finding) => finding.examples)).toEqual([example]);
      expect(reportCheck(result, database.url)).toContain('The database does not keep the contract.');
    } finally {
      await restore();
    }
  });

  /** The calendar stays: numbering its days takes longest. */
  async function restore(): Promise<void> {
    const tables = await database.client.query<{ list: string }>(
      `select string_agg(oid::regclass::text, ', ') as list from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'business%'`,
    );
    await database.client.query(`truncate ${tables.rows[0]?.list ?? ''}`);
    await database.client.query(`select reporting.rebuild_business_calendar('c')
      where not exists (select from business_calendar_days where day = '2024-01-01')`);
    await database.client.query('alter table customers enable trigger all');
    await database.client.query('insert into reporting.settings default values on conflict do nothing');
    await database.client.query(ROWS);
  }
});

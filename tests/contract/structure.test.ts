import { checkDatabase, isGood, reportCheck } from '@fair-underwriting/database/contract/check.ts';
import { describe, expect, jest, test } from '@jest/globals';
import { migratedDatabase } from '../support/migrated-database.ts';
import { startPostgres } from '../support/postgres.ts';

jest.setTimeout(60_000);

describe('a database that lacks parts of the contract', () => {
  const db = migratedDatabase();

  test.each([
    ['drop table proficiency_tests', 'proficiency_tests: the table is missing'],
    ['alter table refunds drop column reason', 'refunds: the column reason (text) is missing'],
    ['alter table partners alter name type varchar(9)', 'partners: name is of type character varying(9), not text'],
    ['alter table plans alter name drop not null', 'plans: name may be null, but must not'],
    [
      'alter table partners alter ended_on set not null',
      'partners: ended_on may not be null, but the contract lets it',
    ],
    ['alter table claims alter paid_amount drop default', 'claims: paid_amount lacks the default 0'],
    ['alter table cohorts drop constraint cohorts_pkey', 'cohorts: the primary key (id) is missing'],
    ['alter table payers drop constraint payers_name_key', 'payers: the unique key (name) is missing'],
    [
      'alter table refunds drop constraint refunds_invoice_line_id_fkey',
      'refunds: the foreign key (invoice_line_id) to invoice_lines (id) on delete restrict is missing',
    ],
    ['alter table refunds drop constraint refunds_amount_check', 'refunds: the rule is missing: amount > 0'],
    ['drop index refunds_refunded_at', 'refunds: the index is missing: btree (refunded_at)'],
    [
      'drop trigger customers_genotype on customers',
      'customers: the trigger is missing: customers_genotype calls reporting.normalise_customer_genotype',
    ],
    [
      'drop function reporting.monthly_amount',
      'The function reporting.monthly_amount(numeric,text,integer) returns numeric is missing',
    ],
    [
      'alter domain payer_type drop constraint payer_type_check',
      "The type payer_type lacks the rule: value in ('commercial_insurance', 'medicare', 'medicaid', 'self_pay')",
    ],
  ])('%s', async (change, fault) => {
    const before = await checkDatabase(db.url);
    await db.client.query(change);
    const result = await checkDatabase(db.url);
    expect(result.missing.filter((one) => !before.missing.includes(one))).toEqual([fault]);
    expect(isGood(result)).toBe(false);
    expect(reportCheck(result, db.url)).toContain(`BAD  ${fault}`);
  });

  test('names of constraints and further columns do not matter', async () => {
    const before = await checkDatabase(db.url);
    await db.client.query('alter table invoices rename constraint invoices_pkey to my_key');
    await db.client.query('alter table invoices add column note text');
    expect((await checkDatabase(db.url)).missing).toEqual(before.missing);
  });

  test('an empty database lacks everything, and is told so', async () => {
    const empty = await startPostgres();
    try {
      const result = await checkDatabase(empty.url);
      expect(result.missing).toContain('customers: the table is missing');
      expect(result.data.every((finding) => finding.count === null)).toBe(true);
    } finally {
      await empty.stop();
    }
  });

  test('a user without rights, a wrong database and an address without a server are told apart', async () => {
    await db.client.query(`create role check_nobody login password 'hunter2-right'`);
    await db.client.query('revoke usage on schema reporting from public');
    const url = new URL(db.url);
    [url.username, url.password] = ['check_nobody', 'hunter2-right'];
    const check = (change: (to: URL) => void) => {
      const other = new URL(url);
      change(other);
      return checkDatabase(other.href).then(
        () => 'kept',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    };
    const answers = [
      await check(() => undefined),
      await check((to) => (to.pathname = '/nothing_here')),
      await check((to) => (to.port = '1')),
    ];
    await db.client.query('drop role check_nobody');
    expect(answers[0]).toMatch(/^The user lacks rights \(check_nobody@/);
    expect(answers[1]).toMatch(/^The server has no such database \(check_nobody@.*nothing_here\)/);
    expect(answers[2]).toMatch(/^Nothing answers at check_nobody@/);
    expect(answers.join()).not.toContain('hunter2');
  });
});

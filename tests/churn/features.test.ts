import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFeatures, type FeatureRow } from '@fair-underwriting/ml-service/src/features/read.ts';
import { attributesAt } from '../conformance/oracle/attributes.ts';
import { ratesOf, runningAt, subscriptionsByCustomer, worth } from '../conformance/oracle/recurring.ts';
import { Fraction } from '../conformance/support/decimal.ts';
import { loadRaw } from '../conformance/support/load-raw.ts';
import type { RawData } from '../conformance/support/raw-data.ts';
import { openDatabase, type ChurnDatabase } from './database.ts';
import { expectedFeatures, readOracleRows, type OracleRows } from './feature-oracle.ts';
import { addLaterRows, rewind } from './rewind.ts';

jest.setTimeout(240_000);

const snapshot = '2025-12-31T23:59:59.999999Z';
/** The same without the microsecond: nothing in the demo is that close to midnight. */
const midnight = new Date('2026-01-01T00:00:00Z');

describe('features of the demo customers', () => {
  let db: ChurnDatabase;
  let raw: RawData;
  let oracle: OracleRows;
  let found: FeatureRow[];
  beforeAll(async () => {
    db = await openDatabase({ customers: 900, months: 14, seed: 3, end: '2026-04-30' });
    raw = await loadRaw(db.url);
    oracle = await readOracleRows(db);
    found = await readFeatures(db.client, snapshot);
  });
  afterAll(() => db.stop());

  const at = midnight.getTime() * 1000 - 1;
  const subscribers = () =>
    [...subscriptionsByCustomer(raw)].flatMap(([customer, contracts]) => {
      const running = runningAt(contracts, at);
      return running.some((part) => part.monthly.sign > 0 && !part.underNotice) ? [{ customer, running }] : [];
    });

  test('are there for exactly the subscribers without notice', () => {
    expect(found.length).toBeGreaterThan(80);
    expect(found.map((row) => row.customerId)).toEqual(
      subscribers()
        .map(({ customer }) => customer)
        .sort(),
    );
  });

  test('hold the exact recurring revenue, and the genotype and payer of then', () => {
    const rates = ratesOf(raw, raw.zone.day(at));
    const byId = new Map(raw.customers.map((customer) => [customer.id, customer]));
    const runningOf = new Map(subscribers().map(({ customer, running }) => [customer, running]));
    for (const { customerId, mrr, values } of found) {
      const customer = byId.get(customerId);
      if (customer === undefined) throw new Error(`${customerId} is no customer`);
      const expected = attributesAt(raw, customer, at);
      expect(Fraction.of(mrr).compare(worth(runningOf.get(customerId) ?? [], rates))).toBe(0);
      expect([values['genotype'] ?? 'unknown', values['payer_type'] ?? 'unknown']).toEqual([
        expected.genotype,
        expected.payer_type,
      ]);
    }
  });

  test('equal those worked out row by row', () => {
    for (const { customerId, values } of found) {
      for (const [name, expected] of Object.entries(expectedFeatures(oracle, customerId, midnight))) {
        const got = values[name];
        const shown = `${name} of ${customerId}: `;
        if (typeof expected === 'number' && typeof got === 'number') {
          // Postgres averages and subtracts in decimals and microseconds.
          expect(shown + String(Math.abs(got - expected) < 1e-6)).toBe(`${shown}true`);
        } else {
          expect(shown + String(got)).toBe(shown + String(expected));
        }
      }
    }
  });

  test('of given customers are the same rows, without those that are no subscribers', async () => {
    const some = found.filter((_, i) => i % 7 === 0);
    const stranger = '00000000-0000-4000-8000-000000000000';
    const ids = [stranger, ...some.map((row) => row.customerId)];
    expect(await readFeatures(db.client, snapshot, ids)).toEqual(some);
  });

  test('do not depend on anything that came later', async () => {
    await rewind(db.client, snapshot);
    expect(await readFeatures(db.client, snapshot)).toEqual(found);
    await addLaterRows(db.client, snapshot);
    expect(await readFeatures(db.client, snapshot)).toEqual(found);
  });
});

test('there are none in an empty database', async () => {
  const db = await openDatabase();
  try {
    expect(await readFeatures(db.client, snapshot)).toEqual([]);
  } finally {
    await db.stop();
  }
});

import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { makePayerValue } from '@fair-underwriting/ml-service/src/payer-value/make-payer-value.ts';
import { uuid, type ChurnDatabase } from '../churn/database.ts';
import { addMembers, emptyWorld, openWorld, payerRow, type MemberPlan } from './world.ts';

jest.setTimeout(120_000);

let db: ChurnDatabase;
beforeAll(async () => {
  db = await openWorld();
});
beforeEach(() => emptyWorld(db));
afterAll(() => db.stop());

/** Noise of a member's month, the same every time, between -1 and 1. */
const noise = (id: number, k: number) => Math.sin(id * 12.9898 + k * 78.233);

/**
 * Patients of May 2025 with costs that rise for everybody, peak before the diagnosis, and are lower by an effect from the
 * month after it; each with four similar members.
 */
function cohort(patients: number, effectOf: (i: number) => number): MemberPlan[] {
  const index = 4;
  return Array.from({ length: patients }, (_, i) => i).flatMap((i) => {
    const alike = {
      birthYear: 1950 + (i % 4) * 10,
      sex: i % 3 === 0 ? 'male' : 'female',
      region: i % 2 === 0 ? 'South' : 'West',
    };
    const usual = (id: number, k: number) => 900 + 40 * (i % 7) + 8 * k + 60 * noise(id, k);
    const patient: MemberPlan = {
      ...alike,
      id: 1000 + i,
      diagnosedOn: '2025-05-20',
      cost: (k) => {
        const since = k - index;
        const peak = since >= -3 && since <= 0 ? 2500 : 0;
        return usual(1000 + i, k) + peak - (since > 0 ? effectOf(i) : 0);
      },
    };
    const others = [1, 2, 3, 4].map((n) => ({
      ...alike,
      id: 10_000 * n + i,
      cost: (k: number) => usual(10_000 * n + i, k),
    }));
    return [patient, ...others];
  });
}

describe('a saving that was planted', () => {
  test('is found, whatever all costs do and however high they peak before the diagnosis', async () => {
    await addMembers(
      db,
      cohort(80, (i) => (i % 2 === 0 ? 300 : 100)),
    );
    expect(await makePayerValue(db.client)).toMatchObject({ patients: 80, comparators: 240, leftOut: 0 });
    const row = await payerRow(db);
    expect(Math.abs((row['cost_difference'] ?? NaN) + 200)).toBeLessThan(10);
    expect(row['cost_difference_low']).toBeLessThan(-200);
    expect(row['cost_difference_high']).toBeGreaterThan(-200);
    expect((row['cost_difference_high'] ?? NaN) - (row['cost_difference_low'] ?? NaN)).toBeLessThan(70);
    expect(row['placebo_patients']).toBe(80);
    expect(Math.abs(row['placebo_difference'] ?? NaN)).toBeLessThan(10);
  });

  test('is not found where there is none', async () => {
    await addMembers(
      db,
      cohort(80, () => 0),
    );
    await makePayerValue(db.client);
    const row = await payerRow(db);
    expect(Math.abs(row['cost_difference'] ?? NaN)).toBeLessThan(10);
    expect(row['cost_difference_low']).toBeLessThan(0);
    expect(row['cost_difference_high']).toBeGreaterThan(0);
  });
});

describe('one patient and one similar member', () => {
  const patient: MemberPlan = { id: 1, diagnosedOn: '2025-05-20', cost: () => 100 };
  const other: MemberPlan = { id: 2, cost: () => 100 };

  test('have no interval; augmentation therapy counts, and claims after the end of insurance do not', async () => {
    await addMembers(db, [{ ...patient, disenrolledOn: '2025-08-15' }, other]);
    await db.rows(
      `insert into medical_claims (member_id, service_on, service, allowed_amount) values
         ($1, '2025-06-03', 'augmentation_therapy', 1000), ($1, '2025-08-16', 'inpatient', 99999)`,
      [uuid(1)],
    );
    await makePayerValue(db.client);
    const row = await payerRow(db);
    const months = 2 + 15 / 31;
    expect(row['member_months_treated_after']).toBeCloseTo(months, 9);
    expect(row['cost_treated_after']).toBeCloseTo(1300 / months, 9);
    expect([row['cost_treated_before'], row['cost_comparator_before'], row['cost_comparator_after']]).toEqual([
      100, 100, 100,
    ]);
    expect(row['cost_difference']).toBeCloseTo(1300 / months - 100, 9);
    expect([row['cost_difference_low'], row['cost_difference_high'], row['admissions_per_1000_treated_after']]).toEqual(
      [null, null, 0],
    );
  });

  test('death ends what counts, with the costs of its day', async () => {
    await addMembers(db, [{ ...patient, diedOn: '2025-06-10' }, other]);
    await makePayerValue(db.client);
    const row = await payerRow(db);
    expect(row['member_months_treated_after']).toBeCloseTo(10 / 30, 9);
    expect(row['cost_treated_after']).toBeCloseTo(300, 9);
  });

  test('visits of one day count once, by the month they lie in', async () => {
    await addMembers(db, [patient, other]);
    await db.rows(
      `insert into medical_claims (member_id, service_on, service, allowed_amount)
       select $1, on_day::date, 'emergency', 0 from unnest(array['2024-08-31', '2024-09-01', '2024-09-01', '2025-01-31', '2025-02-01',
         '2025-05-31', '2025-06-01', '2026-05-31', '2026-06-01']) on_day`,
      [uuid(1)],
    );
    await makePayerValue(db.client);
    const row = await payerRow(db);
    // September to January, and June to May.
    expect(row['er_visits_per_1000_treated_before']).toBeCloseTo((1000 * 2) / 5, 9);
    expect(row['er_visits_per_1000_treated_after']).toBeCloseTo((1000 * 2) / 12, 9);
  });

  test('costs are in the money of the newest year of the price index', async () => {
    await addMembers(db, [patient, other]);
    await db.rows(`insert into medical_price_index values (2022, 90), (2024, 100), (2025, 110), (2027, 500)`);
    await makePayerValue(db.client);
    const row = await payerRow(db);
    // Four months of 2024 and one of 2025; seven of 2025, and five of 2026, which has no row and takes 2025's.
    expect(row['cost_treated_before']).toBeCloseTo((4 * 110 + 100) / 5, 9);
    expect(row['cost_treated_after']).toBeCloseTo(100, 9);
    expect(await db.rows('select price_year from payer_value_runs')).toEqual([{ price_year: 2025 }]);
  });

  test('a claim before the price index is named, and nothing is stored', async () => {
    await addMembers(db, [patient, other]);
    await db.rows(`insert into medical_price_index values (2024, 100)`);
    await expect(makePayerValue(db.client)).rejects.toThrow('medical_price_index begins with 2024, claims with 2022');
    expect(await db.rows('select * from payer_value_runs')).toEqual([]);
  });

  test('amounts in another currency take the rate of their day; without one nothing is stored', async () => {
    await addMembers(db, [patient, other]);
    await db.rows(
      `insert into medical_claims (member_id, service_on, service, allowed_amount, currency) values ($1, '2025-06-15', 'pharmacy', 50, 'EUR')`,
      [uuid(1)],
    );
    await expect(makePayerValue(db.client)).rejects.toThrow('no exchange rate for EUR on 2025-06-15');
    await db.rows(`insert into exchange_rates values ('EUR', '2025-06-10', 1.2)`);
    await makePayerValue(db.client);
    expect((await payerRow(db))['cost_treated_after']).toBeCloseTo(100 + 60 / 12, 9);
  });

  test.each<[string, Partial<MemberPlan>]>([
    ['sex', { sex: 'male' }],
    ['region', { region: 'West' }],
    ['age band', { birthYear: 1965 }],
    ['comorbidity', { comorbidity: 3 }],
    ['history', { enrolledOn: '2024-05-02' }],
    ['follow-up', { disenrolledOn: '2025-05-31' }],
    ['diagnosis', { diagnosedOn: '2025-12-01' }],
  ])('of another %s are not matched', async (_what, change) => {
    await addMembers(db, [patient, { ...other, ...change }]);
    expect(await makePayerValue(db.client)).toMatchObject({ patients: 0 });
    expect(await payerRow(db)).toMatchObject({
      without_matches: change.diagnosedOn === undefined ? 1 : 2,
      cost_difference: null,
    });
  });
});

test('those with the fewest to choose from choose first, and nobody is chosen twice', async () => {
  const patient = (id: number, cost: number): MemberPlan => ({ id, diagnosedOn: '2025-05-20', cost: () => cost });
  // 3 could take any, 1 and 2 only the one near them.
  await addMembers(db, [
    patient(1, 100),
    patient(2, 10_000),
    patient(3, 1000),
    ...[100, 10_000, 900, 1000, 1100, 1200].map((cost, i): MemberPlan => ({ id: 10 + i, cost: () => cost })),
  ]);
  await makePayerValue(db.client);
  const pairs = await db.rows<{ patient: number; comparator: number }>(
    `select right(patient_id::text, 6)::int as patient, right(comparator_id::text, 6)::int as comparator
     from payer_value_matches order by 1, 2`,
  );
  expect(pairs.map(({ patient: one, comparator }) => [one, comparator])).toEqual([
    [1, 10],
    [2, 11],
    [3, 12],
    [3, 13],
    [3, 14],
  ]);
});

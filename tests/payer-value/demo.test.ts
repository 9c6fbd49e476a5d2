import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makePayerValue } from '@fair-underwriting/ml-service/src/payer-value/make-payer-value.ts';
import { openDatabase, type ChurnDatabase } from '../churn/database.ts';

jest.setTimeout(180_000);

type Cell = Record<string, number | string | boolean | string[] | null> & { suppressed: string[] };

let db: ChurnDatabase;
let full: Cell[];
let shown: Cell[];
beforeAll(async () => {
  db = await openDatabase({ end: '2026-06-30' });
  await makePayerValue(db.client);
  full = await cells(true);
  shown = await cells(false);
});
afterAll(() => db.stop());

function cells(isFull: boolean): Promise<Cell[]> {
  return db.rows<Cell>(
    `select c.*, c.day::text, p.name as payer, c.reimbursed::float8, c.reimbursed_for_patients::float8
     from payer_value_cells c left join payers p on p.id = c.payer_id where is_full = $1 order by position`,
    [isFull],
  );
}

const anthem = (rows: readonly Cell[]) =>
  rows.find((row) => row['level'] === 'payer' && row['payer'] === 'Anthem') as Cell;
const number = (row: Cell, name: string) => Number(row[name]);

describe('the story', () => {
  test('a payer with 30% of the revenue saves after a diagnosis, and may be shown that', () => {
    const row = anthem(shown);
    expect(number(row, 'revenue_share')).toBeGreaterThan(0.25);
    expect(number(row, 'revenue_share')).toBeLessThan(0.35);
    expect(number(row, 'patients')).toBeGreaterThan(150);
    expect(number(row, 'cost_difference_high')).toBeLessThan(0);
    expect(number(row, 'cost_difference')).toBeGreaterThan(-500);
    const others = full.filter((one) => one['level'] === 'payer').map((one) => number(one, 'revenue_share'));
    expect(Math.max(...others)).toBe(number(row, 'revenue_share'));
  });

  test('lungs decline more slowly and people feel better than similar members', () => {
    const row = anthem(full);
    expect(number(row, 'fev1_slope_treated_after')).toBeGreaterThan(number(row, 'fev1_slope_comparator_after') + 15);
    expect(
      Math.abs(number(row, 'fev1_slope_treated_before') - number(row, 'fev1_slope_comparator_before')),
    ).toBeLessThan(15);
    expect(number(row, 'sgrq_change_treated')).toBeLessThan(-1);
    expect(number(row, 'sgrq_change_comparator')).toBeGreaterThan(0);
  });

  test('a year before, when nothing had happened, there is nothing to find', () => {
    const row = anthem(shown);
    expect(number(row, 'placebo_patients')).toBeGreaterThan(100);
    expect(number(row, 'placebo_difference_low')).toBeLessThan(0);
    expect(number(row, 'placebo_difference_high')).toBeGreaterThan(0);
  });

  test('patients and comparators are alike', async () => {
    const balance = await db.rows<{ covariate: string; smd_after: number }>(
      `select covariate, smd_after from payer_balance_cells b join payers p on p.id = b.payer_id
       where p.name = 'Anthem' and not is_full order by covariate`,
    );
    expect(balance.map(({ covariate }) => covariate)).toEqual([
      'age',
      'comorbidity',
      'cost_before',
      'female',
      'region',
    ]);
    for (const { covariate, smd_after } of balance)
      expect([covariate, Math.abs(smd_after) < 0.15]).toEqual([covariate, true]);
  });
});

describe('the matching', () => {
  test('pairs each patient with one to three members alike in all it says, nobody twice', async () => {
    const pairs = await db.rows<Record<string, number | boolean>>(
      `select count(*) over (partition by m.patient_id)::int as of_patient, p.payer_id = c.payer_id as payer, p.sex = c.sex as sex,
         p.region = c.region as region, c.diagnosed_on is null as never,
         floor((extract(year from p.diagnosed_on) - p.birth_year) / 10)
           = floor((extract(year from p.diagnosed_on) - c.birth_year) / 10) as age,
         least(ceil(p.comorbidity_score / 2.0), 3) = least(ceil(c.comorbidity_score / 2.0), 3) as comorbidity,
         greatest(p.enrolled_on, c.enrolled_on) <= date_trunc('month', p.diagnosed_on) - interval '12 months' as history,
         least(p.died_on, p.disenrolled_on, c.died_on, c.disenrolled_on, reporting.today())
           >= date_trunc('month', p.diagnosed_on) + interval '1 month' as follow_up
       from payer_value_matches m
       join payer_members p on p.id = m.patient_id
       join payer_members c on c.id = m.comparator_id`,
    );
    expect(pairs.length).toBe(number(full[0] as Cell, 'comparators'));
    for (const { of_patient, ...alike } of pairs) {
      expect(of_patient).toBeLessThanOrEqual(3);
      expect(Object.entries(alike).filter(([, is]) => is !== true)).toEqual([]);
    }
    const [all] =
      await db.rows(`select count(distinct patient_id)::int as patients, count(distinct comparator_id)::int as others
      from payer_value_matches`);
    expect(all).toEqual({ patients: full[0]?.['patients'], others: pairs.length });
  });

  test('leaves out whom it names, and nobody else', async () => {
    const [counted] = await db.rows<Record<string, number>>(
      `select count(*)::int as diagnosed,
         count(*) filter (where enrolled_on > date_trunc('month', diagnosed_on) - interval '12 months')::int as without_history,
         count(*) filter (where enrolled_on <= date_trunc('month', diagnosed_on) - interval '12 months'
           and least(died_on, disenrolled_on, reporting.today()) < date_trunc('month', diagnosed_on) + interval '1 month')::int as without_follow_up
       from payer_members where diagnosed_on <= reporting.today()`,
    );
    const [all] = full as [Cell];
    expect([all['without_history'], all['without_follow_up']]).toEqual([
      counted?.['without_history'],
      counted?.['without_follow_up'],
    ]);
    const parts = ['patients', 'without_history', 'without_follow_up', 'without_matches'].map((name) =>
      number(all, name),
    );
    expect(parts.reduce((sum, n) => sum + n, 0)).toBe(counted?.['diagnosed']);
  });
});

describe('the figures of every group', () => {
  const places = `select p.id, p.diagnosed_on, p.payer_id, to_char(p.diagnosed_on, 'YYYY-"Q"Q') as quarter,
      (select k.id from payer_contracts k where k.payer_id = p.payer_id and k.valid_from <= p.diagnosed_on
       order by k.valid_from desc limit 1) as contract_id
    from payer_members p where p.id in (select patient_id from payer_value_matches)`;

  test('are those of the members matched, added up day by day', async () => {
    const oracle = await readFile(join(import.meta.dirname, 'oracle.sql'), 'utf8');
    let compared = 0;
    for (const row of full) {
      const patients = await db.rows<{ id: string }>(
        `select id from (${places}) one where ($1::uuid is null or payer_id = $1)
           and ($2 or contract_id is not distinct from $3) and ($4::text is null or quarter = $4)`,
        [row['payer_id'], ['all', 'payer'].includes(row['level'] as string), row['contract_id'], row['quarter']],
      );
      expect(patients.length).toBe(row['patients']);
      const sums = await db.rows<Record<string, number> & { arm: string; time: string }>(oracle, [
        patients.map(({ id }) => id),
      ]);
      const cost = new Map<string, number>();
      for (const sum of sums) {
        const at = `${sum.arm}_${sum.time}`;
        cost.set(at, sum['cost'] ?? NaN);
        for (const [name, column] of [
          ['months', 'member_months'],
          ['cost', 'cost'],
          ['er_visits', 'er_visits_per_1000'],
          ['admissions', 'admissions_per_1000'],
          ['exacerbations', 'exacerbations_per_year'],
        ] as const) {
          expect(number(row, `${column}_${at}`)).toBeCloseTo(sum[name] ?? NaN, 6);
          compared++;
        }
      }
      const [a, b, c, d] = ['treated_after', 'treated_before', 'comparator_after', 'comparator_before'].map(
        (at) => cost.get(at) ?? NaN,
      );
      if (sums.length === 4)
        expect(number(row, 'cost_difference')).toBeCloseTo(
          (a as number) - (b as number) - ((c as number) - (d as number)),
          6,
        );
      else expect(row['cost_difference']).toBeNull();
    }
    expect(compared).toBeGreaterThan(500);
  });

  test('hold the tests that were paid', async () => {
    for (const row of full.filter((one) => one['level'] === 'payer')) {
      const [paid] = await db.rows(
        `select count(*)::int as tests, coalesce(sum(paid_amount), 0)::float8 as amount,
           coalesce(sum(paid_amount) filter (where exists (
             select from payer_value_matches m join payer_members p on p.id = m.patient_id where p.customer_id = o.customer_id)), 0)::float8 as patients
         from claims c join test_orders o on o.id = c.test_order_id
         where c.payer_id = $1 and status = 'paid' and adjudicated_at <= reporting.as_of()`,
        [row['payer_id']],
      );
      expect([row['reimbursed_tests'], row['reimbursed'], row['reimbursed_for_patients']]).toEqual(
        Object.values(paid ?? {}),
      );
    }
  });

  test('have intervals around them, wider for fewer', () => {
    for (const row of full.filter((one) => number(one, 'patients') > 1 && one['cost_difference'] !== null)) {
      expect(number(row, 'cost_difference_low')).toBeLessThanOrEqual(number(row, 'cost_difference'));
      expect(number(row, 'cost_difference_high')).toBeGreaterThanOrEqual(number(row, 'cost_difference'));
    }
    const width = (row: Cell) => number(row, 'cost_difference_high') - number(row, 'cost_difference_low');
    const parts = full.filter((row) => row['payer'] === 'Anthem' && row['level'] === 'contract');
    expect(parts.length).toBe(2);
    for (const part of parts) expect(width(part)).toBeGreaterThan(width(anthem(full)));
  });
});

describe('what is shown outside clinical hands', () => {
  /** Counts that are figures of their own. */
  const counts = [
    'patients',
    'without_history',
    'without_follow_up',
    'without_matches',
    'placebo_patients',
    'reimbursed_tests',
  ];

  test('is the same or nothing, and nothing only where a row says so', () => {
    let hidden = 0;
    shown.forEach((row, i) => {
      for (const [name, value] of Object.entries(full[i] as Cell)) {
        if (['is_full', 'suppressed'].includes(name) || row[name] === value) continue;
        expect([name, row[name]]).toEqual([name, null]);
        expect(row.suppressed).not.toEqual([]);
        hidden++;
      }
    });
    expect(hidden).toBeGreaterThan(1000);
  });

  test('shows no count of 1 to 10, and no figure that rests on hidden patients', () => {
    for (const row of shown) {
      for (const name of counts) {
        if (row[name] !== null) expect([0, name]).toEqual([number(row, name) > 10 ? 0 : number(row, name), name]);
        expect(row[name] === null).toBe(row.suppressed.includes(name));
      }
      if (!row.suppressed.includes('patients')) continue;
      const own = Object.keys(row).filter((name) =>
        /_(treated|comparator)|^cost_|^comparators$|for_patients$/.test(name),
      );
      expect(own.length).toBeGreaterThan(25);
      for (const name of own) expect([name, row[name]]).toEqual([name, null]);
    }
  });

  test.each(counts)('tells no hidden number of %s, alone or with others', (name) => {
    const partsOf = (row: Cell) =>
      shown.filter((part) => {
        if (row['level'] === 'all') return part['level'] === 'payer';
        if (row['level'] === 'payer') return part['level'] === 'contract' && part['payer_id'] === row['payer_id'];
        return (
          row['level'] === 'contract' &&
          part['level'] === 'quarter' &&
          part['payer_id'] === row['payer_id'] &&
          part['contract_id'] === row['contract_id']
        );
      });
    /** What is known of a row: its number, or that of its parts as far as they are shown, and how many leaves are not. */
    const known = (row: Cell): { sum: number; unknown: number } => {
      if (row[name] !== null) return { sum: number(row, name), unknown: 0 };
      const parts = partsOf(row).map(known);
      if (parts.length === 0) return { sum: 0, unknown: 1 };
      return {
        sum: parts.reduce((sum, part) => sum + part.sum, 0),
        unknown: parts.reduce((n, part) => n + part.unknown, 0),
      };
    };
    for (const row of shown) {
      const parts = partsOf(row);
      if (parts.length === 0) continue;
      const unknown = parts.filter((part) => part[name] === null);
      if (row[name] === null) expect(unknown.length).toBeGreaterThan(0);
      else if (unknown.length > 0) {
        const inside = parts.map(known);
        const rest = number(row, name) - inside.reduce((sum, part) => sum + part.sum, 0);
        const leaves = inside.reduce((n, part) => n + part.unknown, 0);
        expect(unknown.length).toBeGreaterThan(1);
        expect(rest).toBeGreaterThan(Math.max(10, leaves));
      }
    }
  });
});

test('made again, it is the same to the last digit', async () => {
  await makePayerValue(db.client);
  expect(await cells(true)).toEqual(full);
  expect(await cells(false)).toEqual(shown);
});

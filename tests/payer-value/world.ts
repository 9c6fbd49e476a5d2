import { openDatabase, uuid, type ChurnDatabase } from '../churn/database.ts';

export const payer = uuid(900_000);

/** A member with the same claim in every month of an index month's surroundings, on the 10th. */
export interface MemberPlan {
  id: number;
  diagnosedOn?: string;
  birthYear?: number;
  sex?: string;
  region?: string;
  comorbidity?: number;
  enrolledOn?: string;
  disenrolledOn?: string;
  diedOn?: string;
  /** Allowed amount in the k-th month from January 2025; nothing for 0. */
  cost(k: number): number;
}

/** An empty database whose present is the end of June 2026, with one payer. */
export async function openWorld(): Promise<ChurnDatabase> {
  const db = await openDatabase();
  await db.rows(`update reporting.settings set as_of = '2026-06-30T23:59:59.999999Z'`);
  await db.rows(`insert into payers (id, name, payer_type) values ($1, 'Acme Health', 'commercial_insurance')`, [
    payer,
  ]);
  return db;
}

/** Removes all but the payer. */
export async function emptyWorld(db: ChurnDatabase): Promise<void> {
  await db.rows('truncate payer_members, medical_price_index, exchange_rates, payer_value_runs cascade');
}

const first = 2025 * 12;

export async function addMembers(db: ChurnDatabase, plans: readonly MemberPlan[]): Promise<void> {
  const members = plans.map((plan) => ({
    id: uuid(plan.id),
    payer_id: payer,
    birth_year: plan.birthYear ?? 1970,
    sex: plan.sex ?? 'female',
    region: plan.region ?? 'South',
    comorbidity_score: plan.comorbidity ?? 1,
    enrolled_on: plan.enrolledOn ?? '2022-01-01',
    disenrolled_on: plan.disenrolledOn ?? null,
    died_on: plan.diedOn ?? null,
    diagnosed_on: plan.diagnosedOn ?? null,
  }));
  const claims = plans.flatMap((plan) =>
    Array.from({ length: 48 }, (_, i) => i - 30).flatMap((k) => {
      const amount = Math.round(plan.cost(k) * 100) / 100;
      const month = first + k;
      const on = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-10`;
      return amount > 0
        ? [{ member_id: uuid(plan.id), service_on: on, service: 'outpatient', allowed_amount: amount }]
        : [];
    }),
  );
  await db.rows(
    `insert into payer_members select m.id, $2, null, birth_year, sex, region, comorbidity_score, enrolled_on, disenrolled_on,
       died_on, diagnosed_on
     from jsonb_populate_recordset(null::payer_members, $1) m`,
    [JSON.stringify(members), payer],
  );
  await db.rows(
    `insert into medical_claims (member_id, service_on, service, allowed_amount)
     select member_id, service_on, service, allowed_amount from jsonb_populate_recordset(null::medical_claims, $1)`,
    [JSON.stringify(claims)],
  );
}

/** The only payer's row with every figure. */
export async function payerRow(db: ChurnDatabase): Promise<Record<string, number | null>> {
  const [row] = await db.rows<Record<string, number | null>>(
    `select c.* from payer_value_cells c where level = 'payer' and is_full
       and day = (select max(day) from payer_value_runs)`,
  );
  if (row === undefined) throw new Error('There is no row.');
  return row;
}

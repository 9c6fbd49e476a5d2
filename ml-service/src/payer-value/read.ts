import type { ClientBase } from 'pg';
import { DataError } from '../data/matrix.ts';
import type { Snapshot } from '../features/snapshots.ts';
import type { Day, Measurement, Member, Month, MonthOfCare } from './members.ts';

export interface Payer {
  readonly id: string;
  /** First days of its contracts, the earliest first. */
  readonly contracts: readonly { id: string; validFrom: Day }[];
  /** Share of all net revenue of the twelve months to the present; null where there is none. */
  readonly revenueShare: number | null;
}

/** A test that a payer has paid. */
export interface PaidTest {
  readonly payer: string;
  /** Member whose test it was; null for those who are not ill. */
  readonly member: string | null;
  readonly on: Day;
  readonly cents: number;
}

export interface PayerData {
  readonly members: readonly Member[];
  readonly payers: readonly Payer[];
  readonly paidTests: readonly PaidTest[];
  /** Year whose prices costs are in; null where no price index is given: then they are those of their day. */
  readonly priceYear: number | null;
}

const day = (sql: string) => `(${sql} - date '1970-01-01')`;
const inReportingMoney = (amount: string, currency: string, on: string) => `case
    when ${currency} = (select currency from reporting.settings) then ${amount}
    else round(${amount} * reporting.required_rate(${currency}, ${on}), 2)
  end`;

/** Reads what was known of payers, their members and tests at a snapshot. */
export async function readPayerData(client: ClientBase, { day: today, at }: Snapshot): Promise<PayerData> {
  const priceYear = await readPriceYear(client, today);
  const care = await readCare(client, today, priceYear);
  const measurements = await readMeasurements(client, today);
  const { rows: members } = await client.query<Omit<Member, 'care' | 'measurements'>>(
    `select id::text, payer_id::text as payer, birth_year as "birthYear", sex, region, comorbidity_score as comorbidity,
       ${day('enrolled_on')} as "enrolledOn",
       ${day('least(disenrolled_on, died_on, $1::date)')} as "lastDay",
       case when diagnosed_on <= $1 then ${day('diagnosed_on')} end as "diagnosedOn"
     from payer_members
     where enrolled_on <= $1
     order by id`,
    [today],
  );
  return {
    members: members.map((member) => ({
      ...member,
      care: care.get(member.id) ?? new Map<Month, MonthOfCare>(),
      measurements: measurements.get(member.id) ?? [],
    })),
    payers: await readPayers(client, at),
    paidTests: await readPaidTests(client, at),
    priceYear,
  };
}

/** @throws {DataError} where a claim is older than the price index */
async function readPriceYear(client: ClientBase, today: string): Promise<number | null> {
  const { rows } = await client.query<{ newest: number | null; first: number | null; earliest: number | null }>(
    `select max(year) filter (where year <= extract(year from $1::date))::int as newest, min(year)::int as first,
       (select extract(year from min(service_on)) from medical_claims)::int as earliest
     from medical_price_index`,
    [today],
  );
  const [{ newest, first, earliest }] = rows;
  if (first !== null && earliest !== null && earliest < first) {
    throw new DataError(`medical_price_index begins with ${first}, claims with ${earliest}: add the years between.`);
  }
  return newest;
}

/** Months of care by member, of services while insured. Visits and admissions of one day count once. */
async function readCare(client: ClientBase, today: string, priceYear: number | null) {
  const { rows } = await client.query<MonthOfCare & { member: string; month: Month }>(
    `select member, month, sum(cents)::float8 as cents, sum("erVisits")::int as "erVisits",
       sum(admissions)::int as admissions, coalesce(sum(exacerbations), 0)::int as exacerbations
     from (
       select c.member_id::text as member, reporting.month_number(c.service_on) as month,
         sum(round(100 * ${inReportingMoney('c.allowed_amount', 'c.currency', 'c.service_on')} * case
           when $2::int is null then 1
           else (select index_value from medical_price_index where year = $2)
             / (select p.index_value from medical_price_index p where p.year <= extract(year from c.service_on)
                order by p.year desc limit 1)
         end)) as cents,
         count(distinct c.service_on) filter (where c.service = 'emergency') as "erVisits",
         count(distinct c.service_on) filter (where c.service = 'inpatient') as admissions, 0 as exacerbations
       from medical_claims c
       join payer_members m on m.id = c.member_id
       where c.service_on between m.enrolled_on and least(m.disenrolled_on, m.died_on, $1::date)
       group by 1, 2
       union all
       select o.member_id::text, reporting.month_number(o.measured_on), 0, 0, 0, sum(o.exacerbations)
       from clinical_outcomes o
       join payer_members m on m.id = o.member_id
       where o.measured_on between m.enrolled_on and least(m.disenrolled_on, m.died_on, $1::date)
       group by 1, 2
     ) parts
     group by 1, 2`,
    [today, priceYear],
  );
  const found = new Map<string, Map<Month, MonthOfCare>>();
  for (const { member, month, ...care } of rows) {
    const months = found.get(member) ?? new Map<Month, MonthOfCare>();
    found.set(member, months.set(month, care));
  }
  return found;
}

async function readMeasurements(client: ClientBase, today: string): Promise<Map<string, Measurement[]>> {
  const { rows } = await client.query<Measurement & { member: string }>(
    `select member_id::text as member, ${day('measured_on')} as on, fev1_ml as fev1, sgrq_score::float8 as sgrq
     from clinical_outcomes
     where measured_on <= $1
     order by member_id, measured_on`,
    [today],
  );
  const found = new Map<string, Measurement[]>();
  for (const { member, ...measurement } of rows) {
    const measurements = found.get(member) ?? [];
    found.set(member, measurements);
    measurements.push(measurement);
  }
  return found;
}

async function readPayers(client: ClientBase, at: string): Promise<Payer[]> {
  const { rows } = await client.query<Payer>(
    `with entries as (
       select i.payer_id, i.paid_at as booked_at, i.currency, l.amount
       from invoices i
       join invoice_lines l on l.invoice_id = i.id
       union all
       select i.payer_id, r.refunded_at, i.currency, -r.amount
       from refunds r
       join invoice_lines l on l.id = r.invoice_line_id
       join invoices i on i.id = l.invoice_id
     ), net as (
       select payer_id,
         sum(${inReportingMoney('amount', 'currency', '(booked_at at time zone reporting.time_zone())::date')}) as amount
       from entries
       where booked_at <= $1::timestamptz
         and booked_at at time zone reporting.time_zone()
           > $1::timestamptz at time zone reporting.time_zone() - interval '12 months'
       group by payer_id
     )
     select p.id::text,
       coalesce((select json_agg(json_build_object('id', k.id, 'validFrom', ${day('k.valid_from')}) order by k.valid_from)
         from payer_contracts k where k.payer_id = p.id), '[]') as contracts,
       (select coalesce(sum(n.amount) filter (where n.payer_id = p.id), 0) / nullif(sum(n.amount), 0) from net n)::float8
         as "revenueShare"
     from payers p
     order by p.id`,
    [at],
  );
  return rows;
}

async function readPaidTests(client: ClientBase, at: string): Promise<PaidTest[]> {
  const { rows } = await client.query<PaidTest>(
    `select c.payer_id::text as payer, m.id::text as member,
       ${day('(c.adjudicated_at at time zone reporting.time_zone())::date')} as on,
       round(100 * ${inReportingMoney('c.paid_amount', 'c.currency', '(c.adjudicated_at at time zone reporting.time_zone())::date')})::float8 as cents
     from claims c
     join test_orders o on o.id = c.test_order_id
     left join payer_members m on m.customer_id = o.customer_id and m.payer_id = c.payer_id
     where c.status = 'paid' and c.adjudicated_at <= $1
     order by c.id`,
    [at],
  );
  return rows;
}

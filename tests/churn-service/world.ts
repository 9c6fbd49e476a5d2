import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import pg from 'pg';
import { startPostgres } from '../support/postgres.ts';

/** The present of the world. */
export const asOf = '2026-10-31T23:59:59.999Z';

/** A migrated database with a few customers who are known to the letter. */
export interface World {
  url: string;
  sql: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  customers: {
    /** MZ, monthly since the 11th of January, without counselling, activity or app. */
    leaving: string;
    /** MM, counselled, active yesterday, with the app. */
    staying: string;
    /** As leaving, but held out at random. */
    heldOut: string;
    /** Gave notice. */
    underNotice: string;
  };
  stop: () => Promise<void>;
}

export async function startWorld(): Promise<World> {
  const postgres = await startPostgres();
  try {
    return { ...(await fill(postgres.url)), stop: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function fill(url: string): Promise<Omit<World, 'stop'>> {
  await migrate(url);
  const sql = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  await sql('update reporting.settings set as_of = $1', [asOf]);
  const ids = await sql<{ id: string; held: boolean }>(
    `select id, reporting.is_churn_hold_out(id) as held
     from (select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid as id from generate_series(1, 100) n) i`,
  );
  const [leaving = '', staying = '', underNotice = ''] = ids.filter(({ held }) => !held).map(({ id }) => id);
  const heldOut = ids.find(({ held }) => held)?.id ?? '';
  const customers = { leaving, staying, heldOut, underNotice };
  await sql(`insert into plans (id, name) values ('basic', 'Basic'), ('plus', 'Plus')`);
  for (const [name, id] of Object.entries(customers)) {
    await sql(`insert into customers (id, created_at, full_name, genotype) values ($1, '2026-01-05', $2, $3)`, [
      id,
      `Secret Name ${name}`,
      name === 'staying' ? 'MM' : 'MZ',
    ]);
    await sql(
      `with s as (
         insert into subscriptions (customer_id, started_at, cancelled_at) values ($1, '2026-01-11T12:00:00Z', $2)
         returning id, started_at
       )
       insert into subscription_terms (subscription_id, valid_from, plan_id, unit_amount, billing_interval)
       select id, started_at, 'plus', 29, 'month' from s`,
      [id, name === 'underNotice' ? '2026-10-20T12:00:00Z' : null],
    );
  }
  await sql(
    `insert into user_activity_logs (customer_id, "timestamp", activity)
     values ($1, '2026-10-30T12:00:00Z', 'download_app')`,
    [staying],
  );
  await sql(
    `with c as (
       insert into counselors (name, max_sessions_per_week, hired_on) values ('Counselor', 20, '2020-01-01') returning id
     )
     insert into genetic_counseling_sessions
       (customer_id, counselor_id, requested_at, scheduled_at, booked_minutes, started_at, ended_at)
     select $1, id, '2026-02-01T10:00Z', '2026-02-03T10:00Z', 45, '2026-02-03T10:00Z', '2026-02-03T10:45Z' from c`,
    [staying],
  );
  return { url, sql, customers };
}

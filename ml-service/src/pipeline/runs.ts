import type { ClientBase } from 'pg';
import type { Snapshot } from '../features/snapshots.ts';
import type { Instant } from '../features/read.ts';

/** A scoring of all subscribers by one model on one day. */
export interface Run {
  readonly id: string;
  readonly day: string;
  readonly snapshot: Instant;
  readonly isPublished: boolean;
  /** The last customer that is stored already; null where none is. */
  readonly lastCustomer: string | null;
}

/** Any number that nothing else locks. */
const lockNumber = 7_311_240_101;

/** Lets one scoring run at a time; the lock ends with the connection. @returns whether it is ours */
export async function lockRuns(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lockNumber]);
  return rows[0].locked;
}

/**
 * A model's run on the day of a snapshot: a new one, or the one that was begun or finished before. One whose predictions have all been
 * removed since is begun again.
 */
export async function openRun(client: ClientBase, version: string, { day, at }: Snapshot): Promise<Run> {
  await client.query(
    `insert into churn_runs (model_version, day, snapshot_at) values ($1, $2, $3)
     on conflict (model_version, day) do nothing`,
    [version, day, at],
  );
  await client.query(
    `with reopened as (
       update churn_runs r set published_at = null, customers = null, outcomes_at = null, snapshot_at = $3
       where r.model_version = $1 and r.day = $2 and r.customers > 0
         and not exists (select from churn_predictions p where p.run_id = r.id)
       returning id
     )
     delete from churn_run_bins where run_id in (select id from reopened)`,
    [version, day, at],
  );
  const { rows } = await client.query<Run>(
    `select r.id, to_char(r.day, 'YYYY-MM-DD') as day, r.snapshot_at::text as snapshot,
       r.published_at is not null as "isPublished",
       (select p.customer_id from churn_predictions p where p.run_id = r.id order by p.customer_id desc limit 1) as "lastCustomer"
     from churn_runs r where r.model_version = $1 and r.day = $2`,
    [version, day],
  );
  return rows[0];
}

/** The next customers with a subscription at the snapshot, by id. */
export async function nextCustomers(
  client: ClientBase,
  run: Run,
  after: string | null,
  most: number,
): Promise<string[]> {
  const { rows } = await client.query<{ customer_id: string }>(
    `select distinct customer_id from subscriptions
     where ($1::uuid is null or customer_id > $1) and started_at <= $2 and (ended_at is null or ended_at > $2)
     order by customer_id limit $3`,
    [after, run.snapshot, most],
  );
  return rows.map((row) => row.customer_id);
}

/** Lets readers see a run. @returns the number of its predictions */
export async function publishRun(client: ClientBase, run: Run): Promise<number> {
  const { rows } = await client.query<{ customers: number }>(
    `update churn_runs set published_at = now(),
       customers = (select count(*) from churn_predictions p where p.run_id = churn_runs.id)
     where id = $1 returning customers`,
    [run.id],
  );
  return rows[0].customers;
}

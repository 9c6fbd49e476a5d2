import type { ClientBase } from 'pg';
import { outcomeDays, outcomesSql } from '../features/read.ts';

/**
 * Fills in what came to pass after each published run whose outcomes are certain by now, each run at once.
 * @returns how many runs that were
 */
export async function fillOutcomes(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `select id from churn_runs
     where published_at is not null and outcomes_at is null
       and snapshot_at + make_interval(days => $1) <= reporting.as_of()
     order by id`,
    [outcomeDays],
  );
  for (const { id } of rows) {
    await client.query(
      `with run as (
         update churn_runs set outcomes_at = now() where id = $3 and outcomes_at is null returning id
       )
       update churn_predictions p
       set customer_churned = outcome.churned, churned_at = outcome.churned_at
       from run, (${outcomesSql}) outcome
       where p.run_id = run.id and p.customer_id = outcome.customer_id`,
      [await snapshotOf(client, id), null, id],
    );
  }
  return rows.length;
}

/** To the microsecond, as a Date could not carry it. */
async function snapshotOf(client: ClientBase, run: string): Promise<string> {
  const { rows } = await client.query<{ at: string }>('select snapshot_at::text as at from churn_runs where id = $1', [
    run,
  ]);
  return rows[0].at;
}

import { readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import { presentSnapshot, type Snapshot } from '../features/snapshots.ts';
import { monthEndMrr } from '../revenue/month-end-mrr.ts';
import { cellsOf, type Cell } from './cohorts.ts';
import { fewest } from './resample.ts';
import type { Subscriber } from './subscriber.ts';

const customersSql = monthEndMrr + readFileSync(new URL('./customers.sql', import.meta.url), 'utf8');

export interface RetentionReport {
  readonly day: string;
  readonly subscribers: number;
  readonly cells: number;
  /** Cells of too few customers for an interval. */
  readonly small: number;
}

/**
 * Works out what cohorts of subscribers retain of their MRR, with bootstrap intervals, from what is known at the present of
 * the reports or at another snapshot; stores it in place of what was made for the same day before, all or nothing.
 */
export async function makeRetention(client: ClientBase, snapshot?: Snapshot): Promise<RetentionReport> {
  const { day, at } = snapshot ?? (await presentSnapshot(client));
  const { rows: subscribers } = await client.query<Subscriber>(customersSql, [at]);
  const cells = cellsOf(subscribers);
  await client.query('begin');
  try {
    // Two at once: the second waits for the first, and then replaces it.
    await client.query('lock table revenue_retention_runs in share row exclusive mode');
    await client.query('delete from revenue_retention_runs where day = $1', [day]);
    await client.query('insert into revenue_retention_runs (day, snapshot_at) values ($1, $2)', [day, at]);
    await store(client, day, cells);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  return {
    day,
    subscribers: subscribers.length,
    cells: cells.length,
    small: cells.filter(({ customers }) => customers < fewest).length,
  };
}

/** As many rows as a statement takes without its text growing beyond measure. */
const portion = 20_000;

async function store(client: ClientBase, day: string, cells: readonly Cell[]): Promise<void> {
  for (let from = 0; from < cells.length; from += portion) {
    const rows = cells
      .slice(from, from + portion)
      .map(({ split, cohort, cohortMonth, period, customers, firstCents, cents, interval }) => ({
        split,
        cohort,
        cohort_month: cohortMonth && `${cohortMonth}-01`,
        period,
        customers,
        first_cents: firstCents,
        cents,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
      }));
    await client.query(
      `insert into revenue_retention_cells (day, split, cohort, cohort_month, period, customers, first_mrr, mrr,
         retention_low, retention_high)
       select $1, split, cohort, cohort_month, period, customers, first_cents / 100, cents / 100, low, high
       from jsonb_to_recordset($2) as c (
         split text, cohort text, cohort_month date, period int, customers int, first_cents numeric, cents numeric,
         low float8, high float8
       )`,
      [day, JSON.stringify(rows)],
    );
  }
}

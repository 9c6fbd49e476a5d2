import type { ClientBase } from 'pg';
import { outcomeDays, type Instant } from './read.ts';

export interface Snapshot {
  /** Day in the reporting zone, such as 2026-03-31. */
  readonly day: string;
  /** Its last instant. */
  readonly at: Instant;
}

const instant = (sql: string) => `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The ends of all months in which there was a subscription and whose outcomes are certain by now, the earliest first. */
export async function monthlySnapshots(client: ClientBase): Promise<Snapshot[]> {
  const { rows } = await client.query<Snapshot>(
    `select to_char(m.next_month - 1, 'YYYY-MM-DD') as day, ${instant('reporting.day_end(m.next_month - 1)')} as at
     from reporting.months m
     where m.month >= (
         select date_trunc('month', min(started_at) at time zone reporting.time_zone())::date from subscriptions
       )
       and reporting.day_end(m.next_month - 1) + make_interval(days => $1) <= reporting.as_of()
     order by m.month`,
    [outcomeDays],
  );
  return rows;
}

/** The ends of all months from a day on that are over by now, the earliest first. */
export async function monthEndsFrom(client: ClientBase, day: string): Promise<Snapshot[]> {
  const { rows } = await client.query<Snapshot>(
    `select to_char(m.next_month - 1, 'YYYY-MM-DD') as day, ${instant('reporting.day_end(m.next_month - 1)')} as at
     from reporting.months m
     where m.next_month - 1 >= $1::date and reporting.day_end(m.next_month - 1) < reporting.as_of()
     order by m.month`,
    [day],
  );
  return rows;
}

/** The present as reports see it. */
export async function presentSnapshot(client: ClientBase): Promise<Snapshot> {
  const { rows } = await client.query<Snapshot>(
    `select to_char(reporting.today(), 'YYYY-MM-DD') as day, ${instant('reporting.as_of()')} as at`,
  );
  return rows[0];
}

import { readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import type { Instant } from '../features/read.ts';
import { monthEndMrr } from '../revenue/month-end-mrr.ts';

const mrrSql = monthEndMrr + readFileSync(new URL('./mrr.sql', import.meta.url), 'utf8');

/** A value for each month or week, without a gap. */
export interface Series {
  /** First days of the periods (YYYY-MM-DD), the oldest first. */
  readonly periods: readonly string[];
  readonly values: readonly number[];
}

interface Point {
  readonly period: string;
  readonly value: number;
}

const seriesOf = (points: readonly Point[]): Series => ({
  periods: points.map(({ period }) => period),
  values: points.map(({ value }) => value),
});

/** MRR at the ends of the months that are over at a snapshot, in the reporting currency, from the first one with any. */
export async function readMonthEndMrr(client: ClientBase, snapshot: Instant): Promise<Series> {
  return seriesOf((await client.query<Point>(mrrSql, [snapshot])).rows);
}

/** Requests for counselling in each week that is over at a snapshot. */
export function readWeeklyRequests(client: ClientBase, snapshot: Instant): Promise<Series> {
  return readWeeks(client, snapshot, 'genetic_counseling_sessions', 'requested_at');
}

/** Tests ordered in each week that is over at a snapshot. */
export function readWeeklyTests(client: ClientBase, snapshot: Instant): Promise<Series> {
  return readWeeks(client, snapshot, 'test_orders', 'ordered_at');
}

/** Counts by week from Monday of the reporting zone. The week of the first one may have begun before there was any count. */
async function readWeeks(client: ClientBase, snapshot: Instant, table: string, at: string): Promise<Series> {
  const { rows } = await client.query<Point>(
    `with counts as (
       select date_trunc('week', ${at} at time zone reporting.time_zone())::date as week, count(*) as value
       from ${table} where ${at} <= $1 group by 1
     )
     select to_char(w.week, 'YYYY-MM-DD') as period, coalesce(c.value, 0)::float8 as value
     from (
       select generate_series(
         (select min(week) from counts) + 7, ($1::timestamptz at time zone reporting.time_zone())::date, interval '1 week'
       )::date as week
     ) w
     left join counts c on c.week = w.week
     where reporting.day_end(w.week + 6) <= $1
     order by w.week`,
    [snapshot],
  );
  return seriesOf(rows);
}

import type { ClientBase } from 'pg';
import type { Snapshot } from '../features/snapshots.ts';
import type { ForecastStep, SeriesForecast } from './forecast.ts';
import type { StaffingNeed } from './staffing.ts';

export type SeriesName = 'mrr' | 'counseling_requests' | 'tests_ordered';

export interface StoredSeries {
  readonly name: SeriesName;
  /** Number of values that it was forecast from. */
  readonly history: number;
  readonly forecast: SeriesForecast;
  /** First day of each period ahead. */
  readonly periods: readonly string[];
}

export interface StoredStaffing extends StaffingNeed {
  readonly weeks: number;
  readonly paths: number;
  readonly waitlist: number;
  readonly present: number;
  readonly sessionsPerWeek: number;
  /** Expected in all those weeks. */
  readonly requests: number;
  readonly targetWaitDays: number;
}

/** Stores the forecasts of a day in place of those that were made for it before: readers see the old ones or the new. */
export async function storeForecasts(
  client: ClientBase,
  { day, at }: Snapshot,
  series: readonly StoredSeries[],
  staffing: StoredStaffing | null,
): Promise<void> {
  await client.query('begin');
  try {
    // Two at once: the second waits for the first, and then replaces it.
    await client.query('lock table forecast_runs in share row exclusive mode');
    await client.query('delete from forecast_runs where day = $1', [day]);
    await client.query('insert into forecast_runs (day, snapshot_at) values ($1, $2)', [day, at]);
    await client.query(
      `insert into forecasts (day, series, step, period, method, history, value, low_80, high_80, low_95, high_95,
         coverage_80, coverage_95, coverage_n, mase)
       select $1, g.* from jsonb_to_recordset($2) as g (
         series text, step int, period date, method text, history int, value float8, low_80 float8, high_80 float8,
         low_95 float8, high_95 float8, coverage_80 float8, coverage_95 float8, coverage_n int, mase float8
       )`,
      [day, JSON.stringify(series.flatMap(rowsOf))],
    );
    if (staffing !== null) await storeStaffing(client, day, staffing);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function rowsOf({ name, history, forecast, periods }: StoredSeries): object[] {
  return forecast.steps.map((step, i) => ({
    series: name,
    step: i + 1,
    period: periods[i],
    method: forecast.method,
    history,
    mase: forecast.mase,
    ...figuresOf(step),
  }));
}

function figuresOf({ value, interval80, interval95 }: ForecastStep): object {
  return {
    value,
    low_80: interval80.low,
    high_80: interval80.high,
    low_95: interval95.low,
    high_95: interval95.high,
    coverage_80: interval80.coverage?.share ?? null,
    coverage_95: interval95.coverage?.share ?? null,
    coverage_n: interval95.coverage?.n ?? 0,
  };
}

async function storeStaffing(client: ClientBase, day: string, staffing: StoredStaffing): Promise<void> {
  await client.query(
    `insert into staffing_forecasts (day, weeks, paths, waitlist, requests, sessions_per_week, counselors_present,
       counselors_needed, counselors_to_hire, wait_days, target_wait_days)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      day,
      staffing.weeks,
      staffing.paths,
      staffing.waitlist,
      staffing.requests,
      staffing.sessionsPerWeek,
      staffing.present,
      staffing.needed,
      staffing.toHire,
      staffing.waitDaysAtPresent,
      staffing.targetWaitDays,
    ],
  );
}

import pg from 'pg';
import type { Outcome } from '../queue/drain.ts';
import type { AlertReport } from '../webhook/report.ts';

/** Connections of the service; one that hangs is given up, so that callers hear of it. */
export function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 6,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 10_000,
    query_timeout: 15_000,
    application_name: 'alert-service',
  });
  // A connection that breaks while idle is replaced by the next query.
  pool.on('error', () => undefined);
  return pool;
}

/** Takes reports into the database, in order, all or none; the same ones again change nothing. */
export async function applyReports(pool: pg.Pool, reports: AlertReport[]): Promise<Outcome[]> {
  const { rows } = await pool.query<{ outcome: Outcome }>('select outcome from apply_alert_reports($1) as outcome', [
    JSON.stringify(reports),
  ]);
  return rows.map(({ outcome }) => outcome);
}

import type { Pool } from 'pg';
import type { RiskLevel } from '../scoring/risk.ts';

export interface PastPrediction {
  readonly asOf: Date;
  readonly probability: number;
  readonly riskLevel: RiskLevel;
  readonly modelVersion: string;
  /** What happened within 90 days; null until known. */
  readonly outcome: 'churned' | 'retained' | null;
}

/**
 * What was predicted for a customer, newest first, 400 at most.
 * @returns undefined where there is no such customer
 */
export async function readHistory(database: Pool, customerId: string): Promise<PastPrediction[] | undefined> {
  const { rows } = await database.query<PastPrediction>(
    `select r.snapshot_at as "asOf", p.churn_probability::float8 as probability, p.risk_level as "riskLevel",
       p.model_version as "modelVersion",
       case p.customer_churned when true then 'churned' when false then 'retained' end as outcome
     from churn_predictions p
     join churn_runs r on r.id = p.run_id and r.published_at is not null
     where p.customer_id = $1 and r.snapshot_at <= reporting.as_of()
     order by r.snapshot_at desc, r.id desc limit 400`,
    [customerId],
  );
  if (rows.length > 0) return rows;
  const { rowCount } = await database.query('select from customers where id = $1', [customerId]);
  return rowCount ? [] : undefined;
}

import type { RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { count, defineOracle } from './oracle.ts';

interface Job {
  dims: { job: string };
  age: number | undefined;
  allowed: number | null;
  failed: number;
}

const hour = 3_600_000_000;

function jobOf(data: RawData, at: Instant, job: string, table: string, runs: { at: Instant; isDone: boolean }[]): Job {
  const known = runs.filter((run) => run.at <= at);
  const latest = Math.max(...known.filter(({ isDone }) => isDone).map((run) => run.at));
  return {
    dims: { job },
    age: latest === -Infinity ? undefined : (at - latest) / hour,
    allowed: data.tables.find(({ name }) => name === table)?.freshHours ?? null,
    failed: known.filter((run) => !run.isDone && run.at > latest).length,
  };
}

export const jobs = defineOracle<Job>({
  view: 'jobs',
  facts: (data, at) => [
    jobOf(
      data,
      at,
      'churn_scoring',
      'churn_runs',
      data.churnRuns.map(({ snapshotAt, isPublished }) => ({ at: snapshotAt, isDone: isPublished })),
    ),
    jobOf(
      data,
      at,
      'forecast',
      'forecast_runs',
      data.forecastRuns.map(({ snapshotAt }) => ({ at: snapshotAt, isDone: true })),
    ),
    jobOf(
      data,
      at,
      'payer_value',
      'payer_value_runs',
      data.payerValueRuns.map(({ snapshotAt }) => ({ at: snapshotAt, isDone: true })),
    ),
    jobOf(
      data,
      at,
      'revenue_retention',
      'revenue_retention_runs',
      data.retentionRuns.map(({ snapshotAt }) => ({ at: snapshotAt, isDone: true })),
    ),
    jobOf(
      data,
      at,
      'attribution_fit',
      'markov_fits',
      (data.tables.find(({ name }) => name === 'markov_fits')?.rows ?? []).map((row) => ({
        at: row.at ?? NaN,
        isDone: true,
      })),
    ),
  ],
  measures: {
    jobs: (rows) => rows.length,
    jobs_late: count(({ age, allowed }) => age === undefined || (allowed !== null && age > allowed)),
    hours_since_success: (rows) => {
      const ages = rows.flatMap(({ age }) => age ?? []);
      return ages.length === 0 ? null : Math.max(...ages);
    },
    allowed_hours: (rows) => Math.min(...rows.flatMap(({ allowed }) => allowed ?? [])),
    failed_scoring: (rows) => rows.reduce((sum, { failed }) => sum + failed, 0),
  },
});

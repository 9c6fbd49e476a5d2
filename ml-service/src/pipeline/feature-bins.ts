import type { ClientBase } from 'pg';
import type { FeatureSpec, RawRow } from '../data/encoding.ts';

/** Training rows in a part of what a feature can be; 0 holds missing values. */
export interface FeatureBin {
  readonly feature: string;
  readonly bin: number;
  /** Of categories and truth values; null for any other level. */
  readonly level: string | null;
  /** Of numbers: greatest value in the bin; null without limit. */
  readonly upperBound: number | null;
  readonly rows: number;
}

const parts = 10;

/** The bins of a feature that later rows are compared by: tenths of a number's rows, or levels. */
export function binFeature({ name, kind }: FeatureSpec, rows: readonly RawRow[]): FeatureBin[] {
  const known = rows.map((row) => row[name] ?? null).filter((value) => value !== null);
  const missing = { feature: name, bin: 0, level: null, upperBound: null, rows: rows.length - known.length };
  const bins = kind === 'number' ? tenths(known.map(Number)) : levels(known.map(String));
  return [missing, ...bins.map((bin, i) => ({ feature: name, bin: i + 1, ...bin }))];
}

type Bin = Omit<FeatureBin, 'feature' | 'bin'>;

/** Equal values lie in one bin, so that there may be fewer than ten. The last one has no limit. */
function tenths(values: readonly number[]): Bin[] {
  const sorted = Float64Array.from(values).sort();
  const cuts = Array.from({ length: parts - 1 }, (_, i) => sorted[Math.ceil(((i + 1) * sorted.length) / parts) - 1]);
  const bounds = [...new Set(cuts)].filter((cut) => cut < sorted[sorted.length - 1]);
  return [...bounds, null].map((upperBound, i) => {
    const inside = (value: number) =>
      (upperBound === null || value <= upperBound) && (i === 0 || value > bounds[i - 1]);
    return { level: null, upperBound, rows: values.filter(inside).length };
  });
}

/** Every level in the alphabet's order; the last bin is for levels that were not there. */
function levels(values: readonly string[]): Bin[] {
  const known = [...new Set(values)].sort();
  return [
    ...known.map((level) => ({ level, upperBound: null, rows: values.filter((value) => value === level).length })),
    { level: null, upperBound: null, rows: 0 },
  ];
}

/** Stores the bins of a registered model; where it has some already, nothing changes. */
export async function storeFeatureBins(
  client: ClientBase,
  version: string,
  specs: readonly FeatureSpec[],
  rows: readonly RawRow[],
): Promise<void> {
  const bins = specs.flatMap((spec) => binFeature(spec, rows));
  await client.query(
    `insert into churn_feature_bins (model_version, feature, bin, level, upper_bound, training_rows)
     select $1, g.feature, g.bin, g.level, g."upperBound", g.rows
     from jsonb_to_recordset($2) as g (feature text, bin int, level text, "upperBound" float8, rows int)
     on conflict do nothing`,
    [version, JSON.stringify(bins)],
  );
}

/** Counts the customers of every published run that has no counts yet in the bins of its model, each run at once. */
export async function countRunBins(client: ClientBase): Promise<void> {
  await client.query(
    `with bins as materialized (
       select model_version, feature, max(bin) as last,
         array_agg(level order by bin) filter (where level is not null) as levels,
         -- Negated, since a value that equals a bound lies below it.
         array_agg(-upper_bound order by -upper_bound) filter (where upper_bound is not null) as bounds
       from churn_feature_bins
       group by model_version, feature
     )
     insert into churn_run_bins (run_id, feature, bin, customers)
     select p.run_id, b.feature, case
         when v.level is null then 0
         when b.levels is not null then coalesce(array_position(b.levels, v.level), b.last)
         else b.last - coalesce(width_bucket(-v.level::float8, b.bounds), 0)
       end as bin, count(*)
     from churn_runs r
     join bins b on b.model_version = r.model_version
     join churn_predictions p on p.run_id = r.id
     cross join lateral (select p.features ->> b.feature as level offset 0) v
     where r.published_at is not null and not exists (select from churn_run_bins c where c.run_id = r.id)
     group by 1, 2, 3`,
  );
}

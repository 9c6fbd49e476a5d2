import { encodeRows, type Encoding, type RawRow } from '@fair-underwriting/ml-service/src/data/encoding.ts';
import { FeatureExplainer } from '@fair-underwriting/ml-service/src/explain/contributions.ts';
import type { MarginModel } from '@fair-underwriting/ml-service/src/model/margin-model.ts';

type Condition = (row: RawRow) => boolean;

const number = (row: RawRow, name: string) => (typeof row[name] === 'number' ? row[name] : NaN);

/** What the demo makes customers leave for: of each feature who should be at more risk, and who at less. */
export const planted: readonly { feature: string; more: Condition; less: Condition }[] = [
  {
    feature: 'counseling_attended',
    more: (row) => row['counseling_attended'] === false,
    less: (row) => row['counseling_attended'] === true,
  },
  {
    feature: 'app_downloaded',
    more: (row) => row['app_downloaded'] === false,
    less: (row) => row['app_downloaded'] === true,
  },
  {
    feature: 'active_days_30d',
    more: (row) => number(row, 'active_days_30d') <= 2,
    less: (row) => number(row, 'active_days_30d') >= 6,
  },
  {
    feature: 'email_open_rate_180d',
    more: (row) => number(row, 'email_open_rate_180d') < 0.2,
    less: (row) => number(row, 'email_open_rate_180d') > 0.5,
  },
  { feature: 'tickets_60d', more: (row) => number(row, 'tickets_60d') > 0, less: (row) => row['tickets_60d'] === 0 },
  {
    feature: 'failed_payments_60d',
    more: (row) => number(row, 'failed_payments_60d') > 0,
    less: (row) => row['failed_payments_60d'] === 0,
  },
  {
    feature: 'billing_interval',
    more: (row) => row['billing_interval'] === 'month',
    less: (row) => row['billing_interval'] === 'year',
  },
  { feature: 'genotype', more: (row) => row['genotype'] === 'MZ', less: (row) => row['genotype'] === 'ZZ' },
];

export interface Driver {
  readonly feature: string;
  /** Place among all features by mean absolute contribution, from 1. */
  readonly rank: number;
  /** How much more the feature adds to the log-odds, or margin, of those at more risk. */
  readonly difference: number;
}

/** What a model makes of the planted drivers that it has as features. */
export function findDrivers(model: MarginModel, encoding: Encoding, rows: readonly RawRow[]): Driver[] {
  const explainer = new FeatureExplainer(model, encoding);
  const { values } = encodeRows(encoding, rows);
  const contributions = rows.map((_, row) => explainer.explain(values, row * encoding.columns.length));
  const names = encoding.features.map(({ name }) => name);
  const weights = names.map((_, f) => contributions.reduce((sum, of) => sum + Math.abs(of[f] ?? 0), 0));
  const ranking = [...weights.keys()].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
  return planted
    .filter(({ feature }) => names.includes(feature))
    .map(({ feature, more, less }) => {
      const f = names.indexOf(feature);
      const meanOf = (condition: Condition) => {
        const of = contributions.flatMap((row, i) => (condition(rows[i] ?? {}) ? [row[f] ?? 0] : []));
        return of.reduce((sum, value) => sum + value, 0) / of.length;
      };
      return { feature, rank: ranking.indexOf(f) + 1, difference: meanOf(more) - meanOf(less) };
    });
}

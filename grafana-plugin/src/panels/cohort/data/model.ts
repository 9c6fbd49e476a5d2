import type { Field } from '@grafana/data';

/** What the shares are shares of. */
export type Basis = 'customers' | 'money';

/** One cohort in one period. Shares and bounds are fractions. */
export interface Cell {
  /** What the chosen measure shows: a share, a count or an amount. */
  shown: number | null;
  share: number | null;
  count: number | null;
  amount: number | null;
  /** Customers that the cell counts from. */
  size: number | null;
  /** What the share is a share of: customers, or the money of the first period. */
  weight: number | null;
  mature: boolean;
  /** Bounds that the data gave. */
  lower: number | null;
  upper: number | null;
  benchmark: { value: number; lower: number | null; upper: number | null; size: number | null } | null;
  /** Where the shown value lies, for data links. */
  field: Field;
  row: number;
}

export interface Cohort {
  key: string;
  label: string;
  /** Customers in the first period; null when the data does not say. */
  size: number | null;
  /** Aligned with the model's periods; undefined where there is no row. */
  cells: Array<Cell | undefined>;
}

export interface CohortModel {
  /** In the data's order of cohorts: by time, else as they came. */
  cohorts: Cohort[];
  periods: number[];
  /** What `shown` is. */
  quantity: 'share' | 'count' | 'amount';
  basis: Basis;
  /** Word for one period, such as month, in the user's language. */
  periodName: string;
  cohortTitle: string;
  sizeField: Field | undefined;
  /** The field that the shown values come from, with its display settings. */
  shownField: Field;
  /** The field that formats shares. */
  shareField: Field;
  /** What was left out of the data or is missing from it, in words. */
  notes: string[];
}

/** Why data cannot be shown, and what to do. */
export class DataProblem extends Error {}

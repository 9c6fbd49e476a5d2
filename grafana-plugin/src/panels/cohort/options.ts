/** What a cell shows. */
export type Measure = 'percent' | 'count' | 'revenue';
export type View = 'heatmap' | 'lines';
export type Comparison = 'none' | 'benchmark';
export type SortBy = 'cohort' | 'size' | 'period';

/** The parts of the data by what they mean; each may be named, else it is found by its name. */
export const fieldRoles = [
  'cohort',
  'period',
  'size',
  'retained',
  'share',
  'revenueShare',
  'amount',
  'mature',
  'lower',
  'upper',
  'benchmark',
  'benchmarkLower',
  'benchmarkUpper',
  'benchmarkSize',
] as const;
export type FieldRole = (typeof fieldRoles)[number];
export type FieldNames = Partial<Record<FieldRole, string>>;

export interface CohortOptions {
  view: View;
  measure: Measure;
  compare: Comparison;
  /** Period at which differences from the benchmark are tested. */
  benchmarkPeriod: number;
  sortBy: SortBy;
  /** Period that `sortBy: 'period'` goes by. */
  sortPeriod: number;
  descending: boolean;
  /** How many of the first columns stay while the others scroll. */
  frozenColumns: number;
  showSize: boolean;
  showAverage: boolean;
  showInsights: boolean;
  /** Absent while none is named. */
  fields?: FieldNames;
}

export const defaultOptions: CohortOptions = {
  view: 'heatmap',
  measure: 'percent',
  compare: 'none',
  benchmarkPeriod: 3,
  sortBy: 'cohort',
  sortPeriod: 3,
  descending: false,
  frozenColumns: 2,
  showSize: true,
  showAverage: true,
  showInsights: true,
};

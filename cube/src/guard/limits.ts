import { rowCeiling } from '../environment.ts';

/** What one request may ask. Beyond these a query costs more than it can tell. */
export const limits = {
  rows: rowCeiling,
  queries: 10,
  members: 100,
  timeDimensions: 5,
  comparedRanges: 10,
  filterDepth: 8,
  filterConditions: 200,
  filterValues: 2_000,
  valueLength: 1_000,
} as const;

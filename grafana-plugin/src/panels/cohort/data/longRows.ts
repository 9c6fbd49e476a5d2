import { type DataFrame, type Field } from '@grafana/data';
import type { RoleFields } from './fields';
import { matureAt, numberAt, shareAt } from './values';

/** What one row says, before cohorts and periods are put together. */
export interface Row {
  period: number | null;
  size: number | null;
  count: number | null;
  share: number | null;
  revenueShare: number | null;
  amount: number | null;
  mature: boolean;
  lower: number | null;
  upper: number | null;
  benchmark: { value: number; lower: number | null; upper: number | null; size: number | null } | null;
  /** The cohort's row in its frame. */
  row: number;
  /** The field that holds the value. */
  field: Field;
}

/** Reads the rows of the long form: one for each cohort and period. */
export function longRows(frame: DataFrame, fields: RoleFields, value: Field): Row[] {
  const rows: Row[] = [];
  for (let row = 0; row < frame.length; row++) {
    const benchmark = shareAt(fields.benchmark, row);
    rows.push({
      period: numberAt(fields.period, row),
      size: numberAt(fields.size, row),
      count: numberAt(fields.retained, row),
      share: shareAt(fields.share, row),
      revenueShare: shareAt(fields.revenueShare, row),
      amount: numberAt(fields.amount, row),
      mature: matureAt(fields.mature, row),
      lower: shareAt(fields.lower, row),
      upper: shareAt(fields.upper, row),
      benchmark:
        benchmark === null
          ? null
          : {
              value: benchmark,
              lower: shareAt(fields.benchmarkLower, row),
              upper: shareAt(fields.benchmarkUpper, row),
              size: numberAt(fields.benchmarkSize, row),
            },
      row,
      field: value,
    });
  }
  return rows;
}

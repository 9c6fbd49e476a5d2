import { FieldType, getFieldDisplayName, type DataFrame, type Field } from '@grafana/data';
import { valueRole, type RoleFields } from './fields';
import type { Row } from './longRows';
import { numberAt, shareAt } from './values';

export interface WideFields {
  /** The field of the first period. */
  first: Field;
  periods: Array<{ period: number; field: Field }>;
  /** What all of them hold. */
  role: 'share' | 'retained' | 'amount';
}

/**
 * Finds the periods of the wide form: number fields whose names end in the number of their period, such as "0" or "Month 3".
 * @returns undefined when the frame is not of that form
 */
export function findWideFields(frame: DataFrame, { cohort, size }: RoleFields): WideFields | undefined {
  const others = frame.fields.filter((field) => field !== cohort && field !== size && field.type === FieldType.number);
  const periods = others.flatMap((field) => {
    const [, digits] = /(\d+)\s*$/.exec(getFieldDisplayName(field, frame)) ?? [];
    return digits === undefined ? [] : [{ period: Number(digits), field }];
  });
  const distinct = new Set(periods.map(({ period }) => period));
  const [first] = periods;
  if (!cohort || !first || periods.length < others.length || distinct.size < periods.length) {
    return undefined;
  }
  const earliest = periods.reduce((least, each) => (each.period < least.period ? each : least), first);
  const all = { ...first.field, values: periods.flatMap(({ field }) => field.values) };
  return { first: earliest.field, periods, role: valueRole(all) };
}

/** Reads the wide form as rows of the long one; an empty cell is a period that the cohort has not reached. */
export function wideRows(frame: DataFrame, { size }: RoleFields, { first, periods, role }: WideFields): Row[] {
  const rows: Row[] = [];
  for (let row = 0; row < frame.length; row++) {
    const customers = size ? numberAt(size, row) : role === 'retained' ? numberAt(first, row) : null;
    for (const { period, field } of periods) {
      if (numberAt(field, row) !== null) {
        rows.push({
          period,
          size: customers,
          count: role === 'retained' ? numberAt(field, row) : null,
          share: role === 'share' ? shareAt(field, row) : null,
          revenueShare: null,
          amount: role === 'amount' ? numberAt(field, row) : null,
          mature: true,
          lower: null,
          upper: null,
          benchmark: null,
          row,
          field,
        });
      }
    }
  }
  return rows;
}

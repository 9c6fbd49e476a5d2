import type { Field } from '@grafana/data';

/** A field's value as a finite number; null for anything else. */
export function numberAt(field: Field | undefined, row: number): number | null {
  const value: unknown = field?.values[row];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A share as a fraction, also where the field's unit is percent of 100. */
export function shareAt(field: Field | undefined, row: number): number | null {
  const value = numberAt(field, row);
  return value !== null && field?.config.unit === 'percent' ? value / 100 : value;
}

/** Whether the period of a row has ended; without a field every one counts as ended. */
export function matureAt(field: Field | undefined, row: number): boolean {
  const value: unknown = field?.values[row];
  return field === undefined || value === true || value === 1;
}

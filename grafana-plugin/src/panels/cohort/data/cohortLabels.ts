import { dateTimeFormat, FieldType, formattedValueToString, type Field } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';

const DAY = 86_400_000;

export interface CohortKeys {
  /** Identity of the cohort of a row; null where the row names none. */
  keyAt: (row: number) => string | null;
  labelAt: (row: number) => string;
  /** What one period is, such as month, where the cohorts tell it. */
  periodName: string | undefined;
}

/** Reads the cohort field: times are shown as coarsely as they are spaced, unless the field has a unit. */
export function readCohortKeys(field: Field, timeZone: TimeZone): CohortKeys {
  const keyAt = (row: number) => {
    const value: unknown = field.values[row];
    return value === null || value === undefined || value === '' ? null : String(value);
  };
  const display = (row: number) =>
    field.display ? formattedValueToString(field.display(field.values[row])) : String(field.values[row]);
  if (field.type !== FieldType.time) {
    return { keyAt, labelAt: display, periodName: undefined };
  }
  const grain = grainIn(field.values, timeZone) ?? grainIn(field.values, 'utc');
  if (field.config.unit || grain === undefined) {
    return { keyAt, labelAt: display, periodName: grain?.name };
  }
  const format = { timeZone: grain.timeZone, format: grain.format };
  return { keyAt, labelAt: (row) => dateTimeFormat(field.values[row], format), periodName: grain.name };
}

interface Grain {
  name: string;
  format: string;
  timeZone: TimeZone;
}

/**
 * How coarse times are. Buckets of a database begin at midnight of its own zone, often UTC, whatever zone the dashboard
 * is in: hence the two attempts above.
 * @returns undefined when some begin at another time than midnight
 */
function grainIn(values: unknown[], timeZone: TimeZone): Grain | undefined {
  const distinct = [...new Set(values)].filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const texts = distinct.map((value) => dateTimeFormat(value, { timeZone, format: 'MM-DD HH:mm' }));
  if (texts.length === 0 || !texts.every((text) => text.endsWith('00:00'))) {
    return undefined;
  }
  if (texts.every((text) => text.slice(3, 5) === '01')) {
    // A single January is more likely a month than a year.
    const years = texts.length > 1 && texts.every((text) => text.startsWith('01'));
    return years ? { name: 'year', format: 'YYYY', timeZone } : { name: 'month', format: 'MMM YYYY', timeZone };
  }
  const first = distinct[0] ?? 0;
  const weeks = distinct.length > 1 && distinct.every((value) => Math.round((value - first) / DAY) % 7 === 0);
  return { name: weeks ? 'week' : 'day', format: 'YYYY-MM-DD', timeZone };
}

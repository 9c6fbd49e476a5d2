import { ratio } from '../support/decimal.ts';
import type { RawTable } from '../support/raw-data.ts';
import type { Instant, Zone } from '../support/zone.ts';
import { count, defineOracle, type Measure } from './oracle.ts';

interface Finding {
  dims: Record<'table_name' | 'domain' | 'kind' | 'part', string | null>;
  rows: number;
  flawed: number;
  /** Hours since the newest fact. */
  age: number | undefined;
  freshHours: number | null;
}

const hour = 3_600_000_000;

function findingsOf(table: RawTable, at: Instant, zone: Zone): Finding[] {
  const today = zone.day(at);
  const rows = table.rows.filter((row) => row.at === null || row.at <= (table.isByDay ? today : at));
  const dates = rows.flatMap((row) => row.at ?? []);
  const latest = dates.reduce((newest, date) => Math.max(newest, date), -Infinity);
  // A day is over when the next one begins.
  const newest = table.isByDay ? Math.min(at, zone.midnight(latest + 1)) : latest;
  const dims = { table_name: table.name, domain: table.domain };
  const none = { age: undefined, freshHours: null };
  const whole: Finding = {
    dims: { ...dims, kind: 'table', part: null },
    rows: rows.length,
    flawed: 0,
    age: dates.length === 0 ? undefined : (at - newest) / hour,
    freshHours: table.freshHours,
  };
  const columns = table.nullable.map((part, index) => ({
    ...none,
    dims: { ...dims, kind: 'column', part },
    rows: rows.length,
    flawed: rows.filter(({ nulls }) => nulls[index] === '1').length,
  }));
  const references = table.references.map((part, index) => ({
    ...none,
    dims: { ...dims, kind: 'reference', part },
    rows: rows.filter(({ refs }) => refs[index] !== '-').length,
    flawed: rows.filter(({ refs }) => refs[index] === '0').length,
  }));
  return [whole, ...columns, ...references];
}

const of = (kind: string, finding: Finding) => finding.dims.kind === kind;
const isStale = ({ age, freshHours }: Finding) => age !== undefined && freshHours !== null && age > freshHours;

/** A sum over the findings of a kind; null where there is none. */
function total(kind: string, amount: (finding: Finding) => number): Measure<Finding> {
  return (findings) => {
    const chosen = findings.filter((finding) => of(kind, finding));
    return chosen.length === 0 ? null : chosen.reduce((sum, finding) => sum + amount(finding), 0);
  };
}

function share(kind: string): Measure<Finding> {
  return (findings) => {
    const chosen = findings.filter((finding) => of(kind, finding));
    const sum = (amount: (finding: Finding) => number) => chosen.reduce((all, finding) => all + amount(finding), 0);
    return ratio(
      sum((finding) => finding.flawed),
      sum((finding) => finding.rows),
    );
  };
}

/** The greatest or the least of what is known. */
function extreme(pick: (a: number, b: number) => number, value: (finding: Finding) => number | null | undefined) {
  return (findings: readonly Finding[]) => {
    const known = findings.flatMap((finding) => value(finding) ?? []);
    return known.length === 0 ? null : known.reduce((a, b) => pick(a, b));
  };
}

/** Every table of the data contract. */
export const dataHealth = defineOracle<Finding>({
  view: 'data_health',
  facts: (data, at) => data.tables.flatMap((table) => findingsOf(table, at, data.zone)),
  measures: {
    tables: count((finding) => of('table', finding)),
    tables_empty: count((finding) => of('table', finding) && finding.rows === 0),
    tables_stale: count(isStale),
    row_count: total('table', ({ rows }) => rows),
    freshness_hours: extreme(Math.max, ({ age }) => age),
    freshness_limit_hours: extreme(Math.min, ({ freshHours }) => freshHours),
    nulls: total('column', ({ flawed }) => flawed),
    null_share: share('column'),
    orphans: total('reference', ({ flawed }) => flawed),
    orphan_share: share('reference'),
  },
});

import type { TestCube } from '../../support/cube.ts';
import type { Oracle, Row, Slice, Value } from '../oracle/oracle.ts';
import { timeKey } from '../oracle/oracle.ts';
import { Fraction } from './decimal.ts';
import type { RawData } from './raw-data.ts';

/** A running Cube and the rows that its database holds. */
export interface Setting {
  cube: TestCube;
  data: RawData;
}

/** Most rows asked for; a property's runs vary it, so that no run is answered from another's cache. */
const rowLimit = 20_000;

/** The query that asks a view for every measure of its oracle. */
export function queryOf(oracle: Oracle, slice: Slice, timezone: string, limit = rowLimit): object {
  const name = (member: string) => `${oracle.view}.${member}`;
  const timeDimensions = [
    ...(slice.asOf === undefined ? [] : [{ dimension: name('as_of'), dateRange: [slice.asOf, slice.asOf] }]),
    ...(slice.time === undefined || oracle.time === undefined
      ? []
      : [
          {
            dimension: name(oracle.time),
            ...(slice.time.granularity && { granularity: slice.time.granularity }),
            ...(slice.time.range && { dateRange: slice.time.range }),
          },
        ]),
  ];
  return {
    measures: oracle.measures.map(name),
    dimensions: (slice.dimensions ?? []).map(name),
    timeDimensions,
    filters: Object.entries(slice.filters ?? {}).map(([member, value]) => ({
      member: name(member),
      operator: 'equals',
      values: [value],
    })),
    timezone,
    limit,
  };
}

/** Cube's rows, with plain names and the text of each value. */
export async function ask({ cube, data }: Setting, oracle: Oracle, slice: Slice, limit?: number) {
  const rows = await cube.load(queryOf(oracle, slice, data.zone.name, limit), oracle.role);
  const text = (value: unknown) =>
    value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
  return rows.map((row) => {
    const own = (member: string) => text(row[`${oracle.view}.${member}`]);
    const dims: Row['dims'] = Object.fromEntries((slice.dimensions ?? []).map((name) => [name, own(name)]));
    if (slice.time?.granularity && oracle.time) {
      dims[timeKey] = own(`${oracle.time}.${slice.time.granularity}`)?.slice(0, 10) ?? null;
    }
    return { dims, values: Object.fromEntries(oracle.measures.map((name) => [name, own(name)])) };
  });
}

/**
 * Where Cube and the oracle disagree, a line each: `customers [genotype=ZZ] mrr: expected 10.00, got 9.99`. A row that
 * only one of them has must hold nothing.
 */
export async function differences(setting: Setting, oracle: Oracle, slice: Slice, limit?: number): Promise<string[]> {
  const answered = new Map((await ask(setting, oracle, slice, limit)).map((row) => [keyOf(row.dims), row.values]));
  const expected = new Map(oracle.answer(setting.data, slice).map((row) => [keyOf(row.dims), row.values]));
  const lines: string[] = [];
  for (const key of new Set([...answered.keys(), ...expected.keys()])) {
    const got = answered.get(key);
    const wanted = expected.get(key);
    for (const name of oracle.measures) {
      const want = wanted?.[name] ?? null;
      const value = got?.[name] ?? null;
      if (wanted && got ? !matches(want, value) : !isNothing(want) || Number(value ?? 0) !== 0) {
        lines.push(
          `${oracle.view} [${key}] ${name}: expected ${shown(want)}, got ${got ? (value ?? 'null') : 'no row'}`,
        );
      }
    }
  }
  return lines;
}

function keyOf(dims: Row['dims']): string {
  return Object.entries(dims)
    .map(([name, value]) => `${name}=${value ?? 'null'}`)
    .join(', ');
}

function isNothing(value: Value): boolean {
  return value === null || (value instanceof Fraction ? value.sign === 0 : value === 0);
}

function matches(expected: Value, got: string | null): boolean {
  if (expected === null || got === null) return expected === got;
  if (typeof expected === 'string') return expected === got;
  if (expected instanceof Fraction) return expected.compare(Fraction.of(got)) === 0;
  const value = Number(got);
  return Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}

function shown(value: Value): string {
  return value === null ? 'null' : String(value);
}

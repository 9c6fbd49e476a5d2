import { join, relative } from 'node:path';
import schemaCompiler from '@cubejs-backend/schema-compiler';
import shared from '@cubejs-backend/shared';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { migratedDatabase } from '../support/migrated-database.ts';
import { modelRollups } from './support/model-rollups.ts';

jest.setTimeout(120_000);

/** Set once, or by settings that every version holds. */
const unchanging = ['reporting.calendar', 'reporting.months', 'reporting.settings'];
/** It reads whatever tables there are: it is built anew whether they change or not. */
const byTheClock = ['table_health.rows'];

interface Definition {
  isView?: boolean;
  measures?: Record<string, { meta?: { selector?: boolean } }>;
  dimensions?: Record<string, { meta?: { selector?: boolean } }>;
  preAggregations?: Record<string, Rollup>;
}

interface Rollup {
  type: string;
  external: boolean;
  allowNonStrictDateRangeMatch?: boolean;
  partitionGranularity?: string;
  refreshKey?: { every?: string; sql?: () => string };
}

interface Made {
  loadSql: [sql: string, values: unknown[]];
  tableName: string;
}

/** What of Cube's query builder shows how a rollup is made. */
interface Builder {
  preAggregations: {
    preAggregationDescriptionFor(cube: string, found: object): Made;
    evaluateAllReferences(cube: string, rollup: Rollup, name: string): object;
  };
}

const database = migratedDatabase();
const rollups: { id: string; rollup: Rollup; sql: string; table: string }[] = [];
let tables: Set<string>;
let functions: Map<string, string>;

beforeAll(async () => {
  const folder = join(import.meta.dirname, '..', '..', 'cube', 'model');
  process.env['CUBEJS_TESSERACT_SQL_PLANNER'] = 'false';
  // As the server sets it, always.
  process.env['CUBEJS_PRE_AGGREGATIONS_ALLOW_NON_STRICT_DATE_RANGE_MATCH'] = 'false';
  process.env['CUBEJS_EXTERNAL_DEFAULT'] = 'false';
  const repository = new shared.FileRepository(relative('.', folder));
  const compilers = await schemaCompiler.compile(repository, { standalone: true });
  const { cubeEvaluator, compiler } = compilers;
  for (const cube of cubeEvaluator.cubeNames()) {
    const definition = cubeEvaluator.cubeFromPath(cube) as unknown as Definition;
    for (const [name, rollup] of Object.entries(definition.preAggregations ?? {})) {
      const [measure] = Object.keys(definition.measures ?? {});
      const [dimension] = Object.keys(definition.dimensions ?? {});
      const query = new schemaCompiler.PostgresQuery(compilers, {
        ...(measure === undefined
          ? { dimensions: [`${cube}.${dimension ?? ''}`] }
          : { measures: [`${cube}.${measure}`] }),
        timezone: 'UTC',
        preAggregationsSchema: 'rollups',
      });
      const made = compiler.withQuery(query, () => {
        const { preAggregations } = query as unknown as Builder;
        const references = preAggregations.evaluateAllReferences(cube, rollup, name);
        return preAggregations.preAggregationDescriptionFor(cube, {
          preAggregationName: name,
          preAggregation: rollup,
          cube,
          references,
        });
      }) as Made;
      rollups.push({ id: `${cube}.${name}`, rollup, sql: made.loadSql[0], table: made.tableName });
    }
  }
  const { rows: all } = await database.client.query<{ name: string }>(
    `select case schemaname when 'public' then '' else schemaname || '.' end || tablename as name
     from pg_tables where schemaname in ('public', 'reporting')`,
  );
  tables = new Set(all.map(({ name }) => name));
  const { rows } = await database.client.query<{ name: string; body: string }>(
    `select 'reporting.' || proname as name, string_agg(pg_get_functiondef(oid), ' ') as body
     from pg_proc where pronamespace = 'reporting'::regnamespace and prokind = 'f' group by proname`,
  );
  functions = new Map(rows.map(({ name, body }) => [name, body]));
});

/** The tables that SQL reads, those that its functions read included. */
function readBy(sql: string, seen = new Set<string>()): Set<string> {
  const named = [...sql.matchAll(/\b(?:from|join)\s+(?:lateral\s+)?((?:reporting\.)?\w+)/gi)].map(
    ([, name]) => name ?? '',
  );
  const found = new Set(named.filter((name) => tables.has(name) && !unchanging.includes(name)));
  for (const [, name = ''] of sql.matchAll(/\b(reporting\.\w+)\s*\(/g)) {
    const body = functions.get(name);
    if (body === undefined || seen.has(name)) continue;
    seen.add(name);
    for (const table of readBy(body, seen)) found.add(table);
  }
  return found;
}

const watchedBy = (sql: string) => new Set([...sql.matchAll(/'(\w+)'/g)].map(([, table]) => table));

test('every rollup of the models was found', () => {
  expect(rollups.map(({ id }) => id.replace('.', '_')).sort()).toEqual(modelRollups().sort());
  expect(rollups.length).toBeGreaterThan(30);
});

test('a rollup is built anew when any table changes that it reads', () => {
  const missed = rollups.flatMap(({ id, rollup: { refreshKey }, sql }) => {
    if (byTheClock.includes(id)) return [];
    const key = refreshKey?.sql?.() ?? '';
    const watched = watchedBy(key);
    if (!key.includes('reporting.data_version(')) return [`${id}: no reporting.data_version`];
    return [...readBy(sql)].filter((table) => !watched.has(table)).map((table) => `${id}: ${table}`);
  });
  expect(missed).toEqual([]);
});

test('a refresh key says how often it is looked at, and names tables that there are', () => {
  for (const { id, rollup } of rollups) {
    expect([id, rollup.refreshKey?.every]).toEqual([id, expect.stringMatching(/^\d+ minute$/)]);
    for (const table of watchedBy(rollup.refreshKey?.sql?.() ?? '')) expect(tables).toContain(table);
  }
});

test('rollups lie in Postgres, whole, and serve no part of a period', () => {
  for (const { rollup } of rollups) {
    expect(rollup.external).toBe(false);
    expect(rollup.allowNonStrictDateRangeMatch ?? false).toBe(false);
    expect(rollup.partitionGranularity).toBeUndefined();
  }
});

describe('the name of a table', () => {
  // Cube appends three parts, 26 characters, and Postgres cuts off what is longer than 63.
  test('fits with what Cube appends', () => {
    expect(rollups.map(({ table }) => table.replace('rollups.', '')).filter((name) => name.length > 63 - 26)).toEqual(
      [],
    );
  });
});

describe('the version of data', () => {
  const version = async () => {
    const { rows } = await database.client.query<{ version: string }>(
      "select reporting.data_version('marketing_channels', 'plans') as version",
    );
    return rows[0]?.version;
  };
  /** Postgres counts what a transaction did within a second after its end. */
  const counted = () => database.client.query('select pg_stat_force_next_flush()');

  test.each([
    "insert into marketing_channels (channel, name, is_paid) values ('new', 'New', false)",
    "update marketing_channels set name = 'Newer' where channel = 'new'",
    "delete from marketing_channels where channel = 'new'",
    'truncate marketing_channels cascade',
    "update reporting.settings set as_of = '2026-01-31 12:00:00+00'",
    "update reporting.settings set time_zone = 'America/New_York'",
  ])('changes with %s', async (change) => {
    await counted();
    const before = await version();
    expect(before).toBe(await version());
    await database.client.query(change);
    await counted();
    expect(await version()).not.toBe(before);
  });

  test('does not change with other tables', async () => {
    const before = await version();
    await database.client.query(
      "insert into payers (id, name, payer_type) values (gen_random_uuid(), 'Other', 'commercial_insurance')",
    );
    await counted();
    expect(await version()).toBe(before);
  });
});

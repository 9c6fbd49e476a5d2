import pg from 'pg';
import type { TestCube } from '../support/cube.ts';
import { questions } from './questions.ts';
import { median, time } from './timing.ts';

/** How Cube itself connects, so that both sides have the same. */
export const session = '-c jit=off -c work_mem=32MB';

/** Median milliseconds. */
export interface QueryResult {
  name: string;
  /** Over REST, each time answered from the tables. */
  tables: number;
  /** Over REST as the product is delivered: each time from rollups, where one serves the question. */
  delivered: number;
  /** The same question in hand-written SQL. */
  sql: number;
  /** Whether each stays within 1.3 x the SQL + 15 ms. */
  within: { tables: boolean; delivered: boolean };
}

/** Two Cubes on one database. */
export interface Cubes {
  tables: TestCube;
  delivered: TestCube;
}

/** Times each question over Cube's REST API and in hand-written SQL, by turns, on the same database. */
export async function benchQueries(cubes: Cubes, databaseUrl: string, rounds = 7): Promise<QueryResult[]> {
  const client = new pg.Client({ connectionString: databaseUrl, options: session });
  await client.connect();
  try {
    const results: QueryResult[] = [];
    for (const { name, query, sql } of questions) {
      const times = { tables: [] as number[], delivered: [] as number[], sql: [] as number[] };
      for (let round = 0; round <= rounds; round += 1) {
        const tables = await time(() => askAnew(cubes.tables, query));
        const delivered = await time(() => askAnew(cubes.delivered, query));
        const byHand = await time(() => client.query(sql));
        // The first round warms all.
        if (round === 0) continue;
        times.tables.push(tables);
        times.delivered.push(delivered);
        times.sql.push(byHand);
      }
      const [tables, delivered, byHand] = [median(times.tables), median(times.delivered), median(times.sql)];
      const limit = 1.3 * byHand + 15;
      const within = { tables: tables <= limit, delivered: delivered <= limit };
      results.push({ name, tables, delivered, sql: byHand, within });
    }
    return results;
  } finally {
    await client.end();
  }
}

/** The same question again, answered from Postgres and not from Cube's cache. */
async function askAnew(cube: TestCube, query: object): Promise<void> {
  const { status, body } = await cube.post('load', { query, cache: 'no-cache' }, cube.token('data_steward'));
  if (status !== 200) throw new Error(`Cube answered ${status}: ${body.error ?? ''}`);
}

import pg from 'pg';
import type { TestCube } from '../support/cube.ts';
import { questions } from './questions.ts';

export interface QueryResult {
  name: string;
  /** Median milliseconds over REST, each time answered from the tables. */
  cube: number;
  /** Median milliseconds of the same question in hand-written SQL. */
  sql: number;
  /** Whether Cube stays within 1.3 x the SQL + 15 ms. */
  withinLimit: boolean;
}

/** Times each question over Cube's REST API and in hand-written SQL, by turns, on the same database. */
export async function benchQueries(cube: TestCube, databaseUrl: string, rounds = 7): Promise<QueryResult[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const results: QueryResult[] = [];
    for (const { name, query, sql } of questions) {
      const times = { cube: [] as number[], sql: [] as number[] };
      for (let round = 0; round <= rounds; round += 1) {
        const cubeTime = await time(() => askAnew(cube, query));
        const sqlTime = await time(() => client.query(sql));
        // The first round warms both.
        if (round > 0) {
          times.cube.push(cubeTime);
          times.sql.push(sqlTime);
        }
      }
      const [cubeMedian, sqlMedian] = [median(times.cube), median(times.sql)];
      results.push({ name, cube: cubeMedian, sql: sqlMedian, withinLimit: cubeMedian <= 1.3 * sqlMedian + 15 });
    }
    return results;
  } finally {
    await client.end();
  }
}

/** The same question again, answered from the tables and not from Cube's cache. */
async function askAnew(cube: TestCube, query: object): Promise<void> {
  const { status, body } = await cube.post('load', { query, cache: 'no-cache' }, cube.token('data_steward'));
  if (status !== 200) throw new Error(`Cube answered ${status}: ${body.error ?? ''}`);
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

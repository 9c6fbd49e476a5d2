import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startCube, type TestCube } from '../support/cube.ts';
import { questions } from './questions.ts';
import { scaledDatabases, type ScaledDatabase } from './scale/databases.ts';
import { growthTable, type Growth } from './scale/growth.ts';
import { growthPlot } from './scale/plot.ts';
import { sqlOf, timeQuestion } from './scale/times.ts';
import { timeViews } from './scale/views.ts';

const root = join(import.meta.dirname, '..', '..');
const plot = join('docs', 'cost-growth.svg');
/** As Cube itself connects: the same memory for sorts, the same plans. */
const session = '-c jit=off -c work_mem=32MB';
/** Longer than any answer should take; the product itself gives up after 30 s. */
const patience = 15 * 60;

/**
 * Each question over Cube, without rollups and without its cache, beside the same in hand-written SQL, as the data grow;
 * with the SQL of both, the compile time of the model and the memory of the Cube process. Writes the plot into docs.
 */
export async function benchScale(): Promise<void> {
  const growths: Growth[] = questions.map(({ name }) => ({ name, costs: [] }));
  for await (const database of scaledDatabases()) await benchSize(database, growths);
  console.log(`\n${growthTable(growths)}\n`);
  if ((growths[0]?.costs.length ?? 0) > 1) {
    writeFileSync(join(root, plot), growthPlot(growths));
    console.log(`Wrote ${plot}.`);
  }
}

async function benchSize(database: ScaledDatabase, growths: Growth[]): Promise<void> {
  const { url, customers } = database;
  console.log(
    `${customers} customers, ${database.activities} activities, ${database.touchpoints} touchpoints: medians of 3 in ms`,
  );
  const cube = await startCube({
    databaseUrl: url,
    answerTimeout: patience * 1000,
    env: { CUBE_ROLLUPS: 'off', CUBEJS_DB_QUERY_TIMEOUT: `${patience}s` },
  });
  const client = new pg.Client({ connectionString: url, options: session });
  await client.connect();
  try {
    console.log(`  model compiled in ${compileTime(cube)} ms; Cube takes ${memory(cube)} MB of memory after its start`);
    for (const [i, question] of questions.entries()) {
      const times = await timeQuestion(cube, client, question);
      growths[i]?.costs.push({ customers, cube: times.cubeProcessor, sql: times.sqlProcessor });
      console.log(
        `  ${question.name.padEnd(46)} by the clock ${pair(times.cube, times.sql)}  of processor ${pair(times.cubeProcessor, times.sqlProcessor)}`,
      );
    }
    console.log(`  Cube takes ${memory(cube)} MB after them, ${memory(cube, 'VmHWM')} MB at most`);
    if (customers >= 1_000_000) await tellOfLargest(cube);
  } finally {
    await client.end();
    await cube.stop();
  }
}

/** What is said once, of a million customers: the SQL of both sides, and a question to each of the views. */
async function tellOfLargest(cube: TestCube): Promise<void> {
  for (const { name, query, sql } of questions) {
    console.log(`\n-- ${name}, as Cube asks\n${await sqlOf(cube, query)}\n\n-- ${name}, by hand\n${sql}`);
  }
  console.log('\nA plain question to each view, once');
  for (const { view, query, took } of await timeViews(cube)) {
    console.log(`  ${view.padEnd(26)} ${typeof took === 'number' ? ms(took) : took}  ${JSON.stringify(query)}`);
  }
}

function pair(cube: number, sql: number): string {
  return `Cube ${ms(cube)}  SQL ${ms(sql)}  ratio ${(cube / sql).toFixed(2)}`;
}

function ms(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0).padStart(8);
}

/** From the event that Cube writes when it has compiled its model. */
function compileTime(cube: TestCube): number {
  const events = cube.output().match(/^\{.*"Compiling schema completed".*\}$/gm) ?? [];
  return (JSON.parse(events[0] ?? '{}') as { duration?: number }).duration ?? NaN;
}

/** Megabytes of the Cube process, now or at most; NaN where there is no /proc. */
function memory(cube: TestCube, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  try {
    const status = readFileSync(`/proc/${cube.pid}/status`, 'utf8');
    return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1000);
  } catch {
    return NaN;
  }
}

if (import.meta.filename === process.argv[1]) await benchScale();

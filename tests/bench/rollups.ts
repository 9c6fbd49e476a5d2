import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { attribute } from '@fair-underwriting/ml-service/src/attribution/attribute.ts';
import { withConnection } from '@fair-underwriting/ml-service/src/connection.ts';
import pg from 'pg';
import { modelRollups, whenBuilt } from '../rollups/support/model-rollups.ts';
import { panelQuestions } from '../rollups/support/questions.ts';
import { startCube, type TestCube } from '../support/cube.ts';
import { startPostgres } from '../support/postgres.ts';
import { session } from './queries.ts';
import { questions } from './questions.ts';
import { everyone } from './scale/times.ts';
import { timed } from './timing.ts';

const callers = 16;
const rounds = 5;
/** Longest that a first build of all rollups may take, in seconds. */
const patience = 2 * 3_600;

interface Asked {
  name: string;
  query: object;
  /** The rollups that served it; none where the tables did. */
  rollups: string[];
  /** Milliseconds of the first answer, alone. */
  first: number;
  /** Milliseconds of every later answer, with other callers. */
  later: number[];
}

/**
 * What the dashboards ask, by 16 callers at once, served by rollups; and the questions that there is hand-written SQL for.
 * BENCH_DATABASE_URL names a database to ask, whose role may write to its schema `rollups`; else it is a demo of 5,000.
 */
export async function benchRollups(given = process.env['BENCH_DATABASE_URL']): Promise<void> {
  if (given !== undefined) return benchDatabase(given);
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url);
    await generateDemo({ databaseUrl: postgres.url });
    await withConnection(postgres.url, (client) => attribute(client));
    await benchDatabase(postgres.url);
  } finally {
    await postgres.stop();
  }
}

async function benchDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: session });
  await client.connect();
  // What is asked is a year that ends now, whether the as-of is pinned or not.
  const { rows } = await client.query<{ from: string; customers: string }>(`
    select to_char(date_trunc('month', reporting.today() - interval '1 year'), 'YYYY-MM-DD') as from,
      (select count(*) from customers) as customers`);
  const from = `${rows[0]?.from ?? ''}T00:00:00.000`;
  console.log(`${rows[0]?.customers ?? '?'} customers, since ${from}`);
  const cube = await startCube({
    databaseUrl,
    env: { CUBE_ROLLUPS: 'on', CUBE_REFRESH_SECONDS: '10' },
    answerTimeout: 180_000,
  });
  try {
    const built = await timed(() => whenBuilt(databaseUrl, patience));
    console.log(`All ${modelRollups().length} rollups were there ${(built.ms / 1_000).toFixed(0)} s after Cube\n`);
    const now = new Date().toISOString().slice(0, -1);
    await benchPanels(cube, [from, now]);
    await benchByHand(cube, client);
  } finally {
    await cube.stop();
    await client.end();
  }
}

async function benchPanels(cube: TestCube, range: [string, string]): Promise<void> {
  const asked = await askAll(
    cube,
    panelQuestions(range).map(({ name, query }) => ({ name, query })),
  );
  console.log(
    `Panels of the dashboards, in ms: the first answer, alone, then ${callers} callers at once, ${rounds} times`,
  );
  console.log('each over all of them, in turns of their own (wanted: p95 at most 100)');
  for (const { name, rollups, first, later } of asked) {
    console.log(
      `  ${name.padEnd(64)} first ${ms(first)}  p50 ${ms(quantile(later, 0.5))}  p95 ${ms(quantile(later, 0.95))}  ` +
        (rollups.length > 0 ? rollups.join(', ').replaceAll('rollups.', '') : 'tables'),
    );
  }
  const [served, others] = [true, false].map((is) => asked.filter(({ rollups }) => rollups.length > 0 === is));
  for (const [kind, list = []] of [['served by rollups', served] as const, ['from tables', others] as const]) {
    const all = list.flatMap(({ later }) => later);
    console.log(
      `  ${list.length} ${kind}: first, median ${ms(median(list.map(({ first }) => first)))}; all answers p50 ` +
        `${ms(quantile(all, 0.5))}, p95 ${ms(quantile(all, 0.95))}`,
    );
  }
}

/** Each question once alone, then by all callers at once: Cube answers what it has just answered from its memory. */
async function askAll(cube: TestCube, list: { name: string; query: object }[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const { name, query } of list) {
    const { result, ms: first } = await timed(() => ask(cube, query));
    asked.push({ name, query, rollups: result, first, later: [] });
  }
  const caller = async (number: number) => {
    for (let round = 0; round < rounds; round += 1) {
      for (let place = 0; place < asked.length; place += 1) {
        const one = asked[(place * 7 + number * 11 + round * 13) % asked.length];
        if (one) one.later.push((await timed(() => ask(cube, one.query, `caller ${number}`))).ms);
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, number) => caller(number)));
  return asked;
}

/** Hand-written SQL beside the same question to Cube, alone: not answered before, and answered before. */
async function benchByHand(cube: TestCube, client: pg.Client): Promise<void> {
  console.log('\nHand-written SQL beside Cube, in ms: the SQL, Cube for the first time, and again (wanted: 50 times)');
  const gains: number[] = [];
  for (const { name, query, sql } of questions) {
    // Cohorts are shown with whether a month has ended, as the panel asks it.
    const { dimensions = [] } = query as { dimensions?: string[] };
    const [view = ''] = (dimensions[0] ?? '').split('.');
    const shown = view.startsWith('cohorts_') ? { ...query, dimensions: [...dimensions, `${view}.is_mature`] } : query;
    const first = await timed(() => ask(cube, shown));
    const again: number[] = [];
    for (let round = 0; round < 9; round += 1) again.push((await timed(() => ask(cube, shown))).ms);
    const hand = (await timed(() => client.query(sql))).ms;
    if (first.result.length > 0) gains.push(hand / first.ms);
    console.log(
      `  ${name.padEnd(46)} SQL ${ms(hand)}  first ${ms(first.ms)} (${(hand / first.ms).toFixed(0)} x)  again ` +
        `${ms(median(again))} (${(hand / median(again)).toFixed(0)} x)  ${first.result.join(', ').replaceAll('rollups.', '') || 'tables'}`,
    );
  }
  console.log(
    `  The first answers of those that rollups serve are ${median(gains).toFixed(0)} times as fast in the median`,
  );
}

/** @returns the tables of the rollups that served it @throws when Cube does not answer */
async function ask(cube: TestCube, query: object, user = 'bench'): Promise<string[]> {
  const { status, body } = await cube.post('load', { query }, cube.token(everyone, user));
  if (status !== 200) throw new Error(`Cube answered ${status}: ${body.error ?? ''} to ${JSON.stringify(query)}`);
  return Object.keys(body.usedPreAggregations ?? {});
}

const median = (values: readonly number[]) => quantile(values, 0.5);

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? NaN;
}

const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0).padStart(7);

import { roles } from '@fair-underwriting/cube/src/auth/roles.ts';
import type pg from 'pg';
import type { TestCube } from '../../support/cube.ts';
import type { Question } from '../questions.ts';
import { median, timed } from '../timing.ts';
import { difference } from './same-answer.ts';

/** Every role at once: what one of them may see. */
export const everyone = [...roles];
/** Milliseconds from which a first round is not a warm-up: what it reads for the first time is a small part of it. */
const slow = 5_000;

/** Milliseconds of a question over Cube and in hand-written SQL. */
export interface Times {
  /** By the clock, over Cube's REST API. */
  cube: number;
  sql: number;
  /** Of processor, in Postgres alone and on one core: what else the machine does changes little of it. */
  cubeProcessor: number;
  sqlProcessor: number;
}

/** Medians of a question, both ways by turns. @throws when the answers differ */
export async function timeQuestion(
  cube: TestCube,
  client: pg.Client,
  { name, query, sql }: Question,
  rounds = 3,
): Promise<Times> {
  const cubeSql = await sqlOf(cube, query);
  const times: Times[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await timed(() => ask(cube, query));
    const hand = await timed(async () => (await client.query<Record<string, unknown>>(sql)).rows);
    const differs = difference(query, ours.result, hand.result);
    if (differs !== undefined) throw new Error(`${name}: ${differs}`);
    if (round === 0 && ours.ms + hand.ms < slow) continue;
    const cubeProcessor = await processorTime(client, cubeSql);
    times.push({ cube: ours.ms, sql: hand.ms, cubeProcessor, sqlProcessor: await processorTime(client, sql) });
    if (times.length === rounds) break;
  }
  const of = (what: keyof Times) => median(times.map((one) => one[what]));
  return { cube: of('cube'), sql: of('sql'), cubeProcessor: of('cubeProcessor'), sqlProcessor: of('sqlProcessor') };
}

const statistics = ['log_statement_stats = on', 'client_min_messages = log', 'max_parallel_workers_per_gather = 0'];

/** Milliseconds of processor that Postgres takes for a statement on one core, by its own account; the user is a superuser. */
export async function processorTime(client: pg.Client, sql: string): Promise<number> {
  const told: string[] = [];
  const listen = ({ detail }: { detail?: string | undefined }) => told.push(detail ?? '');
  await client.query(statistics.map((setting) => `set ${setting}`).join('; '));
  client.on('notice', listen);
  try {
    await client.query(sql);
  } finally {
    client.off('notice', listen);
    await client.query(statistics.map((setting) => `reset ${setting.split(' ')[0] ?? ''}`).join('; '));
  }
  const seconds = /([\d.]+) s user, ([\d.]+) s system/.exec(told.join('\n'));
  return seconds ? (Number(seconds[1]) + Number(seconds[2])) * 1000 : NaN;
}

/** Asks Cube anew, not its cache. @returns the rows @throws with Cube's words when it does not answer */
export async function ask(cube: TestCube, query: object): Promise<Record<string, unknown>[]> {
  const { status, body } = await cube.post('load', { query, cache: 'no-cache' }, cube.token(everyone));
  if (status !== 200) throw new Error(`Cube answered ${status}: ${body.error ?? ''}`);
  return body.data as Record<string, unknown>[];
}

/** The SQL that Cube sends for a query, its parameters in their places. */
export async function sqlOf(cube: TestCube, query: object): Promise<string> {
  const { status, body } = await cube.post('sql', { query }, cube.token(everyone));
  if (status !== 200) throw new Error(`Cube answered ${status}: ${body.error ?? ''}`);
  const [text, parameters] = (body['sql'] as { sql: [string, unknown[]] }).sql;
  return text.replaceAll(/\$(\d+)/g, (_, place: string) => `'${String(parameters[Number(place) - 1])}'`);
}

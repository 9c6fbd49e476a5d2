import { performance } from 'node:perf_hooks';
import type pg from 'pg';
import type { TestCube } from '../../support/cube.ts';
import type { Question } from '../questions.ts';
import { difference } from './same-answer.ts';

/** Every role at once: what one of them may see. */
export const everyone = [
  'executive',
  'operations',
  'marketing',
  'clinical',
  'analyst',
  'payer',
  'on_call',
  'data_steward',
];
/** Milliseconds from which a first round is not a warm-up: what it reads for the first time is a small part of it. */
const slow = 5_000;

export interface Times {
  cube: number;
  sql: number;
}

/** Medians of a question over Cube's REST API and in hand-written SQL, by turns. @throws when the answers differ */
export async function timeQuestion(
  cube: TestCube,
  client: pg.Client,
  { name, query, sql }: Question,
  rounds = 3,
): Promise<Times> {
  const times: Times[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await timed(() => ask(cube, query));
    const hand = await timed(async () => (await client.query<Record<string, unknown>>(sql)).rows);
    const differs = difference(query, ours.result, hand.result);
    if (differs !== undefined) throw new Error(`${name}: ${differs}`);
    if (round > 0 || ours.ms + hand.ms > slow) times.push({ cube: ours.ms, sql: hand.ms });
    if (times.length === rounds) break;
  }
  return { cube: median(times.map((one) => one.cube)), sql: median(times.map((one) => one.sql)) };
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

export async function timed<T>(run: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now();
  const result = await run();
  return { result, ms: performance.now() - started };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

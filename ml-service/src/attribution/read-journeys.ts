import { readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import type { Path } from './markov.ts';

const journeysSql = readFileSync(new URL('./journeys.sql', import.meta.url), 'utf8');

/** Months since year 0. */
export type MonthNumber = number;

/** What is attributed, and how far back. */
export interface Choice {
  readonly kind: 'first_payment' | 'sign_up';
  readonly lookback: 7 | 30 | 60 | 90;
}

export const choices: readonly Choice[] = (['first_payment', 'sign_up'] as const).flatMap((kind) =>
  ([7, 30, 60, 90] as const).map((lookback) => ({ kind, lookback })),
);

export interface DatedPath extends Path {
  /** The month that the journey ended in. */
  readonly month: MonthNumber;
  /** From the end of this month on it counts. */
  readonly settled: MonthNumber;
  /** From the end of this month on it counts no longer; null: always. */
  readonly known: MonthNumber | null;
}

/** All journeys that have ended at the present of the reports. */
export async function readJourneys(client: ClientBase, { kind, lookback }: Choice): Promise<DatedPath[]> {
  const { rows } = await client.query<Omit<DatedPath, 'channels'> & { path: string[] }>(journeysSql, [kind, lookback]);
  return rows.map(({ path, ...row }) => ({ ...row, channels: path }));
}

/** The journeys of the 12 months that end with a month, as they were known at its end. */
export function trailingYear(journeys: readonly DatedPath[], month: MonthNumber): DatedPath[] {
  return journeys.filter(
    (one) => one.month > month - 12 && one.settled <= month && (one.known === null || one.known > month),
  );
}

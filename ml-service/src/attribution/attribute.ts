import type { ClientBase } from 'pg';
import { presentSnapshot } from '../features/snapshots.ts';
import { removalEffects } from './markov.ts';
import { choices, readJourneys, trailingYear, type Choice, type MonthNumber } from './read-journeys.ts';
import { storeReturns } from './returns.ts';
import { openMonths, storeFits, type Fit } from './store-fits.ts';

export interface AttributionReport {
  readonly day: string;
  /** Chains fitted; those of closed months stay as they are. */
  readonly fitted: number;
  readonly kept: number;
  /** Channels and campaigns, for each model and choice, whose return was worked out. */
  readonly returns: number;
}

/**
 * Fits a Markov chain for each kind of conversion, lookback and month up to the present of the reports, works out what
 * channels returned, and stores both, all or nothing. A month is closed once it was fitted 10 days after its end or later: what comes in afterwards changes
 * no figure of it, unless `refit` is set.
 */
export async function attribute(client: ClientBase, { refit = false } = {}): Promise<AttributionReport> {
  const snapshot = await presentSnapshot(client);
  await client.query('begin');
  try {
    // Two at once: the second waits for the first, and then finds what it has stored.
    await client.query('lock table markov_fits in share row exclusive mode');
    const { open, closed } = await openMonths(client, snapshot, refit);
    let fitted = 0;
    for (const choice of choices) {
      const months = open.filter((month) => month.kind === choice.kind && month.lookback === choice.lookback);
      const fits = await fitChoice(
        client,
        choice,
        months.map(({ month }) => month),
      );
      await storeFits(client, snapshot, choice, fits);
      fitted += fits.length;
    }
    const returns = await storeReturns(client, snapshot);
    await client.query('commit');
    return { day: snapshot.day, fitted, kept: closed, returns };
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function fitChoice(client: ClientBase, choice: Choice, months: readonly MonthNumber[]): Promise<Fit[]> {
  if (months.length === 0) return [];
  const journeys = await readJourneys(client, choice);
  return months.map((month) => {
    const paths = trailingYear(journeys, month);
    const sum = (of: typeof paths) => of.reduce((total, path) => total + path.journeys, 0);
    return {
      month,
      journeys: sum(paths),
      conversions: sum(paths.filter((path) => path.converts)),
      effects: removalEffects(paths),
    };
  });
}

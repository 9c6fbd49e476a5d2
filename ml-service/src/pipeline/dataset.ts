import type { ClientBase } from 'pg';
import type { RawRow } from '../data/encoding.ts';
import { DataError } from '../data/matrix.ts';
import { readFeatures, readOutcomes } from '../features/read.ts';
import { monthlySnapshots, type Snapshot } from '../features/snapshots.ts';

/** Customers at the ends of months with what became of them, in the order of the snapshots. */
export interface Dataset {
  readonly rows: readonly RawRow[];
  readonly labels: Uint8Array;
  /** Instant of each row's snapshot: milliseconds since 1970. */
  readonly times: Float64Array;
  /** Number of each row's customer, from 0. */
  readonly customers: Int32Array;
  /** Days of the snapshots that have rows, the earliest first, with their instants. */
  readonly snapshots: readonly { readonly day: string; readonly time: number }[];
  /** Share of the customers that were read, 1 for all. */
  readonly share: number;
}

/** About as many rows as fit into memory with ease, and more than the models gain by. */
const mostRows = 400_000;

export interface ReadingProgress {
  readonly day: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Reads every month's subscribers without notice whose outcome is certain; where that were more than `mostRows`, those of a
 * random share of the customers, always the same.
 * @throws {DataError} where there are none; the reason of the signal, once it is aborted.
 */
export async function readDataset(
  client: ClientBase,
  options: {
    signal?: AbortSignal | undefined;
    onProgress?: (progress: ReadingProgress) => void;
    mostRows?: number;
  } = {},
): Promise<Dataset> {
  const months = await monthlySnapshots(client);
  const share = Math.min(1, (options.mostRows ?? mostRows) / (await countSubscriptions(client, months)));
  const chosen = share < 1 ? await drawCustomers(client, share) : null;
  const rows: RawRow[] = [];
  const labels: number[] = [];
  const times: number[] = [];
  const customers: number[] = [];
  const numbers = new Map<string, number>();
  const snapshots: { day: string; time: number }[] = [];
  for (const [done, { day, at }] of months.entries()) {
    options.signal?.throwIfAborted();
    const outcomes = await readOutcomes(client, at, chosen);
    const found = await readFeatures(client, at, chosen);
    const time = Date.parse(at);
    for (const { customerId, values } of found) {
      const outcome = outcomes.get(customerId);
      // Both queries find the same subscribers, unless somebody was deleted between them.
      if (outcome === undefined) continue;
      rows.push(values);
      labels.push(outcome.churned ? 1 : 0);
      times.push(time);
      customers.push(numberOf(numbers, customerId));
    }
    if (found.length > 0) snapshots.push({ day, time });
    options.onProgress?.({ day, done: done + 1, total: months.length });
  }
  if (rows.length === 0) {
    throw new DataError(
      'There is nothing to train on: no subscriber at the end of any month that is more than 97 days past.',
    );
  }
  return {
    rows,
    labels: Uint8Array.from(labels),
    times: Float64Array.from(times),
    customers: Int32Array.from(customers),
    snapshots,
    share,
  };
}

/** Subscriptions that run at the snapshots, all snapshots together. */
async function countSubscriptions(client: ClientBase, snapshots: readonly Snapshot[]): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::float8 as count from unnest($1::timestamptz[]) as snapshot
     join subscriptions s on s.started_at <= snapshot and (s.ended_at is null or s.ended_at > snapshot)`,
    [snapshots.map(({ at }) => at)],
  );
  return rows[0].count;
}

async function drawCustomers(client: ClientBase, share: number): Promise<string[]> {
  const { rows } = await client.query<{ customer_id: string }>(
    `select distinct customer_id from subscriptions
     where ('x' || left(md5('training:' || customer_id), 8))::bit(32)::bigint < $1::float8 * 4294967296`,
    [share],
  );
  return rows.map((row) => row.customer_id);
}

function numberOf(numbers: Map<string, number>, id: string): number {
  const number = numbers.get(id) ?? numbers.size;
  numbers.set(id, number);
  return number;
}

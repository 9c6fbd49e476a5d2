import type { ClientBase } from 'pg';
import type { RawRow } from '../data/encoding.ts';
import { DataError } from '../data/matrix.ts';
import { readFeatures, readOutcomes } from '../features/read.ts';
import { monthlySnapshots } from '../features/snapshots.ts';

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
}

export interface ReadingProgress {
  readonly day: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Reads every month's subscribers without notice whose outcome is certain.
 * @throws {DataError} where there are none; the reason of the signal, once it is aborted.
 */
export async function readDataset(
  client: ClientBase,
  options: { signal?: AbortSignal | undefined; onProgress?: (progress: ReadingProgress) => void } = {},
): Promise<Dataset> {
  const months = await monthlySnapshots(client);
  const rows: RawRow[] = [];
  const labels: number[] = [];
  const times: number[] = [];
  const customers: number[] = [];
  const numbers = new Map<string, number>();
  const snapshots: { day: string; time: number }[] = [];
  for (const [done, { day, at }] of months.entries()) {
    options.signal?.throwIfAborted();
    const outcomes = await readOutcomes(client, at);
    const found = await readFeatures(client, at);
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
  };
}

function numberOf(numbers: Map<string, number>, id: string): number {
  const number = numbers.get(id) ?? numbers.size;
  numbers.set(id, number);
  return number;
}

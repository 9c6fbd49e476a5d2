import type { Pool, PoolClient } from 'pg';
import { readFeatures, type FeatureRow } from '../features/read.ts';
import { presentSnapshot } from '../features/snapshots.ts';

/** What is known now of a subscriber without notice. */
export interface Subscriber extends FeatureRow {
  /** Whether the customer stays untreated, so that the effect of interventions can be measured. */
  readonly isHeldOut: boolean;
}

export interface Subscribers {
  /** The present as reports see it. */
  readonly asOf: Date;
  /** Zone of the reports' days. */
  readonly timeZone: string;
  /** By customer id; without those who are no subscribers, or have given notice. */
  readonly subscribers: readonly Subscriber[];
  /** Those of the given ids that are customers at all. */
  readonly known: ReadonlySet<string>;
}

/**
 * Reads the subscribers among the customers.
 * @param ids UUIDs in lower case
 */
export async function readSubscribers(database: Pool, ids: readonly string[]): Promise<Subscribers> {
  return withClient(database, async (client) => {
    const snapshot = await presentSnapshot(client);
    const rows = await readFeatures(client, snapshot.at, ids);
    const { rows: customers } = await client.query<{ id: string; is_held_out: boolean }>(
      'select id, reporting.is_churn_hold_out(id) as is_held_out from customers where id = any ($1)',
      [ids],
    );
    const heldOut = new Map(customers.map((customer) => [customer.id, customer.is_held_out]));
    return {
      asOf: new Date(snapshot.at),
      timeZone: await readTimeZone(client),
      // A customer deleted between the two statements has no row in the second.
      subscribers: rows.flatMap((row) => {
        const isHeldOut = heldOut.get(row.customerId);
        return isHeldOut === undefined ? [] : [{ ...row, isHeldOut }];
      }),
      known: new Set(heldOut.keys()),
    };
  });
}

/** The present as reports see it. */
export async function readAsOf(database: Pool): Promise<Date> {
  return withClient(database, async (client) => new Date((await presentSnapshot(client)).at));
}

async function readTimeZone(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ zone: string }>('select reporting.time_zone() as zone');
  return rows[0].zone;
}

async function withClient<T>(database: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

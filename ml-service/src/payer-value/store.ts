import type { ClientBase } from 'pg';
import type { Snapshot } from '../features/snapshots.ts';
import type { MatchedSet } from './match.ts';
import type { Row } from './table.ts';

export interface StoredValue {
  readonly priceYear: number | null;
  readonly cells: readonly Row[];
  readonly balance: readonly Row[];
  readonly sets: readonly MatchedSet[];
}

/**
 * Stores the figures of a day in place of those that were made for it before, in one transaction: readers see the old ones
 * or the new. Who was matched with whom is kept for the newest only.
 */
export async function storePayerValue(
  client: ClientBase,
  { day, at }: Snapshot,
  { priceYear, cells, balance, sets }: StoredValue,
): Promise<void> {
  await client.query('begin');
  try {
    // Two at once: the second waits for the first, and then replaces it.
    await client.query('lock table payer_value_runs in share row exclusive mode');
    await client.query('delete from payer_value_runs where day = $1', [day]);
    await client.query('insert into payer_value_runs (day, snapshot_at, price_year) values ($1, $2, $3)', [
      day,
      at,
      priceYear,
    ]);
    const insert = (table: string, rows: readonly Row[]) =>
      client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(rows.map((row) => ({ day, ...row }))),
      ]);
    await insert('payer_value_cells', cells);
    await insert('payer_balance_cells', balance);
    await client.query('delete from payer_value_matches');
    await insert(
      'payer_value_matches',
      sets.flatMap(({ patient, comparators }) =>
        comparators.map((comparator) => ({ comparator_id: comparator.id, patient_id: patient.id })),
      ),
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

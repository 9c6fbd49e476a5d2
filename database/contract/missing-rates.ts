import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';

/** A query of the rows whose amounts cannot be converted: table_name, row_key, currency, day. */
export const MISSING_RATES = readFileSync(join(import.meta.dirname, 'exchange-rates.sql'), 'utf8');

/** @returns whether any row of these tables lacks an exchange rate */
export async function lacksRates(client: ClientBase, tables: string[]): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select from (${MISSING_RATES}) missing where table_name = any ($1)) as found`,
    [tables],
  );
  return rows[0]?.found ?? false;
}

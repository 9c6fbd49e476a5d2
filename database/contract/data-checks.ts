import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import type { Catalog } from './catalog.ts';
import { errorCode } from './error-code.ts';
import { implausibleTimes } from './implausible-times.ts';
import { MISSING_RATES } from './missing-rates.ts';

const FOLDER = join(import.meta.dirname, 'data-checks');
const SHOWN = 5;
/** The query names a table, column or function that is not there: the comparison with the contract says which. */
const NOT_THERE = new Set(['42P01', '42703', '42883', '3F000', '42704']);

export interface DataCheck {
  /** What should hold. */
  title: string;
  /** A query of (row, problem). */
  sql: string;
}

export interface DataFinding {
  title: string;
  /** Rows that are wrong; null when the check could not run on these tables. */
  count: number | null;
  /** The first of them, such as "invoices 123: it is paid, but has no lines". */
  examples: string[];
}

/** Everything that must hold between rows, which no constraint can express: one query in a file each. */
export function dataChecks(contract: Catalog): DataCheck[] {
  const rates: DataCheck = {
    title: 'Every amount in another currency has an exchange rate',
    sql: `select table_name || ' ' || row_key as "row",
      'no exchange rate for ' || currency || ' on ' || day || ' or in the 7 days before' as problem
      from (${MISSING_RATES}) missing`,
  };
  const times: DataCheck = {
    title: 'Days and instants are within the years 1900 to 2199',
    sql: implausibleTimes(contract),
  };
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const fromFiles = files.map((name) => {
    const sql = readFileSync(join(FOLDER, name), 'utf8');
    return { title: (sql.split('\n')[0] ?? '').replace(/^-- /, ''), sql };
  });
  return [rates, times, ...fromFiles];
}

/** Runs a check, within a transaction. */
export async function runDataCheck(client: ClientBase, { title, sql }: DataCheck): Promise<DataFinding> {
  await client.query('savepoint data_check');
  try {
    const { rows } = await client.query<{ row: string; problem: string; count: string }>(
      `select q."row", q.problem, count(*) over () as count from (${sql}) q order by q."row" limit ${SHOWN}`,
    );
    const examples = rows.map(({ row, problem }) => `${row}: ${problem}`);
    return { title, count: Number(rows[0]?.count ?? 0), examples };
  } catch (error) {
    if (!NOT_THERE.has(errorCode(error) ?? '')) throw error;
    await client.query('rollback to savepoint data_check');
    return { title, count: null, examples: [] };
  }
}

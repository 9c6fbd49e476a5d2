import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { readCatalog, type Catalog } from './catalog.ts';
import { compareCatalogs } from './compare.ts';
import { explainDatabaseError, placeOf } from './database-error.ts';
import { dataChecks, runDataCheck, type DataFinding } from './data-checks.ts';

/** Where the contract's own catalog is kept: that of a freshly migrated database. */
export const CONTRACT_FILE = join(import.meta.dirname, 'contract.json');

export interface CheckResult {
  /** What the structure lacks. */
  missing: string[];
  data: DataFinding[];
}

/** The catalog that the contract asks for. */
export function expectedCatalog(): Catalog {
  return JSON.parse(readFileSync(CONTRACT_FILE, 'utf8')) as Catalog;
}

/**
 * Checks a database against the data contract. It only reads.
 * @throws CommandError when the database cannot be reached or read
 */
export async function checkDatabase(databaseUrl: string): Promise<CheckResult> {
  return withDatabase(databaseUrl, async (client) => {
    const contract = expectedCatalog();
    const missing = compareCatalogs(contract, await readCatalog(client));
    const data: DataFinding[] = [];
    for (const check of dataChecks(contract)) data.push(await runDataCheck(client, check));
    return { missing, data };
  });
}

/**
 * Runs something in a read-only transaction.
 * @throws CommandError in plain words for any error of the database
 */
export async function withDatabase<T>(databaseUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  try {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
    // A lost connection also fails the query that is under way, which reports it.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query('begin isolation level repeatable read read only');
      await client.query('set local jit = off');
      return await run(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw explainDatabaseError(error, databaseUrl);
  }
}

/** Whether nothing is wrong. A check that could not run is wrong as well. */
export function isGood({ missing, data }: CheckResult): boolean {
  return missing.length === 0 && data.every((finding) => finding.count === 0);
}

/** The result for people. */
export function reportCheck(result: CheckResult, databaseUrl: string): string {
  const { missing, data } = result;
  const lines = [`Data contract and ${placeOf(databaseUrl)}`, '', 'Structure'];
  lines.push(...(missing.length === 0 ? ['  ok   nothing is missing'] : missing.map((fault) => `  BAD  ${fault}`)));
  lines.push('', 'Data');
  for (const { title, count, examples } of data) {
    if (count === null) lines.push(`  ?    ${title}: not checked, as tables or columns are missing`);
    else if (count === 0) lines.push(`  ok   ${title}`);
    else {
      lines.push(`  BAD  ${title}: ${count.toLocaleString('en')} row${count === 1 ? ' is' : 's are'} wrong`);
      lines.push(...examples.map((example) => `         ${example}`));
      if (count > examples.length)
        lines.push(`         ... and ${(count - examples.length).toLocaleString('en')} more`);
    }
  }
  lines.push('', isGood(result) ? 'The database keeps the contract.' : 'The database does not keep the contract.');
  return lines.join('\n');
}

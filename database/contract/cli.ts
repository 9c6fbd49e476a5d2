import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCatalog } from './catalog.ts';
import { checkDatabase, CONTRACT_FILE, isGood, reportCheck, withDatabase } from './check.ts';
import { CommandError, resolveDatabaseUrl } from './connection.ts';
import { documentCatalog } from './document.ts';

const USAGE = `npm run check [-- --write-docs]

Checks the database of DATABASE_URL, or of the running stack, against the data contract (docs/data-contract.md), and
says what is missing or wrong. It only reads. Exit code 1: something is.
  --write-docs  after a change of the migrations: writes the contract and its page from a migrated database`;

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'data-contract.md');

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const databaseUrl = resolveDatabaseUrl();
  if (values['write-docs']) {
    const catalog = await withDatabase(databaseUrl, readCatalog);
    const { format } = await import('prettier');
    writeFileSync(CONTRACT_FILE, await format(JSON.stringify(catalog), { parser: 'json', printWidth: 120 }));
    writeFileSync(PAGE, documentCatalog(catalog));
    console.log(`Wrote ${CONTRACT_FILE} and ${PAGE}.`);
    return;
  }
  const result = await checkDatabase(databaseUrl);
  console.log(reportCheck(result, databaseUrl));
  process.exitCode = isGood(result) ? 0 : 1;
}

function readArguments() {
  try {
    return parseArgs({
      options: { 'write-docs': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, { cause: error });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

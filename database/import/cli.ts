import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, resolveDatabaseUrl } from '../contract/connection.ts';
import { importDirectory } from './import.ts';
import { ImportRefused } from './problems.ts';

const USAGE = `npm run import -- DIR [--dry-run] [--replace] [--max-errors N]

Loads DIR/<table>.csv or DIR/<table>.csv.gz (UTF-8, commas, first line: column names) into the tables of the data
contract (docs/data-contract.md), all or nothing. Numbers are plain decimals (1000.50), days and times ISO 8601 (2024-05-31,
2024-05-31T09:30:00Z; UTC without a zone). An empty field is null; it never takes the column's default, which only a
column that is left out takes.
  --dry-run       check everything, load nothing
  --replace       empty the tables first that a file is given for
  --max-errors N  list at most N problems (default 100); all are counted`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const dir = positionals[0];
  if (values.help || dir === undefined || positionals.length > 1) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const maxErrors = Number(values['max-errors'] ?? 100);
  if (!Number.isInteger(maxErrors) || maxErrors < 1)
    throw new CommandError('--max-errors must be a whole number from 1.');
  const dryRun = values['dry-run'] ?? false;
  const startedAt = performance.now();
  const files = await importDirectory({
    databaseUrl: resolveDatabaseUrl(),
    dir: resolve(process.env['INIT_CWD'] ?? process.cwd(), dir),
    dryRun,
    replace: values.replace ?? false,
    maxErrors,
    // Progress leads up to the list of problems: both in one place, in order.
    log: (line) => console.error(line),
  });
  const rows = files.reduce((sum, file) => sum + file.rows, 0).toLocaleString('en');
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(dryRun ? `Good: ${rows} rows could be loaded (${seconds} s).` : `Loaded ${rows} rows in ${seconds} s.`);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        replace: { type: 'boolean' },
        'max-errors': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, { cause: error });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CommandError || error instanceof ImportRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

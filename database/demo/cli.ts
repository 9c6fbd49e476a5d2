import { parseArgs } from 'node:util';
import { CommandError, resolveDatabaseUrl } from '../contract/connection.ts';
import { NotEmptyError, generateDemo } from './generate.ts';
import { type DemoSize, checkSize } from './size.ts';

const USAGE = `npm run demo -- [--customers N] [--months N] [--seed N] [--end YYYY-MM-DD] [--replace]

Fills the database of DATABASE_URL, or of the running stack, with invented data, all or nothing. The same customers,
months, seed and end give the same data.
  --customers N    customers (default 5000)
  --months N       full months of data before the one of the last day (default 24)
  --seed N         another seed invents other data (default 42)
  --end DAY        last day of data (default yesterday, UTC); reports then see the end of that day as now
  --replace        delete ALL data first; without it a database that holds data is refused`;

interface Command {
  size: DemoSize;
  replace: boolean;
}

/** @returns what to do, null when only help was asked for. @throws CommandError naming the wrong argument */
export function readArguments(args: string[]): Command | null {
  const number = (name: string, text: string | undefined) => {
    if (text === undefined) return {};
    if (!/^\d{1,15}$/.test(text)) throw new CommandError(`--${name} must be a whole number, not "${text}".`);
    return { [name]: Number(text) };
  };
  try {
    const { values } = parseArgs({
      args,
      options: {
        customers: { type: 'string' },
        months: { type: 'string' },
        seed: { type: 'string' },
        end: { type: 'string' },
        replace: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return null;
    const size = checkSize({
      ...number('customers', values.customers),
      ...number('months', values.months),
      ...number('seed', values.seed),
      ...(values.end === undefined ? {} : { end: values.end }),
    });
    return { size, replace: values.replace ?? false };
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(`--${error.message}.`, { cause: error });
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, { cause: error });
  }
}

async function main(): Promise<void> {
  const command = readArguments(process.argv.slice(2));
  if (command === null) {
    console.log(USAGE);
    return;
  }
  const result = await generateDemo({
    ...command.size,
    databaseUrl: resolveDatabaseUrl(),
    replace: command.replace,
    log: console.log,
  });
  const rate = Math.round(result.rows / result.seconds).toLocaleString('en');
  console.log(`${result.rows.toLocaleString('en')} rows in ${result.seconds.toFixed(1)} s (${rate} rows/s).`);
  console.log(`Reports see the end of ${command.size.end} as now.`);
}

/** What went wrong outside this program, in a line; null for a fault of its own. */
function explain(error: unknown): string | null {
  if (error instanceof CommandError || error instanceof NotEmptyError) return error.message;
  const code = (error as { code?: unknown } | null)?.code;
  if (code === '42P01') return 'The database lacks tables: run npm run migrate first.';
  if (typeof code === 'string' && /^(ECONN|ENOTFOUND|ETIMEDOUT|28|3D|57P)/.test(code)) {
    return `The database cannot be reached: ${error instanceof Error ? error.message || code : code}`;
  }
  return null;
}

if (import.meta.filename === process.argv[1]) {
  try {
    await main();
  } catch (error) {
    const words = explain(error);
    if (words === null) throw error;
    console.error(words);
    process.exitCode = 1;
  }
}

import { CommandError, resolveDatabaseUrl } from '@fair-underwriting/database/contract/connection.ts';
import { explainDatabaseError } from '@fair-underwriting/database/contract/database-error.ts';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { withConnection } from '../connection.ts';
import { DataError } from '../data/matrix.ts';
import { ModelFileError } from '../model/files.ts';
import { RegistryError } from '../registry/registry.ts';
import { NoModelError } from '../serving/model-keeper.ts';

/** What a person can put right, in words of our own. */
const plain = [CommandError, DataError, ModelFileError, RegistryError, NoModelError];

/**
 * Runs a command with the address of the database, that of DATABASE_URL or of the running stack, and ends it on Ctrl-C.
 * Errors are told in a line, and the exit code is 1, or 130 after Ctrl-C.
 */
export async function runWithDatabase(
  work: (databaseUrl: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new CommandError('Stopped. What was finished stays; nothing is half done.'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  let databaseUrl = '';
  try {
    databaseUrl = resolveDatabaseUrl();
    await work(databaseUrl, stopping.signal);
  } catch (error) {
    console.error(inWords(error, databaseUrl));
    process.exitCode = stopping.signal.aborted ? 130 : 1;
  }
}

/** The same with a connection. */
export function runOnDatabase(work: (client: pg.Client, signal: AbortSignal) => Promise<void>): Promise<void> {
  return runWithDatabase((databaseUrl, signal) => withConnection(databaseUrl, (client) => work(client, signal)));
}

/** A command without arguments but --help, which prints the usage instead of working. */
export function runPlainly(usage: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  return runOnDatabase(async (client) => {
    if (wantsHelp(usage)) console.log(usage);
    else await work(client);
  });
}

function wantsHelp(usage: string): boolean {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help === true;
  } catch (error) {
    throw wrongArgument(error, usage);
  }
}

function inWords(error: unknown, databaseUrl: string): string {
  if (!(error instanceof Error)) return String(error);
  if (plain.some((type) => error instanceof type)) return error.message;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (code === '42P01' || code === '42883') return 'The database lacks tables: run npm run migrate first.';
  if (error instanceof AggregateError || code !== undefined) return explainDatabaseError(error, databaseUrl).message;
  return error.stack ?? error.message;
}

/** @throws {CommandError} saying which argument is wrong, with the usage. */
export function wrongArgument(error: unknown, usage: string): CommandError {
  return new CommandError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, { cause: error });
}

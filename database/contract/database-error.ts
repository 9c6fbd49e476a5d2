import { CommandError } from './connection.ts';
import { errorCode } from './error-code.ts';

const LOST = 'The connection to the database was lost';

/** What happened, by SQLSTATE or system error code. The place is user@host:port/database, without the password. */
const EXPLANATIONS: Record<string, (place: string) => string> = {
  ECONNREFUSED: (place) => `Nothing answers at ${place}. Is Postgres running there?`,
  ENOTFOUND: (place) => `The host of ${place} is unknown. Is its name right?`,
  EAI_AGAIN: (place) => `The host of ${place} could not be looked up. Is the network up?`,
  ETIMEDOUT: (place) => `${place} did not answer in time. Is the address right, and is a firewall in between?`,
  EHOSTUNREACH: (place) => `The host of ${place} cannot be reached.`,
  ECONNRESET: (place) => `${LOST} (${place}).`,
  EPIPE: (place) => `${LOST} (${place}).`,
  '57P01': (place) => `${LOST}: the server ended it (${place}).`,
  '57P02': (place) => `${LOST}: the server crashed (${place}).`,
  '57P03': (place) => `The server is starting up or shutting down (${place}). Try again shortly.`,
  '28P01': (place) => `The password for ${place} is wrong.`,
  '28000': (place) => `The server does not let this user in (${place}).`,
  '3D000': (place) => `The server has no such database (${place}).`,
  '42501': (place) => `The user lacks rights (${place}). Use the owner of the tables.`,
  '53100': (place) => `The disk of the database is full (${place}). Free some space and try again.`,
  '53200': (place) => `The database server is out of memory (${place}).`,
  '53300': (place) => `The database has no connection left (${place}).`,
  '25006': (place) => `The database is read-only (${place}).`,
  '55P03': (place) => `Another session holds a table for too long (${place}). Try again when it has ended.`,
};

/**
 * An error of the database in plain words. Secrets and row values never enter: neither the connection string's
 * password nor the server's detail is used.
 */
export function explainDatabaseError(error: unknown, databaseUrl: string): CommandError {
  if (error instanceof CommandError) return error;
  const { code, message } = describe(error);
  const explain = code === undefined ? undefined : EXPLANATIONS[code];
  if (explain) return new CommandError(explain(placeOf(databaseUrl)), { cause: error });
  if (/terminated unexpectedly|client has encountered a connection error/i.test(message)) {
    return new CommandError(`${LOST} (${placeOf(databaseUrl)}).`, { cause: error });
  }
  if (/no password supplied|password must be a string/i.test(message)) {
    return new CommandError(`A password is needed for ${placeOf(databaseUrl)}.`, { cause: error });
  }
  return new CommandError(`The database failed${code ? ` (${code})` : ''}: ${firstLine(message)}`, { cause: error });
}

function describe(error: unknown): { code: string | undefined; message: string } {
  // A host with several addresses fails with one error for each.
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return { code: errorCode(one), message: one instanceof Error ? one.message : String(one) };
}

/** user@host:port/database of a connection string. */
export function placeOf(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl);
    return `${url.username || 'default user'}@${url.hostname || 'local socket'}:${url.port || '5432'}${url.pathname}`;
  } catch {
    return 'the given address';
  }
}

/** Without quoted values, which may be a person's. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replaceAll(/: ".*"/g, '');
}

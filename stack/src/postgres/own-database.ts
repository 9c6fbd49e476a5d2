import pg from 'pg';
import { errorCode, UserError } from '../user-error.ts';

const OLDEST = 150_000;

/**
 * Makes sure that a database of the user's own can be worked with.
 * @param variable the variable that holds the URL, for the words
 * @returns the server's version
 * @throws UserError saying what is wrong with it and what to do; never repeats the URL, which may hold a password
 */
export async function checkOwnDatabase(url: string, variable = 'DATABASE_URL'): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new UserError(`${variable}: ${connectProblem(error, client)}`);
  }
  try {
    const { rows } = await client.query<{ number: number; version: string; may_create: boolean }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
         has_database_privilege(current_database(), 'create')
           and has_schema_privilege('public', 'create') as may_create`,
    );
    const [found] = rows;
    if (!found || found.number < OLDEST) {
      throw new UserError(`${variable} is a Postgres ${found?.version ?? ''}: 15 or newer is needed.`);
    }
    if (variable === 'DATABASE_URL' && !found.may_create) {
      throw new UserError(
        `${variable}: its user may not create schemas in the database and tables in its schema public. Use the database's owner.`,
      );
    }
    return found.version;
  } finally {
    await client.end();
  }
}

function connectProblem(error: unknown, { host, port, database = '', user = '' }: pg.Client): string {
  const where = `${host}:${port}`;
  const message = error instanceof Error ? error.message : String(error);
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
      return `nothing answers at ${where}. Start that Postgres, or correct the host and port.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host ${host} is not known. Correct it, or check the network.`;
    case '28P01':
    case '28000':
      return `${where} refuses the user "${user}": ${message}. Correct user and password.`;
    case '3D000':
      return `there is no database "${database}" at ${where}. Create it, or correct the name.`;
    default:
      return `no connection to ${where}: ${message}. Correct the URL, or check that server.`;
  }
}

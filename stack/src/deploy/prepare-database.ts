import { fromFileOrValue } from '@fair-underwriting/cube/src/environment.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import {
  ALERT_WRITER,
  AUDIT_WRITER,
  CHURN_WRITER,
  COHORT_WRITER,
  ensureAlertWriter,
  ensureAuditWriter,
  ensureChurnWriter,
  ensureCohortWriter,
  ensureReader,
  READER,
} from '../database-roles.ts';
import { UserError } from '../user-error.ts';

/** The roles of the services, each by the variable that holds its connection. */
const LOGINS = [
  { variable: 'CUBE_DATABASE_URL', role: READER, ensure: ensureReader },
  { variable: 'CUBE_COHORTS_DATABASE_URL', role: COHORT_WRITER, ensure: ensureCohortWriter },
  { variable: 'CUBE_AUDIT_DATABASE_URL', role: AUDIT_WRITER, ensure: ensureAuditWriter },
  { variable: 'ML_DATABASE_URL', role: CHURN_WRITER, ensure: ensureChurnWriter },
  { variable: 'ALERT_DATABASE_URL', role: ALERT_WRITER, ensure: ensureAlertWriter },
];

/**
 * Brings the schema to the newest version, then makes the role of each connection that is set, with its rights and
 * the password of the connection. Again, it brings all of that up to date.
 * @param ownerUrl connection of the owner of the tables
 * @throws UserError for a connection without a password or of another role
 */
export async function prepareDatabase(ownerUrl: string, env: NodeJS.ProcessEnv, log: (line: string) => void) {
  const logins = LOGINS.flatMap(({ variable, role, ensure }) => {
    const url = fromFileOrValue(env, variable);
    return url === undefined ? [] : [{ role, ensure, password: passwordOf(url, variable, role) }];
  });
  await migrate(ownerUrl);
  log('The schema is up to date.');
  for (const { role, ensure, password } of logins) {
    await ensure(ownerUrl, password);
    log(`The role ${role} is up to date.`);
  }
}

function passwordOf(url: string, variable: string, role: string): string {
  if (!URL.canParse(url)) throw new UserError(`${variable} is not a Postgres URL.`);
  const { username, password } = new URL(url);
  if (username !== role) throw new UserError(`${variable} must be a connection of the role ${role}.`);
  if (password === '') throw new UserError(`${variable} has no password.`);
  return decodeURIComponent(password);
}

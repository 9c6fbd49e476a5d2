import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALERT_WRITER, AUDIT_WRITER, CHURN_WRITER, COHORT_WRITER, READER } from '../database-roles.ts';
import { OWNER } from '../postgres/cluster.ts';
import { DATABASE } from '../postgres/server.ts';

/** Files that hold a random text. */
const RANDOM = [
  'postgres_password',
  'cube_api_secret',
  'alert_webhook_secret',
  'alert_webhook_token',
  'grafana_admin_password',
  'grafana_secret_key',
] as const;

/** Files that hold the connection of a role. */
const CONNECTIONS = {
  database_url: OWNER,
  cube_database_url: READER,
  cohorts_database_url: COHORT_WRITER,
  audit_database_url: AUDIT_WRITER,
  ml_database_url: CHURN_WRITER,
  alert_database_url: ALERT_WRITER,
} as const;

/**
 * Writes the secrets that the containers read, one a file; a file that is there stays as it is.
 * @param place host and port of Postgres as the containers see it
 * @returns the names of the files that were made now
 */
export function writeSecretFiles(folder: string, place = 'postgres:5432'): string[] {
  mkdirSync(folder, { recursive: true });
  // The folder keeps others out. The files are mounted as they are, and each container runs as a user of its own.
  chmodSync(folder, 0o700);
  const made: string[] = [];
  const write = (name: string, content: () => string) => {
    const path = join(folder, name);
    if (existsSync(path)) return;
    writeFileSync(path, `${content()}\n`, { flag: 'wx', mode: 0o444 });
    chmodSync(path, 0o444);
    made.push(name);
  };
  const random = () => randomBytes(32).toString('hex');
  for (const name of RANDOM) write(name, random);
  for (const [name, role] of Object.entries(CONNECTIONS)) {
    write(name, () => {
      // Postgres makes the owner itself, with the password of its own file.
      const password = role === OWNER ? readFileSync(join(folder, 'postgres_password'), 'utf8').trim() : random();
      return `postgres://${role}:${encodeURIComponent(password)}@${place}/${DATABASE}`;
    });
  }
  return made;
}

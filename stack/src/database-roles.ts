import pg from 'pg';
import { checkOwnDatabase } from './postgres/own-database.ts';
import { scramVerifier } from './scram.ts';
import { errorCode, UserError } from './user-error.ts';

export const READER = 'cube_reader';
export const COHORT_WRITER = 'cohort_writer';
export const AUDIT_WRITER = 'audit_writer';
export const CHURN_WRITER = 'churn_writer';
export const ALERT_WRITER = 'alert_writer';
const ROLLUPS = 'rollups';

/**
 * Makes the role that Cube reads with, or brings it up to date: it reads the schemas public and reporting, owns the
 * schema of the rollups, and no statement of it runs longer than 30 seconds. Run it after the migrations.
 * @param ownerUrl connection of the owner of the tables
 * @returns the reader's connection
 * @throws UserError when the owner may not make roles
 */
export async function ensureReader(ownerUrl: string, password: string): Promise<string> {
  await ensureRole(
    ownerUrl,
    { name: READER, password, longestStatement: '30s' },
    grantReading,
    `let an administrator make a role that reads the schemas public and reporting and owns a schema ${ROLLUPS}, ` +
      `and set CUBE_DATABASE_URL to that role's connection.`,
  );
  return urlAs(ownerUrl, READER, password);
}

/**
 * Makes the role that Cube's server saves cohorts with, or brings it up to date: it reads and writes the table cohorts
 * and nothing else. Run it after the migrations.
 * @param ownerUrl connection of the owner of the tables
 * @returns the writer's connection
 * @throws UserError when the owner may not make roles
 */
export async function ensureCohortWriter(ownerUrl: string, password: string): Promise<string> {
  const grant = async (client: pg.Client) => {
    await client.query(`grant usage on schema public to ${COHORT_WRITER}`);
    await client.query(`grant select, insert, update on cohorts to ${COHORT_WRITER}`);
  };
  await ensureRole(
    ownerUrl,
    { name: COHORT_WRITER, password, longestStatement: '5s' },
    grant,
    'set CUBE_DATABASE_URL to a role of your own; saving cohorts then needs CUBE_COHORTS_DATABASE_URL as well.',
  );
  return urlAs(ownerUrl, COHORT_WRITER, password);
}

/**
 * Makes the role that Cube's server records queries with, or brings it up to date: it adds to the audit record and drops
 * what is older than the retention, but reads and changes nothing. Run it after the migrations.
 * @param ownerUrl connection of the owner of the tables
 * @returns the writer's connection
 * @throws UserError when the owner may not make roles
 */
export async function ensureAuditWriter(ownerUrl: string, password: string): Promise<string> {
  const grant = async (client: pg.Client) => {
    await client.query(`grant usage on schema public to ${AUDIT_WRITER}`);
    await client.query(`grant insert on query_audit to ${AUDIT_WRITER}`);
    await client.query(`grant execute on function forget_old_queries() to ${AUDIT_WRITER}`);
  };
  await ensureRole(
    ownerUrl,
    { name: AUDIT_WRITER, password, longestStatement: '10s' },
    grant,
    'set CUBE_DATABASE_URL to a role of your own; the audit record then needs CUBE_AUDIT_DATABASE_URL as well.',
  );
  return urlAs(ownerUrl, AUDIT_WRITER, password);
}

interface Login {
  name: string;
  password: string;
  /** Postgres stops a statement of this role that runs longer. */
  longestStatement: string;
}

/** Makes a role that may log in and gives it its rights, all or nothing. */
async function ensureRole(
  ownerUrl: string,
  { name, password, longestStatement }: Login,
  grant: (client: pg.Client) => Promise<void>,
  otherWay: string,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    // Two starts at the same time, of databases in one cluster, would make the role twice.
    await client.query(`select pg_advisory_xact_lock(hashtext('${name}'))`);
    const known = await client.query('select from pg_roles where rolname = $1', [name]);
    if (known.rowCount === 0) await client.query(`create role ${name}`);
    await client.query(`alter role ${name} login password '${scramVerifier(password)}'`);
    await client.query(`alter role ${name} set statement_timeout = '${longestStatement}'`);
    await grant(client);
    await client.query('commit');
  } catch (error) {
    if (errorCode(error) !== '42501') throw error;
    throw new UserError(
      `DATABASE_URL: its user may not make the role ${name} (${error instanceof Error ? error.message : ''}). ` +
        `Give it CREATEROLE; or ${otherWay}`,
    );
  } finally {
    await client.end();
  }
}

/**
 * Makes the role that the alert service writes with, or brings it up to date: it has the alerts and their history, and
 * nothing else. Run it after the migrations.
 * @returns its connection
 * @throws UserError when the owner may not make roles
 */
export async function ensureAlertWriter(ownerUrl: string, password: string): Promise<string> {
  await ensureRole(
    ownerUrl,
    { name: ALERT_WRITER, password, longestStatement: '10s' },
    async (client) => {
      await client.query(`grant usage on schema public to ${ALERT_WRITER}`);
      await client.query(
        `grant select, insert, update on operational_alerts, operational_alert_events to ${ALERT_WRITER}`,
      );
    },
    'set ALERT_DATABASE_URL to a role that may read and write operational_alerts and operational_alert_events.',
  );
  return urlAs(ownerUrl, ALERT_WRITER, password);
}

/**
 * Makes the role of the churn service, or brings it up to date: it reads the schemas public and reporting, records
 * interventions and marks the predictions that they answer. Run it after the migrations.
 * @returns its connection
 * @throws UserError when the owner may not make roles
 */
export async function ensureChurnWriter(ownerUrl: string, password: string): Promise<string> {
  await ensureRole(
    ownerUrl,
    { name: CHURN_WRITER, password, longestStatement: '10s' },
    async (client) => {
      for (const schema of ['public', 'reporting']) {
        await client.query(`grant usage on schema ${schema} to ${CHURN_WRITER}`);
        await client.query(`grant select on all tables in schema ${schema} to ${CHURN_WRITER}`);
      }
      await client.query(`grant insert on customer_interventions to ${CHURN_WRITER}`);
      const marks = 'intervention_sent, intervention_type, intervention_sent_at';
      await client.query(`grant update (${marks}) on churn_predictions to ${CHURN_WRITER}`);
    },
    'set ML_DATABASE_URL to a role that reads the schemas public and reporting and may insert into customer_interventions.',
  );
  return urlAs(ownerUrl, CHURN_WRITER, password);
}

/** The owner's connection with the reader's name and password. */
export function readerUrl(ownerUrl: string, password: string): string {
  return urlAs(ownerUrl, READER, password);
}

function urlAs(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}

/**
 * Makes sure that a role made by an administrator can do what Cube needs.
 * @throws UserError naming what it lacks
 */
export async function checkReader(url: string): Promise<void> {
  await checkOwnDatabase(url, 'CUBE_DATABASE_URL');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ lacks: string | null }>(
      `select string_agg(what, ', ') as lacks from (
         select 'reading ' || oid::regclass as what from pg_class
           where relkind in ('r', 'p', 'v', 'm') and relnamespace::regnamespace::text in ('public', 'reporting')
             and not has_table_privilege(oid, 'select')
         union all
         select 'using schema ' || name from unnest(array['public', 'reporting']) as name
           where not coalesce(has_schema_privilege(to_regnamespace(name), 'usage'), false)
         union all
         select 'creating in schema ${ROLLUPS}'
           where not coalesce(has_schema_privilege(to_regnamespace('${ROLLUPS}'), 'create'), false)
       ) as missing`,
    );
    const lacks = rows[0]?.lacks;
    if (lacks) throw new UserError(`CUBE_DATABASE_URL: its user lacks rights: ${lacks}. Let the owner grant them.`);
  } finally {
    await client.end();
  }
}

async function grantReading(client: pg.Client): Promise<void> {
  for (const schema of ['public', 'reporting']) {
    await client.query(`grant usage on schema ${schema} to ${READER}`);
    await client.query(`grant select on all tables in schema ${schema} to ${READER}`);
    await client.query(`alter default privileges in schema ${schema} grant select on tables to ${READER}`);
  }
  const owned = await client.query('select from pg_namespace where nspname = $1 and nspowner = $2::regrole', [
    ROLLUPS,
    READER,
  ]);
  if (owned.rowCount !== 0) return;
  // Only a member of a role may give it something; a superuser needs no membership.
  const { rows } = await client.query<{ super: boolean }>(
    'select rolsuper as super from pg_roles where rolname = current_user',
  );
  if (!rows[0]?.super) await client.query(`grant ${READER} to current_user`);
  await client.query(`create schema if not exists ${ROLLUPS} authorization ${READER}`);
  await client.query(`alter schema ${ROLLUPS} owner to ${READER}`);
}

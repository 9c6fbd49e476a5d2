// npm run prepare-database: the schema and the services' roles, before anything else starts. DATABASE_URL is the owner's
// connection; CUBE_DATABASE_URL, CUBE_COHORTS_DATABASE_URL, CUBE_AUDIT_DATABASE_URL, ML_DATABASE_URL and
// ALERT_DATABASE_URL name the roles to make.
import { SettingError } from '@fair-underwriting/cube/src/environment.ts';
import { CommandError, resolveDatabaseUrl } from '@fair-underwriting/database/contract/connection.ts';
import { explainDatabaseError } from '@fair-underwriting/database/contract/database-error.ts';
import { errorCode, explain, UserError } from '../user-error.ts';
import { prepareDatabase } from './prepare-database.ts';

let databaseUrl = '';
try {
  databaseUrl = resolveDatabaseUrl();
  await prepareDatabase(databaseUrl, process.env, console.log);
} catch (error) {
  const isPlain = [CommandError, SettingError, UserError].some((type) => error instanceof type);
  if (isPlain) console.error((error as Error).message);
  else console.error(errorCode(error) ? explainDatabaseError(error, databaseUrl).message : explain(error));
  process.exitCode = 1;
}

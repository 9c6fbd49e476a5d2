import { CommandError, resolveDatabaseUrl } from '../contract/connection.ts';
import { explainDatabaseError } from '../contract/database-error.ts';
import { migrate } from './migrate.ts';

// npm run migrate: brings the database of DATABASE_URL, or the running stack's, to the newest schema.
try {
  const databaseUrl = resolveDatabaseUrl();
  try {
    await migrate(databaseUrl, (line) => {
      if (line.startsWith('### MIGRATION')) console.log(line.replaceAll('#', '').trim());
    });
  } catch (error) {
    throw explainDatabaseError(error, databaseUrl);
  }
  console.log('The schema is up to date.');
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

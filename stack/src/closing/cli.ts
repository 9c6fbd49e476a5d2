// npm run close-month: stores the figures of the months that are due to be closed. Safe to run at any time, and often.
import { cubeSecret, cubeUrl } from '@fair-underwriting/cube/src/connection.ts';
import { CommandError, resolveDatabaseUrl } from '@fair-underwriting/database/contract/connection.ts';
import { SettingError } from '@fair-underwriting/cube/src/environment.ts';
import { closeMonths } from './close-months.ts';

try {
  const closed = await closeMonths({
    cubeUrl: cubeUrl(process.env),
    secret: cubeSecret(process.env),
    databaseUrl: resolveDatabaseUrl(),
  });
  console.log(closed.length === 0 ? 'No month is due to be closed.' : `Closed ${closed.join(', ')}.`);
} catch (error) {
  if (!(error instanceof CommandError || error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

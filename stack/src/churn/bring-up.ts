import type { BringUp } from '../bring-up.ts';
import { statePaths } from '../config.ts';
import { ensureChurnWriter } from '../database-roles.ts';
import { predictInBackground } from './predict.ts';
import { churnAddress, startChurnService, waitForChurnService } from './service.ts';

/**
 * Starts the churn service; training, if there is no model yet, and scoring go on beside.
 * @returns its address; undefined where it was left out
 */
export async function bringUpChurn(context: BringUp, databaseUrl: string): Promise<string | undefined> {
  const { config, secrets, stack, progress, signal } = context;
  const writerUrl =
    config.churnDatabaseUrl ??
    (config.cubeDatabaseUrl === undefined
      ? await ensureChurnWriter(databaseUrl, secrets.churnWriterPassword)
      : undefined);
  if (writerUrl === undefined) {
    progress.note('  The churn service is left out: set ML_DATABASE_URL to its role.');
    return undefined;
  }
  const { churn: port } = config.ports;
  const url = churnAddress(port);
  const { models, logs } = statePaths(config.dataDir);
  await progress.step(
    'Churn service',
    async () => {
      const options = { databaseUrl: writerUrl, port, models, secret: secrets.cubeApiSecret, logsDir: logs };
      const service = await startChurnService(options);
      stack.add('churn', service, { churn: { url } });
      signal.throwIfAborted();
      await waitForChurnService(service, port);
    },
    () => url,
  );
  await predictInBackground(context, databaseUrl);
  return url;
}

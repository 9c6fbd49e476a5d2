import { listenHost, wholeNumber } from '@fair-underwriting/cube/src/environment.ts';
import { databaseUrl, secret } from '@fair-underwriting/http-service/src/settings.ts';
import { modelFolder } from '../model/folder.ts';

export interface ServiceSettings {
  readonly host: string;
  readonly port: number;
  /** Connection that reads everything and writes interventions. */
  readonly databaseUrl: string;
  /** Folder of the model folders. */
  readonly modelFolder: string;
  /** Verifies the tokens of callers. */
  readonly tokenSecret: string;
  /** Seconds between two looks at which model is to serve. */
  readonly reloadSeconds: number;
  /** Threads that score batches. */
  readonly workers: number;
}

/**
 * The settings of the service from the environment.
 * @throws {SettingError} naming the variable that is missing or wrong
 */
export function readSettings(env: NodeJS.ProcessEnv): ServiceSettings {
  return {
    host: listenHost(env, 'ML_HOST'),
    port: wholeNumber(env, 'ML_PORT', 4100, 1, 65_535),
    databaseUrl: databaseUrl(env, 'ML_DATABASE_URL'),
    modelFolder: modelFolder(env),
    tokenSecret: secret(env, 'CUBEJS_API_SECRET', 'the secret that signs tokens, the same as of Cube'),
    reloadSeconds: wholeNumber(env, 'ML_RELOAD_SECONDS', 5, 1, 3_600),
    workers: wholeNumber(env, 'ML_WORKERS', 2, 1, 64),
  };
}

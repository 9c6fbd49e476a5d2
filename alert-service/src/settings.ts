import { resolve } from 'node:path';
import {
  fromFileOrValue,
  listenHost,
  required,
  SettingError,
  wholeNumber,
} from '@fair-underwriting/cube/src/environment.ts';
import { databaseUrl, secret } from '@fair-underwriting/http-service/src/settings.ts';
import type { WebhookKeys } from './webhook/authenticate.ts';

export interface Settings {
  databaseUrl: string;
  host: string;
  port: number;
  /** Secret of the tokens of people: the one that Cube verifies with. */
  tokenSecret: string;
  webhook: WebhookKeys;
  /** Folder of what was accepted and is not in the database yet; on a disk that survives a restart. */
  queueFolder: string;
  /** Bytes that may wait there. */
  queueBytes: number;
}

/**
 * The settings of the service from the environment; each secret is a variable or a file that NAME_FILE names.
 * @throws SettingError naming what is missing or wrong, never with a secret in it
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const secretKey = fromFileOrValue(env, 'ALERT_WEBHOOK_SECRET');
  const token = fromFileOrValue(env, 'ALERT_WEBHOOK_TOKEN');
  if (secretKey === undefined && token === undefined) {
    throw new SettingError('Set ALERT_WEBHOOK_SECRET or ALERT_WEBHOOK_TOKEN, or both: Grafana shows it is Grafana.');
  }
  return {
    databaseUrl: databaseUrl(env, 'ALERT_DATABASE_URL'),
    host: listenHost(env, 'ALERT_HOST'),
    port: wholeNumber(env, 'ALERT_PORT', 4200, 1, 65_535),
    tokenSecret: secret(env, 'CUBEJS_API_SECRET', 'the secret that signs tokens'),
    webhook: {
      ...(secretKey !== undefined && { secret: secret(env, 'ALERT_WEBHOOK_SECRET', 'what Grafana signs with') }),
      ...(token !== undefined && { token: secret(env, 'ALERT_WEBHOOK_TOKEN', 'what Grafana sends') }),
    },
    queueFolder: resolve(required(env, 'ALERT_QUEUE_DIR', 'the folder of what waits for the database')),
    queueBytes: wholeNumber(env, 'ALERT_QUEUE_MB', 64, 1, 4_096) * 1_048_576,
  };
}

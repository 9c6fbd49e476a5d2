import { readFileSync } from 'node:fs';

/** A setting that is missing or out of range; the text says which and what to do. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/**
 * Cube reads much of its configuration from the environment only. These values are what the tests of this folder ran
 * with; all but the first group can be overridden by setting the variable.
 */
export function applyCubeDefaults(env: NodeJS.ProcessEnv): void {
  // Outside production Cube opens a playground and accepts requests without a token.
  env['NODE_ENV'] = 'production';
  env['CUBEJS_DEV_MODE'] = 'false';
  env['CUBEJS_TELEMETRY'] = 'false';
  // A rollup by day would otherwise serve a range of hours as whole days.
  env['CUBEJS_PRE_AGGREGATIONS_ALLOW_NON_STRICT_DATE_RANGE_MATCH'] = 'false';
  // Of a driver that it is given Cube cannot tell which dialect to write.
  env['CUBEJS_DB_TYPE'] = 'postgres';
  env['CUBEJS_DB_QUERY_LIMIT'] = String(rowCeiling);
  env['CUBEJS_DB_QUERY_DEFAULT_LIMIT'] = String(rowCeiling);

  env['CUBEJS_TESSERACT_SQL_PLANNER'] ??= 'false';
  env['CUBEJS_CACHE_AND_QUEUE_DRIVER'] ??= 'memory';
  env['CUBEJS_EXTERNAL_DEFAULT'] ??= 'false';
  env['CUBEJS_PRE_AGGREGATIONS_BUILDER'] ??= 'true';
  env['CUBEJS_DB_QUERY_TIMEOUT'] ??= '30s';
  env['CUBEJS_MAX_REQUEST_SIZE'] ??= '100kb';
  env['CUBEJS_CONCURRENCY'] ??= '4';
  // How long a replaced rollup stays: longer than any query on it, and between two looks of the refresh.
  env['CUBEJS_TOUCH_PRE_AGG_TIMEOUT'] ??= String(Math.max(1_200, 4 * Number(env['CUBE_REFRESH_SECONDS'] || 30)));
}

/**
 * Whether rollups are built and served.
 * @throws SettingError when CUBE_ROLLUPS is neither on nor off
 */
export function rollupsAreOn(env: NodeJS.ProcessEnv): boolean {
  const value = env['CUBE_ROLLUPS'] || 'on';
  if (value !== 'on' && value !== 'off') throw new SettingError(`CUBE_ROLLUPS must be on or off, not "${value}".`);
  return value === 'on';
}

/** Seconds after which a rollup's data is looked at again, for all rollups alike; undefined leaves it to the model. */
export function rollupRenewal(env: NodeJS.ProcessEnv): number | undefined {
  return wholeNumber(env, 'CUBE_ROLLUP_SECONDS', 0, 0, 86_400) || undefined;
}

/** No answer has more rows than this. */
export const rowCeiling = 50_000;

/**
 * A setting that may be a secret: the value of the variable NAME, or the content of the file that NAME_FILE names.
 * @returns undefined when neither is set
 * @throws SettingError when both are set or the file cannot be read; never with the value in it
 */
export function fromFileOrValue(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim() || undefined;
  const path = env[`${name}_FILE`]?.trim() || undefined;
  if (path === undefined) return value;
  if (value !== undefined) throw new SettingError(`${name} and ${name}_FILE are both set: leave one out.`);
  let content: string;
  try {
    content = readFileSync(path, 'utf8').trim();
  } catch (error) {
    const { code = 'unreadable' } = error as { code?: string };
    throw new SettingError(`${name}_FILE names a file that cannot be read (${code}).`);
  }
  if (content === '') throw new SettingError(`${name}_FILE names an empty file.`);
  return content;
}

/**
 * The same where the setting must be there.
 * @throws SettingError when it is not
 */
export function required(env: NodeJS.ProcessEnv, name: string, meaning: string): string {
  const value = fromFileOrValue(env, name);
  if (value === undefined) throw new SettingError(`${name} is not set: ${meaning}.`);
  return value;
}

/** @throws SettingError when the variable is set to anything but a whole number in the range */
export function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number, least: number, most: number) {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new SettingError(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
  }
  return value;
}

/** The address to listen at: loopback unless callers on other machines are to reach it. */
export function listenHost(env: NodeJS.ProcessEnv, name: string): string {
  return env[name]?.trim() || '127.0.0.1';
}

/** The secret that signs tokens; short ones can be guessed. */
export function apiSecret(env: NodeJS.ProcessEnv): string {
  const secret = required(env, 'CUBEJS_API_SECRET', 'the secret that signs tokens, at least 32 characters');
  if (secret.length < 32) throw new SettingError('CUBEJS_API_SECRET is too short: at least 32 characters.');
  return secret;
}

/** The time zones that queries may name and rollups are built for, the default first; none for any. */
export function timeZones(env: NodeJS.ProcessEnv): string[] {
  return (env['CUBE_TIME_ZONES'] ?? '').split(',').flatMap((zone) => zone.trim() || []);
}

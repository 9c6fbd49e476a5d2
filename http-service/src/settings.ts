import { fromFileOrValue, SettingError } from '@fair-underwriting/cube/src/environment.ts';

/**
 * A secret of at least 32 characters, from NAME or NAME_FILE.
 * @param meaning what it is for, in the message
 * @throws SettingError when it is missing or short enough to be guessed
 */
export function secret(env: NodeJS.ProcessEnv, name: string, meaning: string): string {
  const value = fromFileOrValue(env, name);
  if (value === undefined) throw new SettingError(`Neither ${name} nor ${name}_FILE is set: ${meaning}.`);
  if (value.length < 32) throw new SettingError(`${name} is too short: at least 32 characters.`);
  return value;
}

/**
 * A Postgres connection, from NAME or NAME_FILE.
 * @throws SettingError when it is missing or no Postgres URL; never with the value in it, which may hold a password
 */
export function databaseUrl(env: NodeJS.ProcessEnv, name: string): string {
  const value = fromFileOrValue(env, name);
  if (value === undefined) throw new SettingError(`Neither ${name} nor ${name}_FILE is set: the Postgres to use.`);
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol)) {
    throw new SettingError(`${name} is not a Postgres URL such as postgres://user:password@host:5432/database.`);
  }
  return value;
}

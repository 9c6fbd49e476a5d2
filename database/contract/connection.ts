import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromFileOrValue, SettingError } from '@fair-underwriting/cube/src/environment.ts';

/** What a person can put right; its message is shown without a stack trace. */
export class CommandError extends Error {
  override name = 'CommandError';
}

const ROOT = resolve(import.meta.dirname, '..', '..');

interface RunningStack {
  database: { embedded: boolean; host: string; port: number; name: string; user: string };
}

/**
 * The owner's connection: DATABASE_URL or the content of DATABASE_URL_FILE, else the embedded database of the running stack.
 * @throws CommandError when there is none of them
 */
export function resolveDatabaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  const given = givenUrl(env);
  if (given) return given;
  const folder = resolve(ROOT, env['FUA_DATA_DIR']?.trim() || '.data');
  const stack = (readJson(join(folder, 'run.json')) as Partial<RunningStack> | undefined)?.database;
  const secrets = readJson(join(folder, 'secrets.json')) as { postgresPassword?: string } | undefined;
  const password = secrets?.postgresPassword;
  if (!stack?.embedded || !password) {
    throw new CommandError(
      'No database: set DATABASE_URL, such as postgres://owner@localhost:5432/analytics, or run npm start first.',
    );
  }
  const url = new URL(`postgres://${stack.host}:${stack.port}/${stack.name}`);
  url.username = stack.user;
  url.password = password;
  return url.href;
}

function givenUrl(env: NodeJS.ProcessEnv): string | undefined {
  try {
    return fromFileOrValue(env, 'DATABASE_URL');
  } catch (error) {
    throw error instanceof SettingError ? new CommandError(error.message, { cause: error }) : error;
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Absent, private or half written: the same to the caller, who says what to do.
    return undefined;
  }
}

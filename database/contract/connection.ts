import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a person can put right; its message is shown without a stack trace. */
export class CommandError extends Error {
  override name = 'CommandError';
}

const ROOT = resolve(import.meta.dirname, '..', '..');

interface RunningStack {
  database: { embedded: boolean; host: string; port: number; name: string; user: string };
}

/**
 * The owner's connection: DATABASE_URL, else the embedded database of the running stack.
 * @throws CommandError when there is neither
 */
export function resolveDatabaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['DATABASE_URL']?.trim();
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

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Absent, private or half written: the same to the caller, who says what to do.
    return undefined;
  }
}

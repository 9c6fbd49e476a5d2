import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromFileOrValue, SettingError } from './environment.ts';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Where the running Cube answers: CUBE_URL, else what the running stack wrote down.
 * @returns base address without a path
 * @throws SettingError when neither is there
 */
export function cubeUrl(env: NodeJS.ProcessEnv): string {
  const url = env['CUBE_URL'] ?? field(readState(env, 'run.json'), 'cube', 'url');
  if (url === undefined) throw new SettingError('Cube is not running. Start it with npm start, or set CUBE_URL.');
  return url.replace(/\/+$/, '');
}

/**
 * The secret that signs tokens: CUBEJS_API_SECRET or its file, else the one that the stack generated.
 * @throws SettingError when neither is there
 */
export function cubeSecret(env: NodeJS.ProcessEnv): string {
  const secret = fromFileOrValue(env, 'CUBEJS_API_SECRET') ?? field(readState(env, 'secrets.json'), 'cubeApiSecret');
  if (secret === undefined) {
    throw new SettingError('There is no secret to sign with yet. Run npm start once, or set CUBEJS_API_SECRET.');
  }
  return secret;
}

function readState(env: NodeJS.ProcessEnv, file: string): unknown {
  const path = join(env['FUA_DATA_DIR'] ?? join(repository, '.data'), file);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SettingError(`${path} cannot be read: ${error instanceof Error ? error.message : 'unknown error'}.`);
  }
}

function field(value: unknown, ...path: string[]): string | undefined {
  let inner: unknown = value;
  for (const name of path) {
    inner = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined;
  }
  return typeof inner === 'string' ? inner : undefined;
}

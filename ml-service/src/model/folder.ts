import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..', '..');

/** The folder of the model folders: ML_MODEL_DIR, else `models` in the stack's data folder. */
export function modelFolder(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['ML_MODEL_DIR']?.trim();
  return given ? resolve(root, given) : resolve(root, env['FUA_DATA_DIR']?.trim() || '.data', 'models');
}

import { existsSync, readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { SettingError } from './environment.ts';

/**
 * The folder of the model, relative to the working folder (Cube joins the two): CUBE_MODEL_PATH, else `model`.
 * @throws SettingError when it holds no model, which Cube would take for an empty one
 */
export function modelFolder(env: NodeJS.ProcessEnv): string {
  const folder = env['CUBE_MODEL_PATH'] ?? 'model';
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
  if (!files.some((file) => /\.(ya?ml|js)$/.test(String(file)))) {
    throw new SettingError(`CUBE_MODEL_PATH: there is no model in ${folder}.`);
  }
  return relative('.', folder);
}

import type { Scene } from './scene';

interface SceneModule {
  scenes: Scene[];
}

interface Modules {
  keys: () => string[];
  (key: string): SceneModule;
}

declare const require: { context: (folder: string, deep: boolean, pattern: RegExp) => Modules };

const modules = require.context('../scenes', false, /\.tsx?$/);

/** Every scene of every file in `scenes/`, in the order of the files. */
export const scenes: Scene[] = modules.keys().flatMap((key) => modules(key).scenes);

const known = new Set<string>();
for (const { id } of scenes) {
  if (known.has(id)) {
    throw new Error(`Two scenes of the workbench are called "${id}".`);
  }
  known.add(id);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './compose-file.ts';

/**
 * The environment variables that an entry point may read: those named in quotes in any file of this repository that it
 * imports or starts, at any depth, and, where it runs Cube, those of Cube's own packages.
 */
export function readsOf(entries: string[]): Set<string> {
  const seen = new Set<string>();
  const reads = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path) || !existsSync(path)) return;
    seen.add(path);
    const source = readFileSync(path, 'utf8');
    for (const [, name = ''] of source.matchAll(/'([A-Z][A-Z0-9_]{2,})'/g)) reads.add(name);
    for (const [, target = ''] of source.matchAll(
      /'((?:\.{1,2}\/|@fair-underwriting\/|[a-z-]+\/src\/)[^']+\.(?:ts|mjs|js))'/g,
    )) {
      visit(
        target.startsWith('.') ? join(dirname(path), target) : join(ROOT, target.replace('@fair-underwriting/', '')),
      );
    }
    if (source.includes("'@cubejs-backend/server-core'")) cubeVariables().forEach((name) => reads.add(name));
  };
  for (const entry of entries) visit(join(ROOT, entry));
  return reads;
}

let known: string[] | undefined;

function cubeVariables(): string[] {
  const folder = join(ROOT, 'node_modules', '@cubejs-backend', 'shared', 'dist', 'src');
  known ??= readdirSync(folder)
    .filter((name) => name === 'env.js')
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/CUBEJS_[A-Z_]+/g) ?? []);
  return known;
}

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** A copy of a model without its rollups, so that every question is answered from the tables. */
export function rawModel(folder: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'fua-raw-model-'));
  cpSync(folder, path, { recursive: true });
  for (const file of readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml'))) {
    const text = readFileSync(join(path, file), 'utf8');
    if (!text.includes('pre_aggregations:')) continue;
    const model = parse(text) as { cubes?: { pre_aggregations?: unknown }[] };
    for (const cube of model.cubes ?? []) delete cube.pre_aggregations;
    writeFileSync(join(path, file), stringify(model));
  }
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

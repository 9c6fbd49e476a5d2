import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnySchemaObject } from 'ajv';

const source = 'github.com/compose-spec/compose-go/v2@v2.16.2';

/** The Compose Specification's own schema, from its reference implementation; a word why not where that cannot be had. */
export function composeSchema(): AnySchemaObject | string {
  const { stdout, error } = spawnSync('go', ['mod', 'download', '-json', source], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error) return 'Go is not installed';
  const { Dir: folder, Error: reason } = JSON.parse(stdout) as { Dir?: string; Error?: string };
  if (folder === undefined) return `${source} cannot be had: ${reason ?? ''}`;
  return JSON.parse(readFileSync(join(folder, 'schema', 'compose-spec.json'), 'utf8')) as AnySchemaObject;
}

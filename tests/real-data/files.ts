import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..', '..');

/** The folder of the public data sets: DATA_DIR, else ../shared/data beside the repository. */
const DATA_DIR = resolve(ROOT, process.env['DATA_DIR'] ?? '../shared/data');

/** Path of a data set; undefined, with a word on the console, where it is absent. */
export function dataSet(name: string): string | undefined {
  const path = join(DATA_DIR, name);
  if (existsSync(path)) return path;
  console.warn(`Skipped: ${path} is absent. Set DATA_DIR to the folder of the data sets.`);
  return undefined;
}

/** The same UUID for the same name, every time (version 5, with a name space of these tests). */
export function stableUuid(name: string): string {
  const bytes = createHash('sha1').update(`fair-underwriting-analytics/tests/${name}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Writes DIR/TABLE.csv. No value here needs quotes. */
export async function writeTable(dir: string, table: string, header: string, rows: string[]): Promise<void> {
  await writeFile(join(dir, `${table}.csv`), [header, ...rows, ''].join('\n'));
}

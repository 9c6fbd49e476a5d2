import { pipeline } from 'node:stream/promises';
import { escapeIdentifier, type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Load } from './plan.ts';
import type { Problems } from './problems.ts';
import { splitRecords } from './records.ts';
import { openFileFrom } from './source.ts';
import { utf8Lines } from './utf8-lines.ts';

const BATCH = 64 * 1024;

/** Name of the temporary table that holds a file's rows as text, with `import_line`. */
export function stagedName(table: string): string {
  return escapeIdentifier(`staged_${table}`);
}

/**
 * Copies a file's rows as text into a temporary table. Rows that are no CSV, have too many or too few fields, or are no
 * UTF-8 are reported; the others are kept. A key that the file leaves to its default gets its value here, so that a
 * row can be found by it.
 */
export async function stageFile(client: ClientBase, load: Load, problems: Problems): Promise<void> {
  const { table, header } = load;
  const ownKeys = table.keys
    .filter((key) => key.isPrimary)
    .flatMap((key) => key.columns)
    .filter((name) => !header.columns.includes(name))
    .filter((name) => table.columns.some((column) => column.name === name && column.type === 'uuid'));
  const columns = [
    'import_line bigint not null',
    ...header.columns.map((name) => `${escapeIdentifier(name)} text`),
    ...ownKeys.map((name) => `${escapeIdentifier(name)} text default gen_random_uuid()::text`),
  ];
  await client.query(`create temp table ${stagedName(table.name)} (${columns.join(', ')}) on commit drop`);
  const names = ['import_line', ...header.columns.map((name) => escapeIdentifier(name))].join(', ');
  const copy = client.query(copyFrom(`copy ${stagedName(table.name)} (${names}) from stdin (format csv)`));
  await pipeline(rowsAsCsv(load, problems), copy);
  await client.query(`analyze ${stagedName(table.name)}`);
}

async function* rowsAsCsv(load: Load, problems: Problems): AsyncGenerator<Buffer> {
  const report = (line: number, reason: string) =>
    problems.add({ file: load.file, line, column: null, value: null, reason });
  const firstLine = load.header.lines + 1;
  const bytes = await openFileFrom(load.path, load.header.byteLength);
  const expected = load.header.columns.length;
  let batch = '';
  for await (const record of splitRecords(utf8Lines(bytes, firstLine, report), firstLine)) {
    if ('error' in record) report(record.line, record.error);
    else if (record.fields.length !== expected) {
      report(record.line, `The row has ${record.fields.length} fields, but the header has ${expected}.`);
    } else {
      batch += `${record.line},${record.fields.map(quoted).join(',')}\n`;
      if (batch.length >= BATCH) {
        yield Buffer.from(batch);
        batch = '';
      }
    }
  }
  if (batch) yield Buffer.from(batch);
}

function quoted(field: string): string {
  return field === '' ? '' : `"${field.replaceAll('"', '""')}"`;
}

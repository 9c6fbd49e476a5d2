import { pipeline } from 'node:stream/promises';
import { escapeIdentifier, type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { PlainCells } from './plain-cells.ts';
import type { Load } from './plan.ts';
import type { Progress } from './progress.ts';
import { openFileFrom } from './source.ts';
import { StrictCsv } from './strict-csv.ts';

/**
 * Streams a file straight into its table: Postgres checks every row. An empty field is null, quoted or not.
 * @returns the number of rows
 * @throws the database's error about the first bad row, or NotStrictCsv
 */
export async function copyFile(client: ClientBase, load: Load, progress: Progress): Promise<number> {
  const columns = load.header.columns.map((name) => escapeIdentifier(name)).join(', ');
  const copy = client.query(
    copyFrom(`copy ${escapeIdentifier(load.table.name)} (${columns}) from stdin (format csv, force_null (${columns}))`),
  );
  const csv = new StrictCsv();
  const cells = new PlainCells(
    load.header.columns.flatMap((name) => load.table.columns.find((c) => c.name === name) ?? []),
  );
  await pipeline(
    await openFileFrom(load.path, load.header.byteLength),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        progress.advance(csv.check(chunk));
        cells.check(chunk);
        yield chunk;
      }
      cells.end();
    },
    copy,
  );
  return copy.rowCount;
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Batch } from './rows.ts';
import { columnsOf } from './tables.ts';

/** What a binary COPY begins with (the signature, no flags, no extension) and ends with. */
const head = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const tail = Buffer.from('ffff', 'hex');

/**
 * Sends one batch with COPY and waits until the server has taken it. The table must have been truncated in the same
 * transaction: its rows are written frozen, so that nothing has to visit them again after the commit.
 * @throws what Postgres says, naming the table
 */
export async function copyBatch(client: Client, { table, bytes }: Batch): Promise<void> {
  const columns = columnsOf(table).map(({ name }) => `"${name}"`);
  const target = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin (format binary, freeze)`));
  try {
    await pipeline(Readable.from([head, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), tail]), target);
  } catch (error) {
    throw new Error(`COPY into ${table} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

import { Encoder, type Value } from './encode.ts';
import { columnsOf, type Table, tableNames } from './tables.ts';

/** Some rows of one table, in the binary format of COPY. The bytes are valid until the next batch is asked for. */
export interface Batch {
  table: Table;
  rows: number;
  bytes: Uint8Array;
  /** Customers that all rows have been made for by then. */
  customers: number;
}

/** Collects rows for any table until they are taken. */
export class Rows {
  private readonly tables = new Map(
    tableNames.map((table) => [table, { rows: 0, encoder: new Encoder(columnsOf(table).map(({ type }) => type)) }]),
  );

  /** @throws when the number of values, or the kind of one, is not the table's */
  add(table: Table, ...values: Value[]): void {
    const collected = this.tables.get(table);
    if (!collected) throw new Error(`There is no table ${table}`);
    try {
      collected.encoder.row(values);
    } catch (error) {
      throw new Error(`${table}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    collected.rows++;
  }

  /** The rows so far of each table that has at least this many bytes, in the order of the foreign keys. */
  *take(customers: number, bytes = 1): Generator<Batch> {
    for (const [table, collected] of this.tables) {
      if (collected.encoder.size < bytes) continue;
      yield { table, rows: collected.rows, bytes: collected.encoder.take(), customers };
      collected.rows = 0;
    }
  }
}

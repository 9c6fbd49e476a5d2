import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A table of the benchmark: its share of all rows, its columns, and the row of a number. */
interface BenchTable {
  table: string;
  share: number;
  columns: string;
  row: (index: number, customers: number) => string;
}

const uuid = (kind: number, index: number) => `${kind}0000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
const instant = (index: number) => new Date(Date.UTC(2023, 0, 1) + (index % 1_000_000) * 60_000).toISOString();

/** In the order of their references. */
const TABLES: BenchTable[] = [
  {
    table: 'customers',
    share: 0.1,
    columns: 'id,created_at,full_name,email,state,genotype,payer_type',
    row: (i) => `${uuid(1, i)},${instant(i)},"Person, ${i}",person${i}@example.org,CA,MZ,self_pay`,
  },
  {
    table: 'invoices',
    share: 0.3,
    columns: 'id,customer_id,issued_at,paid_at,currency',
    row: (i, customers) => `${uuid(2, i)},${uuid(1, i % customers)},${instant(i)},${instant(i)},USD`,
  },
  {
    table: 'invoice_lines',
    share: 0.3,
    columns: 'id,invoice_id,revenue_source,amount,tax,service_from,service_to',
    row: (i) => `${uuid(3, i)},${uuid(2, i)},b2c_tests,${(i % 900) + 0.99},0,2024-01-01,2024-12-31`,
  },
  {
    table: 'user_activity_logs',
    share: 0.3,
    columns: 'customer_id,timestamp,activity,duration_seconds',
    row: (i, customers) => `${uuid(1, i % customers)},${instant(i)},view_results,${i % 600}`,
  },
];

export interface BenchFile {
  table: string;
  path: string;
  columns: string;
  rows: number;
}

/** Writes DIR/TABLE.csv for each table, the same every time. @returns them in the order of their references */
export async function writeBenchFiles(dir: string, rows: number): Promise<BenchFile[]> {
  const customers = Math.round(rows * 0.1);
  const files: BenchFile[] = [];
  for (const { table, share, columns, row } of TABLES) {
    const path = join(dir, `${table}.csv`);
    const count = Math.round(rows * share);
    const lines = function* () {
      yield `${columns}\n`;
      for (let from = 0; from < count; from += 1_000) {
        const batch = Array.from(
          { length: Math.min(1_000, count - from) },
          (_, at) => `${row(from + at, customers)}\n`,
        );
        yield batch.join('');
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(path));
    files.push({ table, path, columns, rows: count });
  }
  return files;
}

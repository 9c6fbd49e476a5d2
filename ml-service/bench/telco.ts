import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { encodeRows, fitEncoding, type FeatureSpec, type RawRow } from '../src/data/encoding.ts';
import type { LabelledData } from '../src/data/matrix.ts';

/** Folder of the public data sets: DATA_DIR, else beside the project. */
export const dataFolder = process.env['DATA_DIR'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

const file = join(dataFolder, 'telco-churn.csv');

export const hasTelco = existsSync(file);

const numbers = ['tenure', 'MonthlyCharges', 'TotalCharges'];

/** Reads telco-churn.csv: 7,043 subscribers, blank total charges missing, categories one-hot. */
export function readTelco(): LabelledData {
  const records = parse<Record<string, string>>(readFileSync(file), { columns: true });
  const names = Object.keys(records[0]).filter((name) => name !== 'customerID' && name !== 'Churn');
  const specs = names.map((name): FeatureSpec => ({ name, kind: numbers.includes(name) ? 'number' : 'category' }));
  const rows = records.map((record): RawRow =>
    Object.fromEntries(specs.map((spec) => [spec.name, rawValue(spec, record[spec.name])])),
  );
  const labels = Uint8Array.from(records, (record) => (record['Churn'] === 'Yes' ? 1 : 0));
  return { features: encodeRows(fitEncoding(specs, rows), rows), labels };
}

function rawValue({ kind }: FeatureSpec, text: string): number | string | null {
  if (kind === 'category') return text;
  return text.trim() === '' ? null : Number(text);
}

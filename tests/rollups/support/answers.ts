import type { TestCube } from '../../support/cube.ts';

type Row = Record<string, unknown>;

export interface Served {
  status: number;
  rows: Row[];
  /** The tables of the rollups that served it. */
  rollups: string[];
}

export async function ask(cube: TestCube, query: object, role = 'executive'): Promise<Served> {
  const { status, body } = await cube.post(
    'load',
    { query },
    cube.token(role, 'tester', role === 'payer' ? 'Anthem' : undefined),
  );
  return { status, rows: (body.data ?? []) as Row[], rollups: Object.keys(body.usedPreAggregations ?? {}) };
}

/**
 * What differs between two answers, row by row and value by value, in no order. Sums of binary fractions may differ in
 * their last digits, where they are added up in another order.
 */
export function difference(raw: Served, served: Served, measures: readonly string[]): string | undefined {
  if (raw.status !== served.status) return `status ${raw.status} from tables, ${served.status} from rollups`;
  if (raw.rows.length !== served.rows.length) return `${raw.rows.length} rows, not ${served.rows.length}`;
  const [expected, got] = [raw.rows, served.rows].map(
    (rows) => new Map(rows.map((row) => [keyOf(row, measures), row])),
  );
  for (const [key, row] of expected ?? []) {
    const other = got?.get(key);
    if (!other) return `no row ${key}`;
    const wrong = Object.keys(row).find((member) => !isSame(row[member], other[member]));
    if (wrong !== undefined) return `${key} ${wrong}: ${String(row[wrong])} from tables, ${String(other[wrong])}`;
  }
  return undefined;
}

function keyOf(row: Row, measures: readonly string[]): string {
  return JSON.stringify(Object.entries(row).filter(([member]) => !measures.includes(member)));
}

function isSame(raw: unknown, served: unknown): boolean {
  if (raw === served) return true;
  if (typeof raw === 'number' && typeof served === 'number') {
    return Math.abs(raw - served) <= 1e-9 * Math.max(1, Math.abs(raw));
  }
  // Exact decimals come as text; how many zeros end them says nothing.
  return typeof raw === 'string' && typeof served === 'string' && isDecimal(raw) && plain(raw) === plain(served);
}

const isDecimal = (text: string) => /^-?\d+\.\d+$/.test(text);
const plain = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

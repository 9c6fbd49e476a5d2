import { FieldType, toDataFrame, type DataFrame, type FieldDTO } from '@grafana/data';

/** A question as Cube's REST API takes it. */
export interface LiveQuery {
  measures?: string[];
  dimensions?: string[];
  timeDimensions?: Array<{ dimension: string; granularity?: string; dateRange?: string | [string, string] }>;
  filters?: object[];
  order?: Record<string, 'asc' | 'desc'>;
  limit?: number;
}

interface Column {
  key: string;
  shortTitle?: string;
  type?: string;
  format?: string;
}

interface Answer {
  rows: Array<Record<string, unknown>>;
  columns: Column[];
}

/**
 * Asks the running Cube, by the server that the workbench came from.
 * @returns one table, with fields named and typed as the Cube data source does
 * @throws Error with the server's words
 */
export async function askCube(query: LiveQuery): Promise<DataFrame[]> {
  const response = await fetch('/cube/load', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const answer: Partial<Answer> & { error?: string } = await response.json();
  if (!response.ok) {
    throw new Error(answer.error ?? `The server answered with ${response.status}.`);
  }
  return [tableOf({ rows: answer.rows ?? [], columns: answer.columns ?? [] })];
}

function tableOf({ rows, columns }: Answer): DataFrame {
  return toDataFrame({ fields: columns.map((column) => fieldOf(column, rows)) });
}

const readers: Record<string, { type: FieldType; read: (value: unknown) => unknown }> = {
  time: { type: FieldType.time, read: (value) => Date.parse(`${String(value)}Z`) },
  number: { type: FieldType.number, read: Number },
  boolean: { type: FieldType.boolean, read: (value) => value === true || value === 'true' },
};

function fieldOf({ key, shortTitle, type = '', format }: Column, rows: Answer['rows']): FieldDTO {
  const reader = readers[type] ?? { type: FieldType.string, read: String };
  const known = (value: unknown) => (value === null || value === undefined ? null : reader.read(value));
  return {
    name: key.split('.')[1] ?? key,
    config: { displayNameFromDS: shortTitle, unit: format === 'percent' ? 'percentunit' : undefined },
    type: reader.type,
    values: rows.map((row) => known(row[key])),
  };
}

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

export function tableOf({ rows, columns }: Answer): DataFrame {
  return toDataFrame({ fields: columns.map((column) => fieldOf(column, rows)) });
}

function fieldOf(column: Column, rows: Answer['rows']): FieldDTO {
  const values = rows.map((row) => row[column.key] ?? null);
  const config = {
    displayNameFromDS: column.shortTitle,
    unit: column.format === 'percent' ? 'percentunit' : undefined,
  };
  const name = column.key.split('.')[1] ?? column.key;
  switch (column.type) {
    case 'time':
      return {
        name,
        config,
        type: FieldType.time,
        values: values.map((value) => value && Date.parse(`${String(value)}Z`)),
      };
    case 'number':
      return {
        name,
        config,
        type: FieldType.number,
        values: values.map((value) => (value === null ? null : Number(value))),
      };
    case 'boolean':
      return {
        name,
        config,
        type: FieldType.boolean,
        values: values.map((value) => value === true || value === 'true'),
      };
    default:
      return { name, config, type: FieldType.string, values };
  }
}

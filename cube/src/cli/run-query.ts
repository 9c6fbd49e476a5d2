import client, { type Query } from '@cubejs-client/core';
import type { Annotation, Column } from './table.ts';

/** One query's outcome, with what is needed to show it. */
export interface Outcome {
  rows: Record<string, unknown>[];
  columns: Column[];
  /** Names of the rollups that served it; empty when raw tables did. */
  rollups: string[];
  /** True when the answer has as many rows as it may have, so more may exist. */
  mayBeCut: boolean;
}

interface Part {
  query: { limit?: number };
  data: Record<string, unknown>[];
  annotation: Record<'measures' | 'dimensions' | 'timeDimensions', Record<string, Annotation>>;
  usedPreAggregations?: Record<string, { preAggregationId?: string }>;
}

/**
 * Runs one query, or several at once, through Cube's REST API.
 * @throws Error with Cube's words when it refuses or fails
 */
export async function runQuery(url: string, token: string, query: Query | Query[]): Promise<Outcome> {
  const api = client(token, { apiUrl: `${url}/cubejs-api/v1`, method: 'POST' });
  const answer = await api.load(query as Query).catch((error: unknown) => {
    throw new Error(describe(error, url));
  });
  const parts = (answer.serialize().loadResponse as unknown as { results: Part[] }).results;
  const rows = parts.flatMap((part) => part.data);
  return {
    rows,
    columns: columnsOf(rows, parts),
    rollups: [...new Set(parts.flatMap(rollupsOf))],
    mayBeCut: parts.some((part) => part.data.length > 0 && part.data.length === part.query.limit),
  };
}

/** The client's own message is empty when nobody answered. */
function describe(error: unknown, url: string): string {
  const { status, response } = (error ?? {}) as { status?: number; response?: { error?: unknown; errorId?: unknown } };
  if (status !== undefined && typeof response?.error === 'string') {
    return typeof response.errorId === 'string' ? `${response.error} (error id ${response.errorId})` : response.error;
  }
  return `Cube at ${url} did not answer. Is it running? See npm run status.`;
}

/** A time dimension comes twice, with and without its granularity: the second is left out. */
function columnsOf(rows: readonly Record<string, unknown>[], parts: readonly Part[]): Column[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const all = parts.map(({ annotation }) => annotation);
  return keys
    .filter((key) => !keys.some((other) => other.startsWith(`${key}.`)))
    .map((key) => {
      const found = all.flatMap(({ measures, dimensions, timeDimensions }) => [
        measures[key],
        dimensions[key],
        timeDimensions[key],
      ]);
      return { key, ...found.find((annotation) => annotation !== undefined) };
    });
}

function rollupsOf({ usedPreAggregations = {} }: Part): string[] {
  return Object.entries(usedPreAggregations).map(([table, { preAggregationId }]) => preAggregationId ?? table);
}

import { recordSqlApi } from '../audit/sql-api.ts';
import type { CubeContext } from '../auth/cube-auth.ts';
import type { PlainQuery } from './query.ts';
import { clip, RefusedError } from './errors.ts';

/** What Cube passes on after normalising a query and adding the row rules of the access policies. */
interface NormalizedQuery {
  measures?: unknown[];
  dimensions?: unknown[];
  segments?: unknown[];
  timeDimensions?: { dimension?: unknown }[];
  filters?: unknown[];
}

/**
 * Second line behind the guard, for a query that reached Cube some other way: plain names of one view only.
 * Cube has refused or emptied queries for members outside the caller's policies before it calls this.
 */
export function queryRewrite<Query extends NormalizedQuery>(query: Query, context: CubeContext = {}): Query {
  const { measures = [], dimensions = [], segments = [], timeDimensions = [], filters = [] } = query;
  const names = [
    ...measures,
    ...dimensions,
    ...segments,
    ...timeDimensions.map(({ dimension }) => dimension),
    ...[...filterMembers(filters)],
  ];
  const views = new Set(names.map(viewOf));
  if (views.size > 1) throw userError(`A query uses one view, not ${views.size}: ${clip([...views].join(', '))}.`);
  recordSqlApi(query as PlainQuery, context);
  return query;
}

function viewOf(name: unknown): string {
  if (typeof name !== 'string' || !/^\w+\.\w+$/.test(name)) throw userError('Members must be plain names.');
  return name.slice(0, name.indexOf('.'));
}

function* filterMembers(filters: readonly unknown[]): Generator {
  for (const filter of filters as Record<string, unknown>[]) {
    const group = filter['and'] ?? filter['or'];
    if (Array.isArray(group)) yield* filterMembers(group);
    else yield filter['member'] ?? filter['dimension'];
  }
}

/** Cube answers 400 to errors of this type. */
function userError(message: string): Error {
  return Object.assign(new RefusedError(400, message), { type: 'UserError' });
}

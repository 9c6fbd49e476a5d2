import { memberOf, type Catalogue } from './catalogue.ts';
import { invalid } from './errors.ts';
import { limits } from './limits.ts';
import { checkMembers } from './members.ts';
import type { Present } from '../present.ts';
import { plainest } from './plainest.ts';
import { wholeDays } from './whole-days.ts';
import { flattenGroups, type PlainQuery } from './query.ts';
import { readCacheMode, readQuery } from './shape.ts';
import { inServedZone } from './time-zones.ts';
import { fieldsOf, oneOf } from './values.ts';

/** A request of the data API that may go on to Cube, in its only form. */
export interface CheckedRequest {
  query: PlainQuery | PlainQuery[];
  queryType?: 'multi';
  cache?: string;
}

/**
 * Reads and checks a request for data. Where no limit is given the largest one is set, so that an answer with as many
 * rows as its `query.limit` says that it may be cut; Cube alone would cut at 10,000 rows in silence.
 * @param body `{query, queryType?, cache?}`; the query may be JSON text
 * @param zones the time zones served, the default first; none for any
 * @throws RefusedError
 */
export function readRequest(body: unknown, zones: readonly string[]): CheckedRequest {
  const { query, queryType, cache } = fieldsOf(body, 'The request', ['query', 'queryType', 'cache']);
  const value = typeof query === 'string' ? parseJson(query) : query;
  if (value === undefined || value === null) invalid('The request has no query.');
  const queries = Array.isArray(value) ? readQueries(value, zones) : complete(readQuery(value), zones);
  if (queryType === undefined) refuseSeveral(queries);
  return {
    query: queries,
    ...(queryType === undefined ? {} : { queryType: oneOf(queryType, 'queryType', ['multi']) }),
    ...(cache === undefined ? {} : { cache: readCacheMode(cache) }),
  };
}

/** What has several answers needs `queryType: "multi"`; Cube would fail with an error of its own. */
function refuseSeveral(queries: PlainQuery | PlainQuery[]): void {
  if (Array.isArray(queries)) {
    invalid('Several queries are blended by time and have several answers: send "queryType": "multi" with them.');
  }
  if (queries.timeDimensions?.some(({ compareDateRange }) => compareDateRange !== undefined)) {
    invalid('compareDateRange has several answers: send "queryType": "multi" with the query.');
  }
}

/** Cube blends a list of queries by the first time dimension of each. */
function checkBlending(queries: readonly PlainQuery[]): void {
  const first = queries.map(({ timeDimensions = [] }) => timeDimensions[0]);
  const isBlended = first.every((time) => time?.granularity !== undefined && time.dateRange !== undefined);
  if (!isBlended || new Set(first.map((time) => time?.granularity)).size !== 1) {
    invalid(
      'Several queries are blended by time: the first time dimension of each needs a dateRange and the same granularity. ' +
        'Ask what cannot be blended in requests of its own.',
    );
  }
}

/**
 * Checks the request against what the caller may use.
 * @param present what the database reports on, where it is known
 * @returns what goes on to Cube: the same, with conditions on times in the words that Cube gets right, and without those
 * that choose nothing
 */
export function checkRequest(request: CheckedRequest, catalogue: Catalogue, present?: Present): CheckedRequest {
  const { query } = request;
  for (const one of [query].flat()) checkMembers(one, catalogue);
  if (Array.isArray(query)) checkBlending(query);
  const plain = (one: PlainQuery) => withWholeDays(plainest(one, catalogue, present), catalogue);
  return { ...request, query: Array.isArray(query) ? query.map(plain) : plain(query) };
}

function withWholeDays(query: PlainQuery, catalogue: Catalogue): PlainQuery {
  if (!query.filters) return query;
  const isTime = (name: string) => memberOf(catalogue, name)?.type === 'time';
  return { ...query, filters: flattenGroups(wholeDays(query.filters, isTime)) };
}

function readQueries(values: unknown[], zones: readonly string[]): PlainQuery[] {
  if (values.length === 0 || values.length > limits.queries) invalid(`Ask 1 to ${limits.queries} queries at once.`);
  return values.map((value) => complete(readQuery(value), zones));
}

function complete(query: PlainQuery, zones: readonly string[]): PlainQuery {
  return {
    ...inServedZone(query, zones),
    limit: query.limit ?? limits.rows,
    ...(query.filters ? { filters: flattenGroups(query.filters) } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    invalid('The query is not valid JSON.');
  }
}

import { canonicalTimezone } from '@cubejs-backend/shared';
import { compareDateRange, dateRange } from './dates.ts';
import { clip, invalid } from './errors.ts';
import { readFilters } from './filters.ts';
import { limits } from './limits.ts';
import type { PlainQuery, PlainTimeDimension } from './query.ts';
import { fieldsOf, listOf, memberName, oneOf, whole, yesOrNo, type Fields } from './values.ts';

const cacheModes = ['stale-if-slow', 'stale-while-revalidate', 'must-revalidate', 'no-cache'] as const;

/** How each field of a query is read; a field that is not here is refused. */
const readers: { [Name in keyof PlainQuery]-?: (value: unknown) => NonNullable<PlainQuery[Name]> } = {
  measures: (value) => names(value, 'measures'),
  dimensions: (value) => listOf(value, 'dimensions', limits.members, dimensionName),
  segments: (value) => names(value, 'segments'),
  timeDimensions: (value) => listOf(value, 'timeDimensions', limits.timeDimensions, readTimeDimension),
  filters: (value) => readFilters(value, { conditions: 0, values: 0 }),
  order: readOrder,
  limit: readLimit,
  offset: (value) => whole(value, 'offset', 0, 1_000_000_000),
  total: (value) => yesOrNo(value, 'total'),
  timezone: readTimeZone,
  ungrouped: readUngrouped,
  responseFormat: (value) => oneOf(value, 'responseFormat', ['default', 'compact', 'columnar']),
  cache: readCacheMode,
};

/**
 * Reads one query of the REST API into plain names and bounded values.
 * @throws RefusedError 400 naming the field
 */
export function readQuery(value: unknown): PlainQuery {
  const fields: Fields = fieldsOf(value, 'The query', Object.keys(readers));
  const entries = Object.entries(readers)
    .filter(([name]) => fields[name] !== undefined && fields[name] !== null)
    .map(([name, read]) => [name, read(fields[name])] as const);
  const query = Object.fromEntries(entries) as PlainQuery;
  const selects = (query.timeDimensions ?? []).some(({ granularity }) => granularity !== undefined);
  if (!selects && !query.measures?.length && !query.dimensions?.length) {
    invalid('The query selects nothing: add measures, dimensions or a time dimension with a granularity.');
  }
  return query;
}

function names(value: unknown, what: string): string[] {
  return listOf(value, what, limits.members, (item) => memberName(item, what));
}

/** A dimension, or a time dimension with its granularity: `view.member.month`. */
function dimensionName(value: unknown): string {
  const [view, member, granularity, ...rest] = typeof value === 'string' ? value.split('.') : [];
  if (granularity === undefined || rest.length > 0) return memberName(value, 'dimensions');
  return `${memberName(`${view ?? ''}.${member ?? ''}`, 'dimensions')}.${granularityName(granularity)}`;
}

function granularityName(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Za-z_]\w{0,127}$/.test(value)) invalid('A granularity must be a plain name.');
  return value;
}

function readTimeDimension(value: unknown): PlainTimeDimension {
  const fields = fieldsOf(value, 'A time dimension', ['dimension', 'granularity', 'dateRange', 'compareDateRange']);
  const { granularity, dateRange: range, compareDateRange: ranges } = fields;
  const dimension = memberName(fields['dimension'], 'timeDimensions');
  if (isSet(range) && isSet(ranges)) invalid(`${dimension} has both dateRange and compareDateRange.`);
  return {
    dimension,
    ...(isSet(granularity) ? { granularity: granularityName(granularity) } : {}),
    ...(isSet(range) ? { dateRange: dateRange(range, `dateRange of ${dimension}`) } : {}),
    ...(isSet(ranges) ? { compareDateRange: compareDateRange(ranges, `compareDateRange of ${dimension}`) } : {}),
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function readOrder(value: unknown): [string, 'asc' | 'desc'][] {
  const pairs = Array.isArray(value) || typeof value !== 'object' ? value : Object.entries(value ?? {});
  return listOf(pairs, 'order', limits.members, (pair) => {
    const [member, direction] = listOf(pair, 'An order entry', 2, (part) => part);
    return [dimensionName(member), oneOf(direction, 'The direction of order', ['asc', 'desc'])];
  });
}

function readLimit(value: unknown): number {
  if (typeof value === 'number' && value > limits.rows) {
    invalid(`limit is at most ${limits.rows} rows. Filter, choose a coarser granularity, or page with offset.`);
  }
  return whole(value, 'limit', 0, limits.rows);
}

function readTimeZone(value: unknown): string {
  const zone = typeof value === 'string' && value !== '' ? canonicalTimezone(value) : null;
  if (zone === null)
    invalid(`timezone "${clip(String(value))}" is unknown. Use a name such as UTC or America/New_York.`);
  return zone;
}

/** Ungrouped answers have a row for each person; this API answers with figures. */
function readUngrouped(value: unknown): boolean {
  if (yesOrNo(value, 'ungrouped'))
    invalid('ungrouped is not served: ask for measures, by dimensions as fine as needed.');
  return false;
}

export function readCacheMode(value: unknown): string {
  return oneOf(value, 'cache', cacheModes);
}

import { migrate } from './migrations';
import { operators, type CubeQuery } from './query';

/** Fields that belong to Grafana, or to a request, and are not edited as text. */
const outside = ['refId', 'hide', 'datasource', 'key', 'adHoc', 'queryType'];

/** The query as text for editing. */
export function toText(query: CubeQuery): string {
  const entries = Object.entries(query).filter(([name, value]) => !outside.includes(name) && value !== undefined);
  return JSON.stringify(Object.fromEntries(entries), null, 2);
}

type Check = (value: unknown) => string | undefined;

const isText: Check = (value) => (typeof value === 'string' ? undefined : 'must be text');
const oneOf =
  (...allowed: unknown[]): Check =>
  (value) =>
    allowed.includes(value) ? undefined : `must be one of ${allowed.join(', ')}`;

function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) {
      return 'must be a list';
    }
    for (const [index, item] of value.entries()) {
      const problem = check(item);
      if (problem !== undefined) {
        return `, entry ${index + 1}: ${problem}`;
      }
    }
    return undefined;
  };
}

function shape(fields: Record<string, Check>, needed: string[]): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return 'must be an object';
    }
    const missing = needed.find((name) => !(name in value));
    if (missing !== undefined) {
      return `lacks "${missing}"`;
    }
    for (const [name, item] of Object.entries(value)) {
      const check = fields[name];
      const problem = check ? check(item) : `is not known; known are ${Object.keys(fields).join(', ')}`;
      if (problem !== undefined) {
        return `"${name}"${problem.startsWith(',') ? '' : ' '}${problem}`;
      }
    }
    return undefined;
  };
}

const isFilter: Check = (value) => {
  const group = value as { and?: unknown; or?: unknown } | null;
  if (group?.and !== undefined || group?.or !== undefined) {
    return shape({ and: listOf(isFilter), or: listOf(isFilter) }, [])(value);
  }
  return shape({ member: isText, operator: oneOf(...operators), values: listOf(isText) }, ['member', 'operator'])(
    value
  );
};

const isQuery = shape(
  {
    kind: oneOf('view'),
    version: oneOf(1),
    view: isText,
    measures: listOf(isText),
    dimensions: listOf(isText),
    timeDimension: shape({ dimension: isText, granularity: isText }, ['dimension']),
    filters: listOf(isFilter),
    segments: listOf(isText),
    order: listOf(shape({ member: isText, direction: oneOf('asc', 'desc') }, ['member', 'direction'])),
    limit: (value) => (Number.isInteger(value) && (value as number) > 0 ? undefined : 'must be a whole number above 0'),
    format: oneOf('time_series', 'table'),
    timeZone: isText,
    compare: oneOf('previous'),
    drillDown: listOf(isText),
  },
  ['kind', 'version', 'view', 'measures', 'dimensions', 'filters', 'segments', 'order', 'format']
);

/** Lists of a query of either form. */
const restLists = ['measures', 'dimensions', 'segments', 'filters', 'timeDimensions'];

/**
 * Reads an edited query. A query of Cube's REST API is taken as well.
 * @param current keeps what the text does not hold: its name in the panel, its data source
 * @returns the query, or what is wrong with the text
 */
export function fromText(text: string, current: CubeQuery): { query: CubeQuery } | { problem: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { problem: `This is not valid JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { problem: 'A query is an object: { "measures": [...], ... }' };
  }
  const odd = restLists.find((name) => !Array.isArray((parsed as Record<string, unknown>)[name] ?? []));
  const migrated = migrate(parsed);
  const problem = odd === undefined ? isQuery(migrated) : `"${odd}" must be a list`;
  if (problem !== undefined) {
    return { problem: `The query ${problem}.` };
  }
  const kept = Object.entries(current).filter(([name]) => outside.includes(name));
  return { query: { ...migrated, ...(Object.fromEntries(kept) as Pick<CubeQuery, 'refId'>) } };
}

import { t } from '../i18n/t';
import { migrate } from './migrations';
import { operators, type CubeQuery } from './query';

/** Fields that belong to Grafana, or to a request, and are not edited as text. */
const outside = ['refId', 'hide', 'datasource', 'key', 'adHoc', 'queryType'];

/** The query as text for editing. */
export function toText(query: CubeQuery): string {
  const entries = Object.entries(query).filter(([name, value]) => !outside.includes(name) && value !== undefined);
  return JSON.stringify(Object.fromEntries(entries), null, 2);
}

/**
 * Says in a sentence what is wrong with a value.
 * @param what the value's name at the start of that sentence
 */
type Check = (value: unknown, what: string) => string | undefined;

const isText: Check = (value, what) =>
  typeof value === 'string' ? undefined : t('json.text', '{{what}} must be text.', { what });
const oneOf =
  (...allowed: unknown[]): Check =>
  (value, what) =>
    allowed.includes(value)
      ? undefined
      : t('json.one-of', '{{what}} must be one of {{allowed}}.', { what, allowed: allowed.join(', ') });

const part = (what: string, name: string) => t('json.part', '{{what}} "{{name}}"', { what, name });
const noList = (what: string) => t('json.list', '{{what}} must be a list.', { what });

function listOf(check: Check): Check {
  return (value, what) => {
    if (!Array.isArray(value)) {
      return noList(what);
    }
    for (const [index, item] of value.entries()) {
      const problem = check(item, t('json.entry', '{{what}}, entry {{number}}:', { what, number: index + 1 }));
      if (problem !== undefined) {
        return problem;
      }
    }
    return undefined;
  };
}

function shape(fields: Record<string, Check>, needed: string[]): Check {
  return (value, what) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return t('json.object', '{{what}} must be an object.', { what });
    }
    const missing = needed.find((name) => !(name in value));
    if (missing !== undefined) {
      return t('json.lacks', '{{what}} lacks "{{name}}".', { what, name: missing });
    }
    for (const [name, item] of Object.entries(value)) {
      const check = fields[name] ?? unknownAmong(Object.keys(fields));
      const problem = check(item, part(what, name));
      if (problem !== undefined) {
        return problem;
      }
    }
    return undefined;
  };
}

const unknownAmong =
  (known: string[]): Check =>
  (_value, what) =>
    t('json.unknown', '{{what}} is not known; known are {{known}}.', { what, known: known.join(', ') });

const isFilter: Check = (value, what) => {
  const group = value as { and?: unknown; or?: unknown } | null;
  if (group?.and !== undefined || group?.or !== undefined) {
    return shape({ and: listOf(isFilter), or: listOf(isFilter) }, [])(value, what);
  }
  return shape({ member: isText, operator: oneOf(...operators), values: listOf(isText) }, ['member', 'operator'])(
    value,
    what
  );
};

const isLimit: Check = (value, what) =>
  Number.isInteger(value) && (value as number) > 0
    ? undefined
    : t('json.limit', '{{what}} must be a whole number above 0.', { what });

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
    limit: isLimit,
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
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: t('json.invalid', 'This is not valid JSON: {{reason}}', { reason }) };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { problem: t('json.no-object', 'A query is an object: { "measures": [...], ... }') };
  }
  const odd = restLists.find((name) => !Array.isArray((parsed as Record<string, unknown>)[name] ?? []));
  const migrated = migrate(parsed);
  const what = t('json.query', 'The query');
  const problem = odd === undefined ? isQuery(migrated, what) : noList(part(what, odd));
  if (problem !== undefined) {
    return { problem };
  }
  const kept = Object.entries(current).filter(([name]) => outside.includes(name));
  return { query: { ...migrated, ...(Object.fromEntries(kept) as Pick<CubeQuery, 'refId'>) } };
}

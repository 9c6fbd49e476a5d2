import { emptyQuery, type Condition, type CubeQuery, type Filter, type Granularity, type Order } from './query';

type Stored = Record<string, unknown>;

/**
 * Steps from one version of a stored query to the next; the twin of pkg/model/migrate.go. Both are tested with
 * pkg/model/testdata/migrations.json.
 */
const migrations: Partial<Record<number, (stored: Stored) => Stored>> = {
  0: fromRest,
};

/** Brings a stored query to the current version. One that is newer, or of another kind, stays as it is. */
export function migrate(stored: object): CubeQuery {
  let query: Stored = { ...stored };
  for (;;) {
    const version = typeof query['version'] === 'number' ? query['version'] : 0;
    const step = migrations[version];
    if (!step || (version === 0 && query['kind'] !== undefined)) {
      return query as unknown as CubeQuery;
    }
    query = step(query);
  }
}

/** A query of Cube's REST API, as other tools store it. */
interface RestQuery {
  measures?: string[];
  dimensions?: string[];
  segments?: string[];
  timeDimensions?: Array<{ dimension: string; granularity?: Granularity }>;
  filters?: RestFilter[];
  order?: Array<[string, Order['direction']]> | Record<string, Order['direction']>;
  limit?: number;
  timezone?: string;
}

interface RestFilter {
  member?: string;
  dimension?: string;
  operator?: Condition['operator'];
  values?: unknown[];
  and?: RestFilter[];
  or?: RestFilter[];
}

/** What is stored may be anything: a list that is none counts as empty. */
function list<Item>(stored: Item[] | undefined): Item[] {
  return Array.isArray(stored) ? stored : [];
}

/** A fixed range of dates is left out: the dashboard's takes its place. */
function fromRest(stored: Stored): Stored {
  const { measures, dimensions, segments, timeDimensions, filters, order, limit, timezone, ...rest } =
    stored as RestQuery & Stored;
  const [time] = list(timeDimensions);
  const [first = ''] = [...list(measures), ...list(dimensions), ...(time ? [time.dimension] : [])];
  const isSeries = Boolean(time?.granularity) && list(measures).length > 0;
  return {
    ...rest,
    ...emptyQuery,
    view: String(first).split('.')[0],
    measures: list(measures),
    dimensions: list(dimensions),
    segments: list(segments),
    filters: list(filters).map(fromRestFilter),
    order: (Array.isArray(order) ? order : Object.entries(order ?? {})).map(([member, direction]) => ({
      member,
      direction,
    })),
    format: isSeries ? 'time_series' : 'table',
    ...(time && {
      timeDimension: { dimension: time.dimension, ...(time.granularity && { granularity: time.granularity }) },
    }),
    ...(limit && { limit }),
    ...(timezone && { timeZone: timezone }),
  };
}

function fromRestFilter({ member, dimension, operator, values, and, or }: RestFilter): Filter {
  if (and) {
    return { and: and.map(fromRestFilter) };
  }
  if (or) {
    return { or: or.map(fromRestFilter) };
  }
  return {
    member: member ?? dimension ?? '',
    operator: operator ?? 'equals',
    ...(values && { values: values.map(String) }),
  };
}

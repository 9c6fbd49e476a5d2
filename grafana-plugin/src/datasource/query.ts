import type { DataSourceJsonData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

/**
 * The query as panels, alert rules and dashboards store it: the twin of pkg/model. `kind` tells queries of another
 * nature apart; `version` grows when a stored query would otherwise change its meaning.
 */
export interface CubeQuery extends DataQuery {
  kind: 'view';
  version: 1;
  /** The one view that every member belongs to. */
  view: string;
  measures: string[];
  dimensions: string[];
  /** What the dashboard's time range applies to; without a granularity it only filters. */
  timeDimension?: TimeDimension;
  filters: Filter[];
  segments: string[];
  order: Order[];
  /** The data source's row limit when left out. */
  limit?: number;
  format: Format;
  /** The data source's time zone when left out. */
  timeZone?: string;
  /** Adds the figures of the range of the same length before. */
  compare?: 'previous';
  /** The dimensions by which a link on each figure breaks it down. */
  drillDown?: string[];
  /** The dashboard's ad hoc filters: they come with a request and are never stored. */
  adHoc?: AdHocFilter[];
}

/** A filter that applies to every view with a dimension of its name. */
export interface AdHocFilter {
  key: string;
  operator: string;
  values: string[];
}

export type Format = 'time_series' | 'table';

export interface TimeDimension {
  dimension: string;
  granularity?: Granularity;
}

export const granularities = ['auto', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

/** One of the standard ones, or a name that the model defines. */
export type Granularity = (typeof granularities)[number] | (string & {});

export interface Condition {
  member: string;
  operator: Operator;
  values?: string[];
}

export type Group = { and: Filter[] } | { or: Filter[] };

export type Filter = Condition | Group;

export const operators = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
  'gt',
  'gte',
  'lt',
  'lte',
  'set',
  'notSet',
  'inDateRange',
  'notInDateRange',
  'onTheDate',
  'beforeDate',
  'beforeOrOnDate',
  'afterDate',
  'afterOrOnDate',
] as const;

export type Operator = (typeof operators)[number];

export interface Order {
  member: string;
  direction: 'asc' | 'desc';
}

export const emptyQuery: Omit<CubeQuery, 'refId'> = {
  kind: 'view',
  version: 1,
  view: '',
  measures: [],
  dimensions: [],
  filters: [],
  segments: [],
  order: [],
  format: 'table',
};

/** Is there enough to ask Cube? */
export function isComplete(query: CubeQuery): boolean {
  const selects = query.measures.length + query.dimensions.length > 0;
  if (query.format === 'time_series') {
    return query.measures.length > 0 && Boolean(query.timeDimension?.granularity);
  }
  return query.view !== '' && (selects || Boolean(query.timeDimension?.granularity));
}

/** Is there a condition whose value is still to be chosen? */
export function isOpen(filters: Filter[]): boolean {
  return filters.some((filter) => {
    if ('member' in filter) {
      return filter.values?.length === 0;
    }
    return isOpen('and' in filter ? filter.and : filter.or);
  });
}

export type OrganisationRole = 'Viewer' | 'Editor' | 'Admin';

/** Settings that may be shown. */
export interface CubeOptions extends DataSourceJsonData {
  roleMapping?: Partial<Record<OrganisationRole, string[]>>;
  alertRoles?: string[];
  /** Addresses of the services behind the app's pages. */
  mlUrl?: string;
  alertsUrl?: string;
  timeZone?: string;
  currency?: string;
  rowLimit?: number;
  budgetSeconds?: number;
  maxResponseMiB?: number;
}

/** Settings that are stored encrypted and never come back. */
export interface CubeSecrets {
  apiSecret?: string;
}

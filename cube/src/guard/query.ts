/** A query whose shape has been checked: plain names only. */
export interface PlainQuery {
  measures?: string[];
  dimensions?: string[];
  segments?: string[];
  timeDimensions?: PlainTimeDimension[];
  filters?: PlainFilter[];
  order?: [string, 'asc' | 'desc'][];
  limit?: number;
  offset?: number;
  total?: boolean;
  timezone?: string;
  ungrouped?: boolean;
  responseFormat?: 'default' | 'compact' | 'columnar';
  cache?: string;
}

export type DateRange = string | string[];

export interface PlainTimeDimension {
  dimension: string;
  granularity?: string;
  dateRange?: DateRange;
  compareDateRange?: DateRange[];
}

export type FilterValue = string | number | boolean | null;

export interface PlainCondition {
  member: string;
  operator: string;
  values?: FilterValue[];
}

export type PlainFilter = PlainCondition | { and: PlainFilter[] } | { or: PlainFilter[] };

/** The conditions of nested filters, one after the other. */
export function* conditionsOf(filters: readonly PlainFilter[]): Generator<PlainCondition> {
  for (const filter of filters) {
    if ('and' in filter) yield* conditionsOf(filter.and);
    else if ('or' in filter) yield* conditionsOf(filter.or);
    else yield filter;
  }
}

/** Conditions that all hold need no group; Cube refuses groups that mix measures and dimensions, even these. */
export function flattenGroups(filters: readonly PlainFilter[]): PlainFilter[] {
  return filters.flatMap((filter) => ('and' in filter ? flattenGroups(filter.and) : [filter]));
}

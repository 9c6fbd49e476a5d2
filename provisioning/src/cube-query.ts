import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';

export const dataSource = { type: 'fairunderwriting-cube-datasource', uid: 'fua-cube' };

export interface Condition {
  member: string;
  operator: string;
  values: string[];
}

/** What to ask a view; members are named without the view's name. */
export interface Question {
  measures?: string[];
  by?: string[];
  /** The time dimension that the dashboard's range applies to; `as_of` takes the newest day in it. */
  time: string;
  /** Makes one row or point per period. */
  every?: 'auto' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
  /** `member`, `operator` and its values; a variable's name with `$` is filled in by Grafana. */
  where?: [member: string, operator: string, ...values: string[]][];
  order?: Record<string, 'asc' | 'desc'>;
  limit?: number;
  /** Puts the range of the same length before beside it. */
  comparePrevious?: boolean;
  /** The dimensions by which a link on each figure breaks it down. */
  drillDown?: string[];
  refId?: string;
}

/** The query of the Cube data source as dashboards and alert rules store it. */
export interface CubeQuery {
  refId: string;
  kind: 'view';
  version: 1;
  view: string;
  measures: string[];
  dimensions: string[];
  timeDimension: { dimension: string; granularity?: string };
  filters: Condition[];
  segments: string[];
  order: { member: string; direction: 'asc' | 'desc' }[];
  limit?: number;
  format: 'table' | 'time_series';
  compare?: 'previous';
  drillDown?: string[];
}

/** A question as the data source's stored query. */
export function cubeQuery(view: string, question: Question, format: CubeQuery['format']): CubeQuery {
  const full = (member: string) => `${view}.${member}`;
  const { measures = [], by = [], time, every, where = [], order = {}, limit, comparePrevious, drillDown } = question;
  return {
    refId: question.refId ?? 'A',
    kind: 'view',
    version: 1,
    view,
    measures: measures.map(full),
    dimensions: by.map(full),
    timeDimension: { dimension: full(time), ...(every === undefined ? {} : { granularity: every }) },
    filters: where.map(([member, operator, ...values]) => ({ member: full(member), operator, values })),
    segments: [],
    order: Object.entries(order).map(([member, direction]) => ({ member: full(member), direction })),
    ...(limit === undefined ? {} : { limit }),
    format,
    ...(comparePrevious === true ? { compare: 'previous' } : {}),
    ...(drillDown === undefined ? {} : { drillDown: drillDown.map(full) }),
  };
}

/** Rows: one for each combination of dimensions and period. */
export const rows = (view: string, question: Question): Builder<Dataquery> =>
  target(cubeQuery(view, question, 'table'));

/** Series over time: one for each measure and combination of dimensions. */
export const series = (view: string, question: Question & Required<Pick<Question, 'every'>>): Builder<Dataquery> =>
  target(cubeQuery(view, question, 'time_series'));

function target(query: CubeQuery): Builder<Dataquery> {
  // The library's marker of a query is a method, which JSON leaves out.
  return { build: () => ({ ...query, datasource: dataSource, _implementsDataqueryVariant: () => undefined }) };
}

import type { AdHocVariableFilter, MetricFindValue, QueryFixAction } from '@grafana/data';
import { viewOf, type Member, type Meta, type View } from './meta';
import type { AdHocFilter, Condition, CubeQuery } from './query';

/** The dashboard's filters in the form that the backend applies, where a view has such a dimension. */
export function adHocFilters(filters: AdHocVariableFilter[] = []): AdHocFilter[] {
  return filters.map(({ key, operator, value, values }) => ({
    key,
    operator,
    values: values && values.length > 0 ? values : [value],
  }));
}

/** A name without its view: filters of a dashboard go by it, so that they hold for every view that has it. */
export function shortName(member: string): string {
  return member.slice(member.lastIndexOf('.') + 1);
}

/** What a dashboard can be filtered by: the dimensions of the views that it asks, or of all. */
export function tagKeys(meta: Meta, queries: CubeQuery[] = []): MetricFindValue[] {
  const asked = queries.map(({ view }) => view);
  const views = meta.views.filter(({ name }) => asked.length === 0 || asked.includes(name));
  const titles = new Map<string, string>();
  for (const { name, shortTitle, type } of views.flatMap(({ dimensions }) => dimensions)) {
    if (type !== 'time' && !titles.has(shortName(name))) {
      titles.set(shortName(name), shortTitle);
    }
  }
  return [...titles].map(([value, text]) => ({ value, text })).sort((one, other) => one.text.localeCompare(other.text));
}

/** The dimension whose values a filter's key stands for: one of the asked views, else of any. */
export function tagDimension(meta: Meta, key: string, queries: CubeQuery[] = []): string | undefined {
  const asked = queries.map(({ view }) => viewOf(meta, view));
  const found = [...asked, ...meta.views].flatMap(({ dimensions }) => dimensions);
  return found.find(({ name }) => shortName(name) === shortName(key))?.name;
}

/** Adds what a cell or a label of Explore was filtered by to the query. */
export function withFilter(query: CubeQuery, view: View, { type, options }: QueryFixAction): CubeQuery {
  const key = options?.['key'] ?? '';
  const value = options?.['value'] ?? '';
  const isKey = ({ name, shortTitle }: Member) => shortName(name) === shortName(key) || shortTitle === key;
  const member = view.dimensions.find(isKey)?.name ?? `${query.view}.${shortName(key)}`;
  if (type !== 'ADD_FILTER' && type !== 'ADD_FILTER_OUT') {
    return query;
  }
  const operator = type === 'ADD_FILTER' ? 'equals' : 'notEquals';
  const others = query.filters.filter(
    (filter) => !('member' in filter && filter.member === member && ['equals', 'notEquals'].includes(filter.operator))
  );
  const filter: Condition = { member, operator, values: [value] };
  return { ...query, filters: [...others, filter] };
}

import {
  CustomVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { dataSource } from './cube-query.ts';

/** One value of a dimension in the dashboard's range; the first is chosen at first. */
export function valueOf(name: string, label: string, dimension: string, description: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(dataSource)
    .query({ refId: 'variable', dimension, filters: [] })
    .definition(dimension)
    .refresh(VariableRefresh.OnTimeRangeChanged);
}

/** The values of a dimension in the dashboard's range, all of them chosen at first. */
export function valuesOf(name: string, label: string, dimension: string, description: string): QueryVariableBuilder {
  return valueOf(name, label, dimension, description)
    .includeAll(true)
    .multi(true)
    .current({ text: ['All'], value: ['$__all'] });
}

/** One of a few; the first is chosen at first. */
export function oneOf(
  name: string,
  label: string,
  choices: [value: string, text: string][],
  description: string,
): CustomVariableBuilder {
  const [first] = choices;
  return new CustomVariableBuilder(name)
    .label(label)
    .description(description)
    .values(choices.map(([value, text]) => `${text} : ${value}`).join(', '))
    .current({ text: first?.[1] ?? '', value: first?.[0] ?? '' })
    .options(choices.map(([value, text]) => ({ text, value, selected: value === first?.[0] })));
}

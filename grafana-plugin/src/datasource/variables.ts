import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import type { Condition, CubeQuery, Filter } from './query';

type Variables = Pick<TemplateSrv, 'replace' | 'containsTemplate'>;

/** What Grafana gives for a variable whose value is All. */
const allValue = '$__all';

/**
 * Puts the values of dashboard variables into a query. A variable with several values becomes several values of the
 * filter; a filter whose variable is All, or empty, restricts nothing and is left out.
 */
export function interpolate(query: CubeQuery, variables: Variables, scoped?: ScopedVars): CubeQuery {
  const replace = (text: string) => variables.replace(text, scoped);
  const { timeDimension } = query;
  return {
    ...query,
    view: replace(query.view),
    measures: query.measures.flatMap((member) => values(member, variables, scoped)),
    dimensions: query.dimensions.flatMap((member) => values(member, variables, scoped)),
    segments: query.segments.map(replace),
    order: query.order.map((order) => ({ ...order, member: replace(order.member) })),
    filters: query.filters.flatMap((filter) => interpolateFilter(filter, variables, scoped)),
    ...(timeDimension && {
      timeDimension: {
        dimension: replace(timeDimension.dimension),
        ...(timeDimension.granularity && { granularity: replace(timeDimension.granularity) }),
      },
    }),
    ...(query.timeZone && { timeZone: replace(query.timeZone) }),
  };
}

function interpolateFilter(filter: Filter, variables: Variables, scoped?: ScopedVars): Filter[] {
  if ('and' in filter) {
    return group(filter.and, variables, scoped).map((and) => ({ and }));
  }
  if ('or' in filter) {
    return group(filter.or, variables, scoped).map((or) => ({ or }));
  }
  return interpolateCondition(filter, variables, scoped);
}

function group(filters: Filter[], variables: Variables, scoped?: ScopedVars): Filter[][] {
  const parts = filters.flatMap((filter) => interpolateFilter(filter, variables, scoped));
  return parts.length > 0 ? [parts] : [];
}

function interpolateCondition(condition: Condition, variables: Variables, scoped?: ScopedVars): Condition[] {
  const member = variables.replace(condition.member, scoped);
  if (!condition.values) {
    return [{ ...condition, member }];
  }
  const restricts = !condition.values.some((value) => isAll(value, variables, scoped));
  const given = condition.values.flatMap((value) => values(value, variables, scoped));
  const wasVariable = condition.values.some((value) => variables.containsTemplate(value));
  if (!restricts || (wasVariable && given.length === 0)) {
    return [];
  }
  return [{ ...condition, member, values: given }];
}

function isAll(text: string, variables: Variables, scoped?: ScopedVars): boolean {
  if (!variables.containsTemplate(text)) {
    return false;
  }
  let all = false;
  variables.replace(text, scoped, (value: string | string[]) => {
    all ||= [value].flat().includes(allValue);
    return '';
  });
  return all;
}

/** The text with its variables filled in: one text for each value of a variable that has several. */
function values(text: string, variables: Variables, scoped?: ScopedVars): string[] {
  if (!variables.containsTemplate(text)) {
    return [text];
  }
  let several: string[] | undefined;
  const whole = variables.replace(text, scoped, (value: string | string[]) => {
    several = [value].flat();
    return several.length === 1 ? several[0]! : '\u0000';
  });
  const found = several ?? [];
  if (!whole.includes('\u0000')) {
    return found.length === 0 && whole === '' ? [] : [whole];
  }
  return found.map((value) => whole.replaceAll('\u0000', value));
}

import type { Condition, Filter } from '../../datasource/query';
import { kinds, type Kind } from './kinds';

/** What a cohort's builder can express: each dimension is one of these values. Short names of dimensions. */
export type Criteria = Readonly<Record<string, readonly string[]>>;

/** Dimensions that say what a customer is, as far as a role sees them. */
export const criteriaDimensions = ['genotype', 'payer_type', 'insurance', 'channel', 'state'] as const;

const mostText = 4_000;

/** Reads criteria from the address; what cannot be read chooses everybody. */
export function criteriaFromText(text: string | null): Criteria {
  if (text === null || text === '' || text.length > mostText) {
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return {};
    }
    const known = Object.entries(value).filter(
      (entry): entry is [string, string[]] =>
        criteriaDimensions.some((name) => name === entry[0]) &&
        Array.isArray(entry[1]) &&
        entry[1].length > 0 &&
        entry[1].every((one) => typeof one === 'string')
    );
    return Object.fromEntries(known);
  } catch {
    return {};
  }
}

/** For the address; undefined where everybody is chosen. */
export function criteriaToText(criteria: Criteria): string | undefined {
  const given = Object.entries(criteria).filter(([, values]) => values.length > 0);
  return given.length === 0 ? undefined : JSON.stringify(Object.fromEntries(given));
}

/** As filters of a question to a kind's view, which is also what is saved. */
export function toFilters(kind: Kind, criteria: Criteria): Condition[] {
  return Object.entries(criteria)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => ({ member: `${kinds[kind].view}.${name}`, operator: 'equals', values: [...values] }));
}

/** Saved filters as criteria; undefined where they say more than the builder can show. */
export function fromFilters(filters: readonly Filter[]): Criteria | undefined {
  const criteria: Record<string, string[]> = {};
  for (const filter of filters) {
    if (!('member' in filter) || filter.operator !== 'equals' || !filter.values?.length) {
      return undefined;
    }
    const name = filter.member.split('.')[1] ?? '';
    if (!criteriaDimensions.some((known) => known === name) || criteria[name]) {
      return undefined;
    }
    criteria[name] = filter.values.map(String);
  }
  return criteria;
}

/** Whether no customer can be in both: some dimension has no value in common. */
export function areDisjoint(a: Criteria, b: Criteria): boolean {
  return Object.entries(a).some(([name, values]) => {
    const others = b[name] ?? [];
    return values.length > 0 && others.length > 0 && !values.some((value) => others.includes(value));
  });
}

/** In words, such as `state OH, TX · payer type medicaid`; empty for everybody. */
export function inWords(filters: readonly Filter[]): string {
  return filters.map(describe).join(' · ');
}

function describe(filter: Filter): string {
  if ('and' in filter) {
    return filter.and.map(describe).join(' · ');
  }
  if ('or' in filter) {
    return filter.or.map(describe).join(' / ');
  }
  const name = (filter.member.split('.')[1] ?? filter.member).replaceAll('_', ' ');
  const values = (filter.values ?? []).join(', ');
  return filter.operator === 'equals' ? `${name} ${values}` : `${name} ${filter.operator} ${values}`;
}

import type { Catalogue } from '../guard/catalogue.ts';
import { RefusedError, invalid } from '../guard/errors.ts';
import { readFilters } from '../guard/filters.ts';
import { checkMembers } from '../guard/members.ts';
import { conditionsOf, type PlainFilter } from '../guard/query.ts';
import { fieldsOf, oneOf, whole } from '../guard/values.ts';

/** The kinds of cohort, and the view that each is made of. */
const views = {
  paying: 'cohorts_paying',
  first_payment: 'cohorts_by_first_payment',
  sign_up: 'cohorts_by_sign_up',
  first_test: 'cohorts_by_first_test',
} as const;

export type CohortKind = keyof typeof views;
const kinds = Object.keys(views) as CohortKind[];

const longest = { name: 255, description: 1_000 } as const;

/** Which customers belong: those of the kind's view that all filters let through. */
export interface Criteria {
  kind: CohortKind;
  filters: PlainFilter[];
}

export interface CohortDefinition extends Criteria {
  name: string;
  description: string | null;
}

/** Whether the caller may see any kind of cohort at all. */
export function seesCohorts(catalogue: Catalogue): boolean {
  return kinds.some((kind) => catalogue.get(views[kind])?.has(`${views[kind]}.cohort_size`));
}

/**
 * Reads what a caller wants to save: plain text, a known kind, filters on dimensions that the caller may see.
 * @throws RefusedError 400 naming the field, 403 for a member that is hidden or unknown
 */
export function readDefinition(body: unknown, catalogue: Catalogue): CohortDefinition {
  const fields = fieldsOf(body, 'The cohort', ['name', 'description', 'kind', 'filters', 'version']);
  const description = fields['description'] ?? null;
  return {
    name: readText(fields['name'], 'name', longest.name),
    description:
      description === null || description === '' ? null : readText(description, 'description', longest.description),
    ...readCriteria({ kind: fields['kind'], filters: fields['filters'] }, catalogue),
  };
}

/** The version that a change is based on. */
export function readVersion(body: unknown): number {
  return whole((body as { version?: unknown } | null)?.version, 'version', 1, 2_147_483_647);
}

/**
 * Reads criteria, from a caller or as stored.
 * @throws RefusedError as {@link readDefinition}
 */
export function readCriteria(value: unknown, catalogue: Catalogue): Criteria {
  const fields = fieldsOf(value, 'The criteria', ['kind', 'filters']);
  const kind = oneOf(fields['kind'], 'kind', kinds);
  const filters = readFilters(fields['filters'] ?? [], { conditions: 0, values: 0 });
  const view = views[kind];
  checkMembers({ measures: [`${view}.cohort_size`], filters }, catalogue);
  for (const { member } of conditionsOf(filters)) {
    const known = catalogue.get(view)?.get(member);
    // An aggregate says nothing about a single customer, and the instant is chosen when the cohort is looked at.
    if (known?.kind !== 'dimension' || known.isSelector) invalid(`${member} does not describe a customer.`);
  }
  return { kind, filters };
}

/** Stored criteria as this caller may use them; undefined when they name what the caller may not see. */
export function visibleCriteria(value: unknown, catalogue: Catalogue): Criteria | undefined {
  try {
    return readCriteria(value, catalogue);
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

function readText(value: unknown, what: string, most: number): string {
  if (typeof value !== 'string' || value.trim() === '') invalid(`The cohort needs a ${what}.`);
  const text = value.trim();
  if (text.length > most) invalid(`The ${what} has ${text.length} characters; at most ${most} are allowed.`);
  if (hasControlCharacters(text)) invalid(`The ${what} has control characters; write plain text.`);
  return text;
}

/** Line breaks and tabs are text; the rest of the control characters, 0 above all, Postgres or a screen cannot show. */
function hasControlCharacters(text: string): boolean {
  return /[^\P{Cc}\n\r\t]/u.test(text);
}

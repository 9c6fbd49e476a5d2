import { invalid } from './errors.ts';
import type { PlainQuery } from './query.ts';

/**
 * A query without a time zone gets the first of those served; with one, it must be among them. Where none are
 * configured, any zone is served.
 */
export function inServedZone(query: PlainQuery, served: readonly string[]): PlainQuery {
  const [first] = served;
  if (first === undefined) return query;
  const { timezone = first } = query;
  if (!served.includes(timezone)) {
    invalid(`timezone "${timezone}" is not served here. Served: ${served.join(', ')}.`);
  }
  return { ...query, timezone };
}

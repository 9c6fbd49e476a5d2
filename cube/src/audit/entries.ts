import { randomUUID } from 'node:crypto';
import type { Identity } from '../auth/verify.ts';
import { conditionsOf, type PlainQuery } from '../guard/query.ts';

/** One query of the record: who asked what, and how it ended. It never holds a value. */
export interface AuditEntry {
  id: string;
  at: Date;
  user: string;
  roles: readonly string[];
  source: 'rest' | 'sql_api';
  action: string;
  view: string | null;
  members: string[];
  status: number;
  durationMs: number;
}

/** What a request was, beside its queries. */
export type AuditedRequest = Pick<AuditEntry, 'at' | 'source' | 'action' | 'status' | 'durationMs'>;

/** Longest user name that is kept; tokens are signed here, so a longer one is no name. */
const longestUser = 200;

/**
 * The entries of one request, one per query.
 * @param asked what was read of it; undefined when it was refused before that
 */
export function entriesOf(
  { sub, roles }: Pick<Identity, 'sub' | 'roles'>,
  asked: PlainQuery | PlainQuery[] | undefined,
  request: AuditedRequest,
): AuditEntry[] {
  const queries = asked === undefined ? [undefined] : [asked].flat();
  return queries.map((query) => {
    const members = query ? membersOf(query) : [];
    return {
      ...request,
      id: randomUUID(),
      // Postgres keeps no null character.
      user: sub.replaceAll('\u0000', '').slice(0, longestUser) || '?',
      roles,
      view: members[0]?.split('.', 1)[0] ?? null,
      members,
    };
  });
}

/** Names only, each once. */
function membersOf({ measures = [], dimensions = [], segments = [], timeDimensions = [], filters = [] }: PlainQuery) {
  const names = [
    ...measures,
    ...dimensions,
    ...segments,
    ...timeDimensions.map(({ dimension }) => dimension),
    ...[...conditionsOf(filters)].map(({ member }) => member),
  ];
  // A dimension may carry its granularity.
  return [
    ...new Set(names.filter((name) => typeof name === 'string').map((name) => name.split('.').slice(0, 2).join('.'))),
  ].sort();
}

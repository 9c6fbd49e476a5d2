import type { CubeContext, SqlIdentity } from '../auth/cube-auth.ts';
import type { PlainQuery } from '../guard/query.ts';
import { entriesOf, type AuditEntry } from './entries.ts';

let listener: ((entries: AuditEntry[]) => void) | undefined;

/** What is asked over the SQL API does not pass the guard: it is heard of when Cube rewrites the query. */
export function onSqlApiQuery(listen: (entries: AuditEntry[]) => void): void {
  listener = listen;
}

/** Records a query of the SQL API as it comes; how it ends, and after how long, is not known here. */
export function recordSqlApi(query: PlainQuery, { securityContext }: CubeContext): void {
  if (!listener || (securityContext as Partial<SqlIdentity> | null | undefined)?.via !== 'sql_api') return;
  const { sub = '', roles = [] } = securityContext ?? {};
  listener(
    entriesOf({ sub, roles }, query, { at: new Date(), source: 'sql_api', action: 'load', status: 200, durationMs: 0 }),
  );
}

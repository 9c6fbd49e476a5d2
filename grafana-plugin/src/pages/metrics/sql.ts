import { emptyQuery } from '../../datasource/query';
import type { Question } from '../shared/cube';
import { request, resourceUrl } from '../shared/request';
import type { Entry } from './entries';

/** A question that asks for nothing but the entry. */
export function questionOf({ view, member, kind }: Entry): Question {
  return kind === 'measure'
    ? { view: view.name, measures: [member.name] }
    : { view: view.name, dimensions: [member.name], limit: 100 };
}

/** The statement behind an entry. @throws RequestError 403 for roles that Cube shows no SQL */
export async function fetchStatement(uid: string, entry: Entry): Promise<string> {
  const query = { ...emptyQuery, ...questionOf(entry), refId: 'A' };
  const body = { query, from: 0, to: Date.now(), intervalMs: 86_400_000 };
  const { sql } = await request<{ sql: string }>(resourceUrl(uid, 'sql'), { method: 'POST', body });
  return sql;
}

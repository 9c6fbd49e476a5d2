import { toDataQueryResponse, type BackendDataSourceResponse } from '@grafana/runtime';
import { t } from '../../i18n/t';
import { emptyQuery, type CubeQuery, type Filter } from '../../datasource/query';
import type { Meta } from '../../datasource/meta';
import { Answer } from './answer';
import { dataSourceType } from './app';
import { request, RequestError, resourceUrl } from './request';

export type Question = Partial<Omit<CubeQuery, 'refId' | 'datasource'>> & Pick<CubeQuery, 'view'>;

export interface TimeWindow {
  from: Date;
  to: Date;
}

/** A condition by the short name of a member. */
export function condition(
  view: string,
  member: string,
  operator: 'equals' | 'notEquals' | 'gt',
  values: string[]
): Filter {
  return { member: `${view}.${member}`, operator, values };
}

/** The members of a view by their short names. */
export function members(view: string, names: readonly string[]): string[] {
  return names.map((name) => `${view}.${name}`);
}

/**
 * Asks Cube through the data source, as the signed-in user.
 * @param window what a question's time dimension is bound to; without one all time
 * @throws RequestError when the question is refused or fails
 */
export async function ask(uid: string, question: Question, window: TimeWindow = allTime()): Promise<Answer> {
  const query = { ...emptyQuery, ...question, refId: 'A', datasource: { uid, type: dataSourceType } };
  const answer = await request<BackendDataSourceResponse>('/api/ds/query', {
    method: 'POST',
    body: {
      from: String(window.from.getTime()),
      to: String(window.to.getTime()),
      queries: [{ ...query, intervalMs: 86_400_000, maxDataPoints: 1_000 }],
    },
  });
  const { data, errors } = toDataQueryResponse({ data: answer }, [query]);
  if (errors?.[0]) {
    throw new RequestError(errors[0].status ?? 0, errors[0].message ?? t('app.query-failed', 'The query failed.'));
  }
  return new Answer(data[0] ?? { fields: [], length: 0 });
}

/** What the model offers to the signed-in user. */
export function fetchMeta(uid: string): Promise<Meta> {
  return request<Meta>(resourceUrl(uid, 'meta'));
}

function allTime(): TimeWindow {
  return { from: new Date('1970-01-01T00:00:00Z'), to: new Date('2199-12-31T00:00:00Z') };
}

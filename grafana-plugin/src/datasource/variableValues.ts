import {
  getDefaultTimeRange,
  type DataQueryRequest,
  type DataQueryResponse,
  type MetricFindValue,
  type ScopedVars,
  type TimeRange,
} from '@grafana/data';
import { t } from '../i18n/t';
import { emptyQuery, type AdHocFilter, type CubeQuery, type Filter } from './query';

/** What Grafana passes to `metricFindQuery`. */
export interface LegacyFindOptions {
  range?: TimeRange;
  scopedVars?: ScopedVars;
}

/** The query of a dashboard variable. Its filters may hold other variables: the list follows them. */
export interface VariableQuery {
  refId: string;
  dimension: string;
  filters: Filter[];
}

/** A list of values: those of one dimension, among the rows that the filters leave. */
export interface ValuesRequest {
  dimension: string;
  filters?: Filter[];
  adHoc?: AdHocFilter[];
}

/** A variable or a filter lists at most so many values. */
export const valuesLimit = 1000;

/** Reads the query of a variable, which may be plain text: `view.dimension`. */
export function readVariableQuery(stored: string | Partial<VariableQuery>): VariableQuery {
  const { dimension = '', filters = [] } = typeof stored === 'string' ? { dimension: stored.trim() } : stored;
  return { refId: 'variable', dimension, filters };
}

/** @throws Error when the text is not the name of a dimension */
export function valuesRequest(
  { dimension, filters = [], adHoc }: ValuesRequest,
  options: LegacyFindOptions = {}
): DataQueryRequest<CubeQuery> {
  const [view, name, ...rest] = dimension.split('.');
  if (!view || !name || rest.length > 0) {
    throw new Error(
      t('variable.no-dimension', '"{{text}}" is not the name of a dimension: write it as view.dimension', {
        text: dimension,
      })
    );
  }
  return {
    requestId: `values-${dimension}`,
    app: 'variable',
    interval: '1d',
    intervalMs: 86_400_000,
    range: options.range ?? getDefaultTimeRange(),
    scopedVars: options.scopedVars ?? {},
    startTime: Date.now(),
    timezone: 'utc',
    targets: [
      {
        ...emptyQuery,
        refId: 'values',
        view,
        dimensions: [dimension],
        filters,
        order: [{ member: dimension, direction: 'asc' }],
        limit: valuesLimit,
        ...(adHoc && { adHoc }),
      },
    ],
  };
}

/** The values of the first column, without null. */
export function listedValues(response: DataQueryResponse): MetricFindValue[] {
  const [error] = response.errors ?? [];
  if (error) {
    throw new Error(error.message ?? t('variable.no-values', 'The values could not be read'));
  }
  const column: unknown[] = response.data[0]?.fields[0]?.values ?? [];
  return column.filter((value) => value !== null && value !== '').map((value) => ({ text: String(value) }));
}

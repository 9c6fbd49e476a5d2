import {
  getDefaultTimeRange,
  type DataQueryRequest,
  type DataQueryResponse,
  type MetricFindValue,
  type ScopedVars,
  type TimeRange,
} from '@grafana/data';
import { emptyQuery, type CubeQuery } from './query';

/** What Grafana passes to `metricFindQuery`. */
export interface LegacyFindOptions {
  range?: TimeRange;
  scopedVars?: ScopedVars;
}

/** A variable lists at most so many values. */
const limit = 1000;

/** @throws Error when the text is not the name of a dimension */
export function variableRequest(member: string, options: LegacyFindOptions = {}): DataQueryRequest<CubeQuery> {
  const [view, name, ...rest] = member.split('.');
  if (!view || !name || rest.length > 0) {
    throw new Error(`"${member}" is not the name of a dimension: write it as view.dimension`);
  }
  const range = options.range ?? getDefaultTimeRange();
  return {
    requestId: `variable-${member}`,
    app: 'variable',
    interval: '1d',
    intervalMs: 86_400_000,
    range,
    scopedVars: options.scopedVars ?? {},
    startTime: Date.now(),
    timezone: 'utc',
    targets: [
      {
        ...emptyQuery,
        refId: 'values',
        view,
        dimensions: [member],
        order: [{ member, direction: 'asc' }],
        limit,
      },
    ],
  };
}

/** The values of the first column, without null. */
export function variableValues(response: DataQueryResponse): MetricFindValue[] {
  const [error] = response.errors ?? [];
  if (error) {
    throw new Error(error.message ?? 'The values could not be read');
  }
  const column: unknown[] = response.data[0]?.fields[0]?.values ?? [];
  return column.filter((value) => value !== null && value !== '').map((value) => ({ text: String(value) }));
}

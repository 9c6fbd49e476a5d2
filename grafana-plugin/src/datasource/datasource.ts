import {
  getDefaultTimeRange,
  type AdHocVariableFilter,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceGetTagKeysOptions,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  type MetricFindValue,
  type QueryFixAction,
  type ScopedVars,
  type TimeRange,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { lastValueFrom, type Observable } from 'rxjs';
import { t } from '../i18n/t';
import { adHocFilters, tagDimension, tagKeys, withFilter } from './adHoc';
import { noView, viewOf, type Meta } from './meta';
import { migrate } from './migrations';
import { emptyQuery, isComplete, type CubeOptions, type CubeQuery } from './query';
import {
  listedValues,
  readVariableQuery,
  valuesRequest,
  type LegacyFindOptions,
  type ValuesRequest,
  type VariableQuery,
} from './variableValues';
import { interpolate } from './variables';

/** The SQL of a query, and what Cube is asked. */
export interface ShownSql {
  sql: string;
  request: unknown;
}

/** The browser's side: everything that concerns data happens in the backend. */
export class CubeDataSource extends DataSourceWithBackend<CubeQuery, CubeOptions> {
  /** Annotations are queries as any other; Grafana maps their columns to events. */
  override annotations = {};
  private model?: Promise<Meta>;
  private knownModel: Meta = { views: [] };
  private readonly templates: TemplateSrv;

  constructor(settings: DataSourceInstanceSettings<CubeOptions>, templates: TemplateSrv = getTemplateSrv()) {
    super(settings);
    this.templates = templates;
  }

  override getDefaultQuery(): Partial<CubeQuery> {
    return emptyQuery;
  }

  override query(request: DataQueryRequest<CubeQuery>): Observable<DataQueryResponse> {
    return super.query({ ...request, targets: request.targets.map(migrate) });
  }

  override filterQuery(query: CubeQuery): boolean {
    return !query.hide && isComplete(complete(query));
  }

  override applyTemplateVariables(query: CubeQuery, scoped: ScopedVars, filters?: AdHocVariableFilter[]): CubeQuery {
    const filled = interpolate(complete(query), this.templates, scoped);
    return filters && filters.length > 0 ? { ...filled, adHoc: adHocFilters(filters) } : filled;
  }

  override interpolateVariablesInQueries(queries: CubeQuery[], scoped: ScopedVars): CubeQuery[] {
    return queries.map((query) => ({
      ...this.applyTemplateVariables(query, scoped),
      datasource: this.getRef(),
    }));
  }

  /** One line for a collapsed query. */
  override getQueryDisplayText(query: CubeQuery): string {
    const { measures, dimensions } = complete(query);
    if (measures.length > 0 && dimensions.length > 0) {
      return t('editor.summary', '{{measures}} by {{dimensions}}', {
        measures: measures.join(', '),
        dimensions: dimensions.join(', '),
      });
    }
    return [...measures, ...dimensions].join(', ') || t('editor.nothing', 'Nothing chosen yet');
  }

  /** What the model offers to this user; asked once, and again after a failure. */
  getMeta(): Promise<Meta> {
    this.model ??= this.getResource<Meta>('meta').then(
      (meta) => (this.knownModel = meta),
      (error: unknown) => {
        this.model = undefined;
        throw error;
      }
    );
    return this.model;
  }

  /** The SQL behind a query over a range, where the caller's role may see it. */
  getSql(query: CubeQuery, range: TimeRange = getDefaultTimeRange(), intervalMs = 86_400_000): Promise<ShownSql> {
    return this.postResource<ShownSql>('sql', {
      query: this.applyTemplateVariables(query, {}),
      from: range.from.valueOf(),
      to: range.to.valueOf(),
      intervalMs,
    });
  }

  /** The values of a dimension among the rows that the filters leave. */
  async getValues(request: ValuesRequest, options?: LegacyFindOptions): Promise<MetricFindValue[]> {
    return listedValues(await lastValueFrom(this.query(valuesRequest(request, options))));
  }

  override async metricFindQuery(
    stored: string | Partial<VariableQuery>,
    options?: LegacyFindOptions
  ): Promise<MetricFindValue[]> {
    const { dimension, filters } = readVariableQuery(stored);
    const member = this.templates.replace(dimension, options?.scopedVars).trim();
    return member === '' ? [] : this.getValues({ dimension: member, filters }, options);
  }

  override async getTagKeys(options?: DataSourceGetTagKeysOptions<CubeQuery>): Promise<MetricFindValue[]> {
    return tagKeys(await this.getMeta(), options?.queries?.map(complete));
  }

  override async getTagValues(options: DataSourceGetTagValuesOptions<CubeQuery>): Promise<MetricFindValue[]> {
    const dimension = tagDimension(await this.getMeta(), options.key, options.queries?.map(complete));
    if (dimension === undefined) {
      return [];
    }
    const adHoc = adHocFilters(options.filters.filter(({ key }) => key !== options.key));
    return this.getValues({ dimension, adHoc }, { range: options.timeRange });
  }

  override modifyQuery(stored: CubeQuery, action: QueryFixAction): CubeQuery {
    const query = complete(stored);
    return withFilter(query, query.view === '' ? noView : viewOf(this.knownModel, query.view), action);
  }
}

/** A query with every field, in the current version. */
function complete(query: CubeQuery): CubeQuery {
  return { ...emptyQuery, ...migrate(query) };
}

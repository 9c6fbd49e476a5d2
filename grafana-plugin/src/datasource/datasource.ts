import type { DataSourceInstanceSettings, MetricFindValue, ScopedVars } from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { Meta } from './meta';
import { emptyQuery, isComplete, type CubeOptions, type CubeQuery } from './query';
import { variableRequest, variableValues, type LegacyFindOptions } from './variableValues';
import { interpolate } from './variables';

/** The browser's side: everything that concerns data happens in the backend. */
export class CubeDataSource extends DataSourceWithBackend<CubeQuery, CubeOptions> {
  private model?: Promise<Meta>;
  private readonly templates: TemplateSrv;

  constructor(settings: DataSourceInstanceSettings<CubeOptions>, templates: TemplateSrv = getTemplateSrv()) {
    super(settings);
    this.templates = templates;
  }

  override getDefaultQuery(): Partial<CubeQuery> {
    return emptyQuery;
  }

  override filterQuery(query: CubeQuery): boolean {
    return !query.hide && isComplete({ ...emptyQuery, ...query });
  }

  override applyTemplateVariables(query: CubeQuery, scoped: ScopedVars): CubeQuery {
    return interpolate({ ...emptyQuery, ...query }, this.templates, scoped);
  }

  override interpolateVariablesInQueries(queries: CubeQuery[], scoped: ScopedVars): CubeQuery[] {
    return queries.map((query) => ({
      ...this.applyTemplateVariables(query, scoped),
      datasource: this.getRef(),
    }));
  }

  /** What the model offers to this user; asked once, and again after a failure. */
  getMeta(): Promise<Meta> {
    this.model ??= this.getResource<Meta>('meta').catch((error: unknown) => {
      this.model = undefined;
      throw error;
    });
    return this.model;
  }

  /** Values of a variable: `view.dimension` lists the values of that dimension. */
  override async metricFindQuery(text: string, options?: LegacyFindOptions): Promise<MetricFindValue[]> {
    const member = this.templates.replace(text, options?.scopedVars).trim();
    if (member === '') {
      return [];
    }
    return variableValues(await lastValueFrom(this.query(variableRequest(member, options))));
  }
}

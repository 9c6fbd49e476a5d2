import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dataSource } from '../cube-query.ts';
import { linkTo, type Link } from './link.ts';
import type { PanelText } from './text.ts';

interface OwnPanelOptions<Options> extends PanelText {
  queries: Builder<Dataquery>[];
  options: Options;
  width?: number;
  height: number;
  link?: Link;
}

/** Settings of the cohort panel; the rest are its defaults. */
export interface CohortOptions {
  view?: 'heatmap' | 'lines';
  measure?: 'percent' | 'revenue' | 'count';
  sortBy?: 'cohort' | 'period';
  descending?: boolean;
  showInsights?: boolean;
}

/** Retention of cohorts by period. */
export function cohorts(panel: OwnPanelOptions<CohortOptions>): PanelBuilder {
  return own('fairunderwriting-cohort-panel', panel, {
    view: 'heatmap',
    measure: 'percent',
    compare: 'none',
    benchmarkPeriod: 3,
    sortBy: 'cohort',
    sortPeriod: 3,
    descending: false,
    frozenColumns: 2,
    showSize: true,
    showAverage: true,
    showInsights: true,
    ...panel.options,
  });
}

/** Settings of the attribution panel; the rest are its defaults. */
export interface AttributionOptions {
  view: 'channels' | 'models' | 'journeys' | 'recommendations';
}

/** Credit, cost and return of channels, or the paths of journeys. */
export function attribution(panel: OwnPanelOptions<AttributionOptions>): PanelBuilder {
  return own('fairunderwriting-attribution-panel', panel, {
    showControls: true,
    sortBy: 'credit',
    sortDirection: 'desc',
    rowLimit: 50,
    disagreement: 0.25,
    pathLimit: 10,
    stepLimit: 5,
    ...panel.options,
  });
}

function own(type: string, panel: OwnPanelOptions<unknown>, options: object): PanelBuilder {
  const built = new PanelBuilder()
    .type(type)
    .title(panel.title)
    .description(panel.description)
    .datasource(dataSource)
    .span(panel.width ?? 24)
    .height(panel.height)
    .targets(panel.queries)
    .noValue('—')
    .options(options);
  return panel.link === undefined ? built : built.dataLinks([linkTo(panel.link)]);
}

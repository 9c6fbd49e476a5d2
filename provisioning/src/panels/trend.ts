import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
  StackingConfigBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { dataSource } from '../cube-query.ts';
import { numberFormat, type NumberFormat } from './number-format.ts';
import type { PanelText } from './text.ts';

export interface TrendOptions extends PanelText, NumberFormat {
  queries: Builder<Dataquery>[];
  bars?: boolean;
  stacked?: boolean;
  width?: number;
  height?: number;
  /** Where the axis begins: 0 unless said otherwise; null leaves it to the data. */
  min?: number | null;
  max?: number;
  /** Names of series (regular expressions) that are drawn as a band around the rest: low, then high. */
  band?: [low: string, high: string];
}

/** Figures over time. */
export function trend(options: TrendOptions): timeseries.PanelBuilder {
  const { bars = false, stacked = false, width = 12, height = 9, min = 0 } = options;
  const panel = new timeseries.PanelBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(dataSource)
    .span(width)
    .height(height)
    .targets(options.queries)
    .noValue('—')
    .drawStyle(bars ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .lineWidth(bars ? 0 : 2)
    .fillOpacity(bars ? 80 : 0)
    .showPoints(bars ? VisibilityMode.Never : VisibilityMode.Auto)
    .spanNulls(false)
    .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (min !== null) panel.min(min);
  if (options.max !== undefined) panel.max(options.max);
  const format = numberFormat(options);
  if (format.length > 0) panel.overrideByFieldType('number', format);
  if (options.band) {
    const [low, high] = options.band;
    panel.overrideByRegexp(low, [{ id: 'custom.lineWidth', value: 0 }]).overrideByRegexp(high, [
      { id: 'custom.lineWidth', value: 0 },
      { id: 'custom.fillBelowTo', value: low },
      { id: 'custom.fillOpacity', value: 20 },
    ]);
  }
  return panel;
}

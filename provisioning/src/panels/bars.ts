import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import * as barchart from '@grafana/grafana-foundation-sdk/barchart';
import {
  LegendDisplayMode,
  LegendPlacement,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { dataSource } from '../cube-query.ts';
import { numberFormat, type NumberFormat } from './number-format.ts';
import type { PanelText } from './text.ts';

export interface BarsOptions extends PanelText, NumberFormat {
  query: Builder<Dataquery>;
  width?: number;
  height?: number;
  stacked?: boolean;
}

/** One bar for each row, lying, so that names can be read. */
export function bars(options: BarsOptions): barchart.PanelBuilder {
  const panel = new barchart.PanelBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(dataSource)
    .span(options.width ?? 12)
    .height(options.height ?? 9)
    .withTarget(options.query)
    .noValue('—')
    .min(0)
    .orientation(VizOrientation.Horizontal)
    .showValue(VisibilityMode.Auto)
    .stacking(options.stacked === true ? StackingMode.Normal : StackingMode.None)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(options.stacked === true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single));
  const format = numberFormat(options);
  if (format.length > 0) panel.overrideByFieldType('number', format);
  return panel;
}

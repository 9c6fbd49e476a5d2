import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  PercentChangeColorMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import { dataSource } from '../cube-query.ts';
import { linkTo, type Link } from './link.ts';
import { neutral, scale, type Scale } from './scale.ts';
import { numberFormat, type NumberFormat } from './number-format.ts';
import type { PanelText } from './text.ts';

export interface FigureOptions extends PanelText, NumberFormat {
  /** A series draws its course behind the last value. */
  query: Builder<Dataquery>;
  /** From where on a figure is good, watched or bad; without one it is neutral. */
  scale?: Scale;
  /** Shows how the last point of a series differs from its first; says which direction is good. */
  change?: 'up is good' | 'down is good';
  course?: boolean;
  width?: number;
  height?: number;
  /** Shows each row under its name. */
  named?: boolean;
  link?: Link;
}

/** One figure, large. */
export function figure(options: FigureOptions): stat.PanelBuilder {
  const { query, width = 6, height = 3, course = false, named = false, change, link } = options;
  const panel = new stat.PanelBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(dataSource)
    .span(width)
    .height(height)
    .withTarget(query)
    .noValue('—')
    .thresholds(scale(options.scale ?? neutral))
    .colorMode(BigValueColorMode.Value)
    .graphMode(course ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .textMode(named ? BigValueTextMode.ValueAndName : BigValueTextMode.Value)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(named));
  const format = numberFormat(options);
  if (format.length > 0) panel.overrideByFieldType('number', format);
  if (change !== undefined) {
    panel
      .showPercentChange(true)
      .percentChangeColorMode(
        change === 'up is good' ? PercentChangeColorMode.Standard : PercentChangeColorMode.Inverted,
      );
  }
  if (link !== undefined) panel.links([linkTo(link)]);
  return panel;
}

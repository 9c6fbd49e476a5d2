import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import * as table from '@grafana/grafana-foundation-sdk/table';
import { dataSource } from '../cube-query.ts';
import { linkTo, type Link } from './link.ts';
import type { PanelText } from './text.ts';

export interface ListOptions extends PanelText {
  query: Builder<Dataquery>;
  width?: number;
  height?: number;
  /** Settings of columns by their title. */
  columns?: Record<string, Column>;
}

/** How a column of months or days is written. */
export const month: Column = { unit: 'time:YYYY-MM', width: 90 };
export const day: Column = { unit: 'time:YYYY-MM-DD', width: 110 };

export interface Column {
  unit?: string;
  decimals?: number;
  width?: number;
  /** Colours the cell's text by the value. */
  colors?: { first: string; steps: [from: number, color: string][] };
  /** Draws a bar of the value, from 0 to the largest or to this. */
  bar?: true | number;
  /** Words for values. */
  words?: Record<string, { text: string; color?: string }>;
  link?: Link;
}

/** Rows as a table. */
export function list(options: ListOptions): table.PanelBuilder {
  const panel = new table.PanelBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(dataSource)
    .span(options.width ?? 24)
    .height(options.height ?? 8)
    .withTarget(options.query)
    .noValue('—')
    .showHeader(true);
  for (const [title, column] of Object.entries(options.columns ?? {})) panel.overrideByName(title, settings(column));
  return panel;
}

function settings(column: Column): DynamicConfigValue[] {
  const { unit, decimals, width, colors, bar, words, link } = column;
  const values: DynamicConfigValue[] = [];
  if (unit !== undefined) values.push({ id: 'unit', value: unit });
  if (decimals !== undefined) values.push({ id: 'decimals', value: decimals });
  if (width !== undefined) values.push({ id: 'custom.width', value: width });
  if (colors) {
    const steps = colors.steps.map(([value, color]) => ({ value, color }));
    values.push({ id: 'custom.cellOptions', value: { type: 'color-text' } });
    values.push({
      id: 'thresholds',
      value: { mode: 'absolute', steps: [{ value: null, color: colors.first }, ...steps] },
    });
  }
  if (bar !== undefined) {
    values.push({ id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } });
    values.push({ id: 'min', value: 0 });
    if (bar !== true) values.push({ id: 'max', value: bar });
  }
  if (words) {
    values.push({ id: 'mappings', value: [{ type: 'value', options: words }] });
    values.push({ id: 'custom.cellOptions', value: { type: 'color-text' } });
  }
  if (link) values.push({ id: 'links', value: [linkTo(link).build()] });
  return values;
}

import React from 'react';
import type { PanelProps } from '@grafana/data';
import type { AttributionOptions } from './options';
import { AttributionView } from './view/AttributionView';

export function AttributionPanel({ data, options, timeZone, width, height }: PanelProps<AttributionOptions>) {
  return <AttributionView series={data.series} options={options} timeZone={timeZone} width={width} height={height} />;
}

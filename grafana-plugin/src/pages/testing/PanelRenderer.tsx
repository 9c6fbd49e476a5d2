import React from 'react';
import type { PanelRendererProps } from '@grafana/runtime';

Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 800 });

/** Grafana puts the real panel here; outside of it this tells what the panel would be given. */
export function PanelRenderer({ pluginId, data }: PanelRendererProps) {
  return <p>{`${pluginId} with ${data?.series[0]?.length ?? 0} rows`}</p>;
}

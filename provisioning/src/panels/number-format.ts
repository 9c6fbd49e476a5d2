import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';

export interface NumberFormat {
  /** A Grafana unit instead of the one that the model gives. */
  unit?: string;
  decimals?: number;
}

/** As overrides: what the data source says about a field is stronger than a panel's defaults. */
export function numberFormat({ unit, decimals }: NumberFormat): DynamicConfigValue[] {
  return [
    ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
  ];
}

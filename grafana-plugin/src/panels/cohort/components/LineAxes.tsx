import { useTheme2 } from '@grafana/ui';
import React from 'react';
import { position, ticks, type Scale } from '../lines';

interface Props {
  x: Scale;
  y: Scale;
  /** Values of y that have a line. */
  ticks: number[];
  format: (value: number) => string;
  periodName: string;
}

/** Lines and numbers of both axes. */
export function LineAxes({ x, y, ticks: values, format, periodName }: Props) {
  const { colors, typography } = useTheme2();
  const periods = ticks(x.from, x.to, Math.max(1, (x.end - x.start) / 48)).filter(Number.isInteger);
  return (
    <g fill={colors.text.secondary} fontSize={typography.bodySmall.fontSize}>
      {values.map((value) => (
        <g key={value}>
          <line x1={x.start} x2={x.end} y1={position(value, y)} y2={position(value, y)} stroke={colors.border.weak} />
          <text x={x.start - 8} y={position(value, y)} textAnchor="end" dominantBaseline="middle">
            {format(value)}
          </text>
        </g>
      ))}
      {periods.map((period) => (
        <text key={period} x={position(period, x)} y={y.start + 16} textAnchor="middle">
          {period}
        </text>
      ))}
      <text x={(x.start + x.end) / 2} y={y.start + 34} textAnchor="middle">
        {periodName}
      </text>
    </g>
  );
}

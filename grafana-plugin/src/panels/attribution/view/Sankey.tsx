import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { t } from '../../../i18n/t';
import type { Flow, FlowLink, FlowNode } from '../data/flow';
import { placeFlow } from '../data/layout';

interface Props {
  flow: Flow;
  width: number;
  height: number;
  /** Text of the path to show up. */
  highlight?: string;
  /** Journeys and the share of them that converted, as the fields say. */
  showCount: (journeys: number) => string;
  showRate: (rate: number) => string;
}

/** Pixels that a letter of a label takes, about. */
const letter = 6.5;

/** The flow of journeys from touch to touch. The table beside it says the same in words. */
export function Sankey({ flow, width, height, highlight, showCount, showRate }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const placed = useMemo(() => placeFlow(flow, width, height), [flow, width, height]);
  const colors = useMemo(() => colorsOf(flow, theme), [flow, theme]);
  if (!placed) {
    return null;
  }
  const about = ({ journeys, rate }: FlowNode | FlowLink) =>
    rate === null
      ? showCount(journeys)
      : t('flow.about', '{{journeys}}, {{rate}} converted', { journeys: showCount(journeys), rate: showRate(rate) });
  const labels = new Map(placed.nodes.map((node) => [node.id, node.label]));
  const room = Math.max(4, Math.floor(placed.gap / letter));
  /** The figure goes before the name is cut. */
  const fit = (name: string, figure: string) => {
    const full = `${name} ${figure}`;
    return full.length <= room ? full : name.length <= room ? name : `${name.slice(0, room - 1)}…`;
  };
  return (
    <svg
      className={styles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={t('flow.label', 'Journeys from touch to touch; the table lists the same paths')}
    >
      <g fill="none">
        {placed.links.map((link) => (
          <path
            key={`${link.source}|${link.target}`}
            d={link.d}
            stroke={colors.get(link.source)}
            strokeWidth={Math.max(1, link.thickness)}
            className={highlight !== undefined && link.paths.includes(highlight) ? styles.highlighted : styles.link}
          >
            <title>{`${labels.get(link.source)} → ${labels.get(link.target)}: ${about(link)}`}</title>
          </path>
        ))}
      </g>
      {placed.nodes.map((node) => (
        <g key={node.id}>
          <rect x={node.x} y={node.y} width={node.width} height={Math.max(1, node.height)} fill={colors.get(node.id)}>
            <title>{`${node.label}: ${about(node)}`}</title>
          </rect>
          <text
            className={styles.label}
            x={node.last ? node.x - 4 : node.x + node.width + 4}
            y={node.y + node.height / 2}
            textAnchor={node.last ? 'end' : 'start'}
            dominantBaseline="central"
          >
            {fit(
              node.label,
              node.rate === null || node.kind !== 'channel' ? showCount(node.journeys) : showRate(node.rate)
            )}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** A channel has the same colour at every position. */
function colorsOf({ nodes }: Flow, theme: GrafanaTheme2): Map<string, string> {
  const { palette, getColorByName } = theme.visualization;
  const names = [...new Set(nodes.filter(({ kind }) => kind === 'channel').map(({ label }) => label))].sort();
  const ends = { converted: theme.colors.success.main, lost: theme.colors.secondary.border };
  return new Map(
    nodes.map(({ id, label, kind }) => [
      id,
      kind === 'channel' ? getColorByName(palette[names.indexOf(label) % palette.length]) : ends[kind],
    ])
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chart: css({ flex: '0 0 auto' }),
  link: css({ opacity: 0.35, '&:hover': { opacity: 0.7 } }),
  highlighted: css({ opacity: 0.75 }),
  label: css({
    fill: theme.colors.text.primary,
    fontSize: 11,
    pointerEvents: 'none',
    paintOrder: 'stroke',
    stroke: theme.colors.background.primary,
    strokeWidth: 3,
    strokeLinejoin: 'round',
  }),
});

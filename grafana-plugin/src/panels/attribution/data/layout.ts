import { sankey, sankeyJustify, sankeyLinkHorizontal } from 'd3-sankey';
import type { Flow, FlowLink, FlowNode } from './flow';

export interface PlacedNode extends FlowNode {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Is it in the rightmost column, where its label goes to the left? */
  last: boolean;
}

export interface PlacedLink extends FlowLink {
  /** SVG path along the middle. */
  d: string;
  thickness: number;
}

export interface Placed {
  nodes: PlacedNode[];
  links: PlacedLink[];
  /** Pixels between two columns: the room for a label. */
  gap: number;
}

const nodeWidth = 10;
const nodePadding = 14;

/** Places a flow in an area of pixels, or gives nothing where there is no link or no room. */
export function placeFlow({ nodes, links }: Flow, width: number, height: number): Placed | undefined {
  if (links.length === 0 || width < 200 || height < 80) {
    return undefined;
  }
  const layout = sankey<FlowNode, FlowLink>()
    .nodeId((node) => node.id)
    .nodeAlign(sankeyJustify)
    .nodeWidth(nodeWidth)
    .nodePadding(nodePadding)
    .extent([
      [1, 6],
      [width - 1, height - 6],
    ]);
  const graph = layout({
    nodes: nodes.map((node) => ({ ...node })),
    links: links.map((link) => ({ ...link, value: link.journeys })),
  });
  const path = sankeyLinkHorizontal<FlowNode, FlowLink>();
  const columns = new Set(graph.nodes.map((node) => node.x0)).size - 1;
  const rightmost = Math.max(...graph.nodes.map((node) => node.x0 ?? 0));
  return {
    nodes: graph.nodes.map(({ id, label, kind, journeys, rate, x0 = 0, x1 = 0, y0 = 0, y1 = 0 }) => ({
      ...{ id, label, kind, journeys, rate },
      ...{ x: x0, y: y0, width: x1 - x0, height: y1 - y0, last: x0 === rightmost },
    })),
    links: graph.links.map((link, index) => ({ ...links[index], d: path(link) ?? '', thickness: link.width ?? 0 })),
    gap: (width - nodeWidth) / columns - nodeWidth,
  };
}

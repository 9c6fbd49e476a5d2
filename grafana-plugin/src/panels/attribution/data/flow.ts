import { t } from '../../../i18n/t';
import { shorten, weightOf, type Path } from './journeys';
import { ratio } from './numbers';

/** A channel at one position of the paths, or an end of them. */
export interface FlowNode {
  id: string;
  label: string;
  kind: 'channel' | 'converted' | 'lost';
  journeys: number;
  /** Share of the journeys through it that converted; null where unknown. */
  rate: number | null;
}

export interface FlowLink {
  source: string;
  target: string;
  journeys: number;
  rate: number | null;
  /** Texts of the paths that run through it. */
  paths: string[];
}

export interface Flow {
  nodes: FlowNode[];
  links: FlowLink[];
}

export const converted = 'converted';
export const lost = 'lost';

interface Tally {
  journeys: number;
  conversions: number;
}

/**
 * Paths as flows from each step to the next and on to how they ended. A channel has a node for each position, so that
 * nothing runs in circles.
 */
export function flowOf(paths: readonly Path[], stepLimit: number): Flow {
  const nodes = new Map<string, FlowNode & Tally>();
  const links = new Map<string, FlowLink & Tally>();
  const visit = (id: string, label: string, kind: FlowNode['kind'], count: Tally) => {
    const node = nodes.get(id) ?? { id, label, kind, journeys: 0, conversions: 0, rate: null };
    nodes.set(id, add(node, count));
  };
  const connect = (source: string, target: string, count: Tally, text: string) => {
    const id = JSON.stringify([source, target]);
    const link = links.get(id) ?? { source, target, journeys: 0, conversions: 0, rate: null, paths: [] };
    add(link, count).paths.push(text);
    links.set(id, link);
  };
  const withRates = paths.some((path) => path.journeys !== null && path.conversions !== null);
  for (const path of paths) {
    const count = { journeys: weightOf(path), conversions: path.conversions ?? 0 };
    const ids = shorten(path.steps, stepLimit).map((label, position) => {
      const id = `${position} ${label}`;
      visit(id, label, 'channel', count);
      return id;
    });
    ids.slice(1).forEach((id, index) => connect(ids[index], id, count, path.text));
    for (const end of endsOf(path)) {
      visit(end.id, end.label, end.kind, end);
      connect(ids[ids.length - 1], end.id, end, path.text);
    }
  }
  const rated = <T extends Tally & { rate: number | null }>({ conversions, ...rest }: T) => ({
    ...rest,
    rate: withRates ? ratio(conversions, rest.journeys) : null,
  });
  return { nodes: [...nodes.values()].map(rated), links: [...links.values()].map(rated) };
}

function endsOf(path: Path): Array<Tally & Pick<FlowNode, 'id' | 'label' | 'kind'>> {
  if (path.conversions === null) {
    return [];
  }
  const without = path.journeys === null ? 0 : path.journeys - path.conversions;
  const ends = [
    {
      id: converted,
      label: t('flow.converted', 'Converted'),
      kind: converted,
      journeys: path.conversions,
      conversions: path.conversions,
    } as const,
    { id: lost, label: t('flow.lost', 'Not converted'), kind: lost, journeys: without, conversions: 0 } as const,
  ];
  return ends.filter((end) => end.journeys > 0);
}

function add<T extends Tally>(to: T, count: Tally): T {
  to.journeys += count.journeys;
  to.conversions += count.conversions;
  return to;
}

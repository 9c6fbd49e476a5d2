import { listed } from '../../../i18n/listed';
import { t } from '../../../i18n/t';
import type { JourneyFrame } from './frames';
import { finite, ratio, sumOfKnown } from './numbers';

/** Journeys along one path of touches. */
export interface Path {
  steps: string[];
  text: string;
  /** Row of the frame. */
  source: number;
  /** All journeys, converted or not; null where only conversions are known. */
  journeys: number | null;
  conversions: number | null;
  /** Conversions / journeys. */
  rate: number | null;
}

export interface Journeys {
  paths: Path[];
  /** Journeys (conversions where journeys are unknown) along the paths shown, and along all. */
  shown: number;
  all: number;
  hidden: number;
  /** Rows whose figures cannot be. */
  problem?: string;
}

const arrow = /\s*(?:>|→)\s*/;

/** How much a path weighs: its journeys, or its conversions where journeys are unknown. */
export const weightOf = (path: Path) => path.journeys ?? path.conversions ?? 0;

/** The commonest paths, at most `limit`. Repeated paths are put together. */
export function readJourneys(source: JourneyFrame, limit: number): Journeys {
  const byText = new Map<string, Path>();
  const wrong: string[] = [];
  for (let index = 0; index < source.frame.length; index++) {
    const path = readPath(source, index);
    if (!path) {
      continue;
    }
    const impossible = path.journeys !== null && path.conversions !== null && path.conversions > path.journeys;
    if (impossible || (path.journeys ?? 0) < 0 || (path.conversions ?? 0) < 0) {
      wrong.push(path.text);
      continue;
    }
    const same = byText.get(path.text);
    byText.set(path.text, same ? together(same, path) : path);
  }
  const paths = [...byText.values()].sort((a, b) => weightOf(b) - weightOf(a) || (a.text < b.text ? -1 : 1));
  const top = paths.filter((path) => weightOf(path) > 0).slice(0, limit);
  return {
    paths: top,
    shown: sumOfKnown(top.map(weightOf)) ?? 0,
    all: sumOfKnown(paths.map(weightOf)) ?? 0,
    hidden: paths.length - top.length,
    problem:
      wrong.length === 0
        ? undefined
        : t('journeys.left-out', 'Left out, with more conversions than journeys or below 0: {{paths}}.', {
            paths: listed(wrong, 3, '; '),
          }),
  };
}

function readPath({ path, journeys, conversions, rate }: JourneyFrame, index: number): Path | undefined {
  const steps = String(path.values[index] ?? '')
    .split(arrow)
    .map((step) => step.trim())
    .filter((step) => step !== '');
  if (steps.length === 0) {
    return undefined;
  }
  const went = finite(journeys?.values[index]);
  const converted = finite(conversions?.values[index]);
  return {
    steps,
    text: steps.join(' > '),
    source: index,
    journeys: went,
    conversions: converted,
    rate: rate ? finite(rate.values[index]) : ratio(converted, went),
  };
}

function together(a: Path, b: Path): Path {
  const journeys = sumOfKnown([a.journeys, b.journeys]);
  const conversions = sumOfKnown([a.conversions, b.conversions]);
  return { ...a, journeys, conversions, rate: ratio(conversions, journeys) };
}

/** At most `limit` (>= 3) steps: the first ones, how many are left out, and the last. */
export function shorten(steps: readonly string[], limit: number): string[] {
  if (steps.length <= limit) {
    return [...steps];
  }
  const kept = steps.slice(0, limit - 2);
  return [
    ...kept,
    t('journeys.more-steps', '+{{count}} more', { count: steps.length - limit + 1 }),
    steps[steps.length - 1],
  ];
}

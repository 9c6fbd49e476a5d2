import type { RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { conversions } from './attribution.ts';
import { journeysAt, type Journey } from './journeys.ts';

/** A Markov chain of a month. */
export interface Chain {
  month: Month;
  through: Instant;
  journeys: number;
  conversions: number;
  /** By channel. */
  effects: Map<string, number>;
}

const cache = new WeakMap<RawData, Map<string, Chain[]>>();

/** The chains of all months from the first conversion to the present, the earliest first. */
function chains(data: RawData, lookback: number, kind: string): Chain[] {
  const known = cache.get(data) ?? new Map<string, Chain[]>();
  cache.set(data, known);
  const key = `${kind} ${lookback}`;
  const made = known.get(key) ?? fitAll(data, lookback, kind);
  known.set(key, made);
  return made;
}

function fitAll(data: RawData, lookback: number, kind: string): Chain[] {
  const all = [...conversions(data, data.asOf, kind).values()];
  const made: Chain[] = [];
  const first = data.zone.month(all.reduce((low, at) => Math.min(low, at), data.asOf));
  for (let month = first; month <= data.zone.month(data.asOf); month += 1) {
    const through = Math.min(data.asOf, data.zone.monthEnd(month));
    const inside = journeysAt(data, through, lookback, kind).filter((one) => data.zone.month(one.time) > month - 12);
    made.push({
      month,
      through,
      journeys: inside.length,
      conversions: inside.filter((one) => one.convertedAt !== null).length,
      effects: effectsOf(inside),
    });
  }
  return made;
}

/** The chains that read nothing after T. */
export function chainsAt(data: RawData, at: Instant, lookback: number, kind: string): Chain[] {
  return chains(data, lookback, kind).filter((chain) => chain.through <= at);
}

const start = '(start)';
const converted = '(converted)';

/** Lost share of the probability to convert when all steps into a channel lead nowhere. */
function effectsOf(journeys: readonly Journey[]): Map<string, number> {
  const steps = new Map<string, Map<string, number>>();
  const channels = new Set<string>();
  for (const { dims, convertedAt } of journeys) {
    const path = [start, ...dims.path.split(' > '), convertedAt === null ? '(lost)' : converted];
    for (const [index, state] of path.slice(0, -1).entries()) {
      const to = path[index + 1] ?? '';
      const from = steps.get(state) ?? new Map<string, number>();
      steps.set(state, from.set(to, (from.get(to) ?? 0) + 1));
      if (state !== start) channels.add(state);
    }
  }
  const whole = converting(steps, null);
  return new Map(
    [...channels].map((channel) => [channel, whole === 0 ? 0 : clean(1 - converting(steps, channel) / whole)]),
  );
}

/** What remains of a difference that is nothing. */
const clean = (effect: number) => (Math.abs(effect) < 1e-10 ? 0 : effect);

/** The probability to arrive at a conversion, by walking until next to nothing is still on its way. */
function converting(steps: ReadonlyMap<string, ReadonlyMap<string, number>>, removed: string | null): number {
  let walking = new Map([[start, 1]]);
  let arrived = 0;
  while ([...walking.values()].reduce((sum, share) => sum + share, 0) > 1e-16) {
    const next = new Map<string, number>();
    for (const [state, share] of walking) {
      const ways = steps.get(state) ?? new Map<string, number>();
      const all = [...ways.values()].reduce((sum, count) => sum + count, 0);
      for (const [to, count] of ways) {
        if (to === removed) continue;
        if (to === converted) arrived += (share * count) / all;
        else if (to !== '(lost)') next.set(to, (next.get(to) ?? 0) + (share * count) / all);
      }
    }
    walking = next;
  }
  return arrived;
}

/** Each channel's share of a conversion; null while there is no chain and more than one channel. */
export function markovShares(channels: ReadonlySet<string>, month: Month, known: readonly Chain[]) {
  const chain = known.findLast((one) => one.month <= month);
  if (channels.size > 1 && chain === undefined) return null;
  const effects = [...channels].map((channel): [string, number] => [channel, chain?.effects.get(channel) ?? 0]);
  const all = effects.reduce((sum, [, effect]) => sum + effect, 0);
  return new Map(effects.map(([channel, effect]) => [channel, all === 0 ? 1 / channels.size : effect / all]));
}

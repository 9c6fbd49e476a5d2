export const models = [
  'first_touch',
  'last_touch',
  'linear',
  'time_decay',
  'position_based',
  'shapley',
  'markov',
] as const;
export type Model = (typeof models)[number];

/** Touches of one conversion in order: their channels, and how many days before it. */
export interface Touched {
  readonly channels: readonly string[];
  readonly daysBefore: readonly number[];
}

/** Days in which a touch loses half of its weight. */
const halfLife = 7;

/**
 * The share of a conversion that each model gives to each of its touches; they sum to 1. A channel's share of `shapley` and
 * `markov` is spread evenly over its touches.
 * @param effects removal effects by channel, those of the chain of the conversion's month
 */
export function creditsOf(
  { channels, daysBefore }: Touched,
  effects: ReadonlyMap<string, number>,
): Record<Model, number[]> {
  const n = channels.length;
  const touchesOf = new Map<string, number>();
  for (const channel of channels) touchesOf.set(channel, (touchesOf.get(channel) ?? 0) + 1);
  const spread = (share: (channel: string) => number) =>
    channels.map((channel) => share(channel) / (touchesOf.get(channel) ?? 1));
  const equally = spread(() => 1 / touchesOf.size);
  const removed = [...touchesOf.keys()].reduce((sum, channel) => sum + (effects.get(channel) ?? 0), 0);
  const weights = daysBefore.map((days) => 2 ** (-days / halfLife));
  const allWeight = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    first_touch: channels.map((_, i) => Number(i === 0)),
    last_touch: channels.map((_, i) => Number(i === n - 1)),
    linear: channels.map(() => 1 / n),
    time_decay: weights.map((weight) => weight / allWeight),
    position_based: channels.map((_, i) => positionShare(i, n)),
    shapley: equally,
    markov: removed === 0 ? equally : spread((channel) => (effects.get(channel) ?? 0) / removed),
  };
}

function positionShare(index: number, touches: number): number {
  if (touches < 3) return 1 / touches;
  return index === 0 || index === touches - 1 ? 0.4 : 0.2 / (touches - 2);
}

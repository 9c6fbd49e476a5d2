/**
 * Shapley's value of each channel in the game v(S) = conversions whose channels all lie in S, summed over every subset:
 * the mean, over all orders of the channels, of what a channel adds to those before it.
 */
export function shapleyValues(conversions: readonly ReadonlySet<string>[]): Map<string, number> {
  const channels = [...new Set(conversions.flatMap((channels) => [...channels]))];
  const bit = new Map(channels.map((channel, index) => [channel, 1 << index]));
  const sets = conversions.map((own) => [...own].reduce((mask, channel) => mask | (bit.get(channel) ?? 0), 0));
  const subsets = 2 ** channels.length;
  const worth = Array.from({ length: subsets }, (_, subset) => sets.filter((own) => (own & ~subset) === 0).length);
  const n = channels.length;
  return new Map(
    channels.map((channel) => {
      const own = bit.get(channel) ?? 0;
      let value = 0;
      for (let subset = 0; subset < subsets; subset++) {
        if (subset & own) continue;
        const size = ones(subset);
        const orders = (factorial(size) * factorial(n - size - 1)) / factorial(n);
        value += orders * ((worth[subset | own] ?? 0) - (worth[subset] ?? 0));
      }
      return [channel, value];
    }),
  );
}

function ones(mask: number): number {
  return mask === 0 ? 0 : (mask & 1) + ones(mask >> 1);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

import type { TreeEnsemble } from '../model/margin-model.ts';

/** Bits of a float32's mantissa. */
const mantissaBits = 24;

/** Rounds base and leaf values to multiples of a power of two, the finest at which no partial sum is rounded in float32. */
export function quantise(model: TreeEnsemble): TreeEnsemble {
  const quantum = quantumOf(model);
  const round = (value: number) => Math.round(value / quantum) * quantum;
  return {
    ...model,
    base: round(model.base),
    trees: model.trees.map((tree) => ({ ...tree, value: tree.value.map(round) })),
  };
}

/** The largest sum that leaves can reach, plus half a quantum of rounding for each, must stay below 2^24 quanta. */
function quantumOf(model: TreeEnsemble): number {
  let bound = Math.abs(model.base);
  for (const tree of model.trees) {
    let largest = 0;
    for (const value of tree.value) largest = Math.max(largest, Math.abs(value));
    bound += largest;
  }
  const slack = 1 + (model.trees.length + 1) / 2 ** mantissaBits;
  return bound === 0 ? 1 : 2 ** (Math.ceil(Math.log2(bound * slack)) - mantissaBits);
}

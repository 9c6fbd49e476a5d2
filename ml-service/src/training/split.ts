/** The best split of one feature that a search has found so far. */
export interface Split {
  feature: number;
  /** Bins 1 to `bin` go left. */
  bin: number;
  missingLeft: boolean;
  /** Gradients squared over weight, summed over both sides. */
  score: number;
}

/** What a split must keep to. */
export interface SplitLimits {
  /** Smallest sum of weights on either side. */
  readonly minLeafWeight: number;
  /** L2 penalty on leaf values. */
  readonly l2: number;
}

/**
 * Finds the best split of one feature in a histogram of (gradient, weight) pairs, bin 0 being the missing values.
 * Missing values are tried on both sides; where the node has none, they are sent to the heavier side. Between two used
 * bins the cut falls halfway, through bins that are empty here.
 */
export function searchSplit(
  histogram: Float64Array,
  bins: number,
  feature: number,
  total: { readonly gradient: number; readonly weight: number },
  limits: SplitLimits,
  best: Split,
): void {
  const { minLeafWeight, l2 } = limits;
  const missingGradient = histogram[0];
  const missingWeight = histogram[1];
  const hasMissing = missingWeight > 0;
  let leftGradient = 0;
  let leftWeight = 0;
  let previous = 0;
  for (let bin = 1; bin <= bins + 1; bin++) {
    const isEnd = bin > bins;
    if (!isEnd && histogram[2 * bin + 1] === 0) continue;
    if (isEnd && !hasMissing) break;
    if (previous > 0) {
      const cut = isEnd ? bins : (previous + bin - 1) >> 1;
      for (let side = 0; side < (hasMissing && !isEnd ? 2 : 1); side++) {
        const gradient = leftGradient + (side === 1 ? missingGradient : 0);
        const weight = leftWeight + (side === 1 ? missingWeight : 0);
        const otherGradient = total.gradient - gradient;
        const otherWeight = total.weight - weight;
        if (weight < minLeafWeight || otherWeight < minLeafWeight) continue;
        const score = (gradient * gradient) / (weight + l2) + (otherGradient * otherGradient) / (otherWeight + l2);
        if (score > best.score) {
          best.score = score;
          best.feature = feature;
          best.bin = cut;
          best.missingLeft = hasMissing ? side === 1 : weight >= otherWeight;
        }
      }
    }
    if (!isEnd) {
      leftGradient += histogram[2 * bin];
      leftWeight += histogram[2 * bin + 1];
      previous = bin;
    }
  }
}

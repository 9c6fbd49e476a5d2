import { stratifiedFolds } from '../src/evaluation/folds.ts';
import type { Recipe } from '../src/training/train.ts';

/** What is compared on the customer data; all calibrated on out-of-fold margins of their own training rows. */
export const telcoRecipes = {
  'boosted trees': {
    kind: 'boosting',
    options: { trees: 250, maxDepth: 4, learningRate: 0.03, featureFraction: 0.3, minLeafWeight: 5, subsample: 0.6 },
  },
  'random forest': { kind: 'forest' },
  'logistic regression': { kind: 'logistic' },
} as const satisfies Record<string, Recipe>;

/** Which rows are predicted by models trained on which others. */
export interface Protocol {
  readonly name: string;
  readonly foldOf: Uint8Array;
  /** Folds that are predicted, each from all the others. */
  readonly evaluated: readonly number[];
  /** Which of the other programs' models are compared; all where it is left out. */
  readonly compared?: readonly string[];
}

/** Five folds out-of-fold with seed 42, and one fifth held out with seed 7. */
export function telcoProtocols(labels: Uint8Array): { outOfFold: Protocol; holdOut: Protocol } {
  return {
    outOfFold: { name: '5-fold out-of-fold', foldOf: stratifiedFolds(labels, 5, 42), evaluated: [0, 1, 2, 3, 4] },
    holdOut: { name: 'hold-out of 20%', foldOf: stratifiedFolds(labels, 5, 7), evaluated: [0] },
  };
}

/** Five folds out-of-fold again, dealt five times anew: how much a fifth that is held out depends on chance. */
export function telcoRepeats(labels: Uint8Array): Protocol[] {
  return [1, 2, 3, 4, 5].map((seed) => ({
    name: `5-fold out-of-fold, dealt with seed ${seed}`,
    foldOf: stratifiedFolds(labels, 5, seed),
    evaluated: [0, 1, 2, 3, 4],
    compared: ['LightGBM', 'scikit-learn logistic regression'],
  }));
}

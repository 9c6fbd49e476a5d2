import type { BoostingOptions } from '../training/boosting.ts';
import type { Recipe } from '../training/train.ts';

/** The models that compete, the simplest first, which is taken of equals. */
export function candidateRecipes(seed: number): Readonly<Record<string, Recipe>> {
  // As many trees as cross-validation wants, up to the default.
  const options: Partial<BoostingOptions> = {
    maxDepth: 3,
    learningRate: 0.05,
    featureFraction: 0.3,
    minLeafWeight: 5,
    subsample: 0.6,
    seed,
  };
  return {
    logistic: { kind: 'logistic' },
    'boosted logistic': { kind: 'boosting', options: { ...options, start: 'logistic regression' } },
    boosting: { kind: 'boosting', options },
    forest: { kind: 'forest', options: { trees: 100, maxDepth: 10, minSplit: 10, seed } },
  };
}

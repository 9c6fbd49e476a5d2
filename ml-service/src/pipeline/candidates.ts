import type { Recipe } from '../training/train.ts';

/** The models that compete, simplest last: the simplest of equals is not preferred, but each is always tried. */
export function candidateRecipes(seed: number): readonly Recipe[] {
  return [
    {
      kind: 'boosting',
      options: { maxDepth: 3, learningRate: 0.05, featureFraction: 0.3, minLeafWeight: 5, subsample: 0.6, seed },
    },
    { kind: 'forest', options: { trees: 100, maxDepth: 10, minSplit: 10, seed } },
    { kind: 'logistic' },
  ];
}

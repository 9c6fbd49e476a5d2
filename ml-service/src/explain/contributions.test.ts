import { expect, test } from '@jest/globals';
import { synthesize } from '../../test-support/synthetic.ts';
import { encodeRows, encodingOf } from '../data/encoding.ts';
import { marginsOf } from '../model/margin-model.ts';
import { trainModel, type Recipe } from '../training/train.ts';
import { FeatureExplainer } from './contributions.ts';
import { TreeExplainer } from './tree-shap.ts';

const category = encodingOf([
  { name: 'x', kind: 'number', levels: [] },
  { name: 'plan', kind: 'category', levels: ['a', 'b', 'c'] },
  { name: 'y', kind: 'number', levels: [] },
]);

function data(seed: number) {
  const { features, labels } = synthesize({ rows: 400, columns: 5, seed, missing: 0.1 });
  return { features: { ...features, names: category.columns }, labels };
}

const recipes: Recipe[] = [
  { kind: 'forest' },
  { kind: 'boosting' },
  { kind: 'boosting', options: { start: 'logistic regression' } },
  { kind: 'logistic' },
];

test.each(recipes)('%j: base and contributions add up to the margin, missing values included', async (recipe) => {
  const model = await trainModel(recipe, data(1));
  const explainer = new FeatureExplainer(model, category);
  const { features } = data(2);
  const margins = marginsOf(model, features);
  for (let row = 0; row < 50; row++) {
    const contributions = explainer.explain(features.values, row * 5);
    expect(contributions).toHaveLength(3);
    const sum = contributions.reduce((total, amount) => total + amount, explainer.base);
    expect(sum).toBeCloseTo(margins[row], 10);
  }
});

test('the columns of a category are summed', async () => {
  const model = await trainModel({ kind: 'boosting' }, data(1));
  if (model.kind === 'logistic') throw new Error('Boosting gives trees.');
  const { values } = encodeRows(category, [{ x: 0.5, plan: 'b', y: null }]);
  const columns = new TreeExplainer(model, 5).explain(values);
  const [x, plan, y] = new FeatureExplainer(model, category).explain(values);
  expect([x, y]).toEqual([columns[0], columns[4]]);
  expect(plan).toBeCloseTo(columns[1] + columns[2] + columns[3], 12);
});

test('of a linear model each is the weight times the distance from the mean in deviations', () => {
  const encoding = encodingOf(['u', 'v'].map((name) => ({ name, kind: 'number' as const, levels: [] })));
  const explainer = new FeatureExplainer(
    {
      kind: 'logistic',
      means: Float64Array.of(10, 0),
      deviations: Float64Array.of(2, 1),
      weights: Float64Array.of(0.5, -3),
      intercept: -1,
    },
    encoding,
  );
  expect(explainer.base).toBe(-1);
  expect([...explainer.explain(Float32Array.of(14, 2))]).toEqual([1, -6]);
  expect([...explainer.explain(Float32Array.of(NaN, 2))]).toEqual([0, -6]);
});

import { bootstrapInterval } from '../src/evaluation/bootstrap.ts';
import { rocAuc } from '../src/evaluation/scores.ts';
import { predictBy, scorePredictions } from './quality.ts';
import { telcoProtocols, telcoRecipes } from './recipes.ts';
import { readTelco } from './telco.ts';

// Prints the scores of the boosted trees on telco-churn.csv as JSON: out-of-fold, and on the hold-out with the 95%
// interval of its AUC.

const data = readTelco();
const { outOfFold, holdOut } = telcoProtocols(data.labels);
const recipe = telcoRecipes['boosted trees'];
const held = await predictBy(recipe, data, holdOut);
const heldAuc = (sample: Int32Array) =>
  rocAuc(
    sample.map((i) => data.labels[held.rows[i]]),
    Float64Array.from(sample, (i) => held.probabilities[i]),
  );
const result = {
  outOfFold: scorePredictions(data, await predictBy(recipe, data, outOfFold)),
  holdOut: scorePredictions(data, held),
  holdOutAuc: bootstrapInterval(held.rows.length, heldAuc),
};
console.log(JSON.stringify(result));

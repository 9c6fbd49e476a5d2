import type { ClientBase } from 'pg';
import type { FeatureRow } from '../features/read.ts';
import { factsOf, recommend, type InterventionType } from '../interventions/recommend.ts';
import { predictedChurnDate } from '../scoring/churn-date.ts';
import { scoreRows } from '../serving/churn.ts';
import type { ServedModel } from '../serving/served-model.ts';
import type { Run } from './runs.ts';

/** How many factors are kept. */
const factorsKept = 5;

/** Scores customers, says why and what may help: one object for each, as `storePredictions` takes them. */
export async function predictAll(
  model: ServedModel,
  run: Run,
  customers: readonly FeatureRow[],
  types: readonly InterventionType[],
): Promise<object[]> {
  const rows = customers.map(({ values }) => values);
  // The workers score while the reasons are found here.
  const scoring = scoreRows(model, rows);
  const reasons = model.explainAll(rows, factorsKept);
  const scores = await scoring;
  const snapshot = new Date(run.snapshot);
  return customers.map(({ customerId, mrr, renewals, values }, i) => {
    const { probability, riskLevel } = scores[i];
    const factors = reasons[i].filter(({ contribution }) => contribution !== 0);
    return {
      customer_id: customerId,
      mrr,
      churn_probability: probability,
      risk_level: riskLevel,
      features: Object.fromEntries(model.card.features.map(({ name }) => [name, values[name] ?? null])),
      factors,
      factor_summary: factors
        .filter(({ revealsGenotype }) => !revealsGenotype)
        .map(({ sentence }) => sentence)
        .join('; '),
      interventions: recommend(types, factsOf(probability, values)),
      predicted_churn_at: predictedChurnDate(probability, snapshot, renewals),
    };
  });
}

/** Stores predictions in one statement; a customer who was deleted meanwhile is left out. */
export async function storePredictions(
  client: ClientBase,
  run: Run,
  version: string,
  predictions: object[],
): Promise<void> {
  await client.query(
    `with given as materialized (
       select * from jsonb_to_recordset($1) as g (
         customer_id uuid, mrr numeric, churn_probability numeric, risk_level text, features jsonb, factors jsonb,
         factor_summary text, interventions jsonb, predicted_churn_at timestamptz
       )
     ),
     present as materialized (
       select id from customers where id in (select customer_id from given) for key share
     )
     insert into churn_predictions (
       run_id, model_version, customer_id, mrr, churn_probability, risk_level, features, factors, factor_summary,
       interventions, predicted_churn_date, is_hold_out, predicted_at
     )
     select $2, $3, g.customer_id, g.mrr, g.churn_probability, g.risk_level, g.features, g.factors, g.factor_summary,
       nullif(g.interventions, '[]'), (g.predicted_churn_at at time zone reporting.time_zone())::date,
       reporting.is_churn_hold_out(g.customer_id), now()
     from given g
     join present p on p.id = g.customer_id`,
    [JSON.stringify(predictions), run.id, version],
  );
}

import { Fraction, ratio } from '../support/decimal.ts';
import type { Slicers } from './attributes.ts';
import { attributesAt } from './attributes.ts';
import { count, defineOracle, sum } from './oracle.ts';

interface Risk {
  dims: Slicers & Record<'risk_level' | 'model_version' | 'plan' | 'scored_on' | 'predicted_churn_date', string | null>;
  probability: Fraction;
  mrr: Fraction;
  isAtRisk: boolean;
}

const expected = sum<Risk>((risk) => risk.probability) as (risks: readonly Risk[]) => Fraction;

/** Everybody in the newest published scoring of what was known at T or before. */
export const churnRisk = defineOracle<Risk>({
  view: 'churn_risk',
  facts(data, at) {
    const run = data.churnRuns
      .filter(({ snapshotAt, isPublished }) => isPublished && snapshotAt <= at)
      .sort((a, b) => b.snapshotAt - a.snapshotAt || b.id - a.id)[0];
    const customers = new Map(data.customers.map((customer) => [customer.id, customer]));
    return data.predictions
      .filter((prediction) => prediction.run === run?.id)
      .flatMap((prediction) => {
        const customer = customers.get(prediction.customer);
        if (!customer || customer.createdAt > at) return [];
        const { probability, mrr, model, plan, leavesOn } = prediction;
        const level = levelOf(probability);
        return {
          dims: {
            ...attributesAt(data, customer, at),
            risk_level: level,
            model_version: model,
            plan,
            scored_on: run?.day ?? null,
            predicted_churn_date: leavesOn,
          },
          probability,
          mrr,
          isAtRisk: level === 'high' || level === 'critical',
        };
      });
  },
  measures: {
    scored_customers: count(() => true),
    at_risk_customers: count((risk) => risk.isAtRisk),
    expected_churners: expected,
    churn_probability: (risks) => ratio(expected(risks), risks.length),
    mrr: sum((risk) => risk.mrr),
    mrr_at_risk: sum((risk) => (risk.isAtRisk ? risk.mrr : undefined)),
    expected_mrr_loss: sum((risk) => risk.mrr.times(risk.probability)),
  },
});

function levelOf(probability: Fraction): string {
  const atLeast = (bound: string) => probability.compare(Fraction.of(bound)) >= 0;
  if (atLeast('0.8')) return 'critical';
  if (atLeast('0.5')) return 'high';
  return atLeast('0.2') ? 'medium' : 'low';
}

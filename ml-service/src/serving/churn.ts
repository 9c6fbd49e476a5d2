import type { RawRow } from '../data/encoding.ts';
import { factsOf, recommend, type Intervention, type InterventionType } from '../interventions/recommend.ts';
import { riskLevelOf, type RiskLevel } from '../scoring/risk.ts';
import type { Factor, ServedModel } from './served-model.ts';

export interface Score {
  /** Calibrated, to four decimals as predictions are stored. */
  readonly probability: number;
  readonly riskLevel: RiskLevel;
}

export interface Churn extends Score {
  /** Largest contribution first. */
  readonly factors: readonly Factor[];
  /** Greatest expected impact first. */
  readonly interventions: readonly Intervention[];
}

/** Scores rows of features. */
export async function scoreRows(model: ServedModel, rows: readonly RawRow[]): Promise<Score[]> {
  const probabilities = await model.score(rows);
  return Array.from(probabilities, (raw) => {
    const probability = Math.round(raw * 1e4) / 1e4;
    return { probability, riskLevel: riskLevelOf(probability) };
  });
}

/** Scores one row of features, says why and what may help. */
export async function predictChurn(
  model: ServedModel,
  row: RawRow,
  types: readonly InterventionType[],
): Promise<Churn> {
  const [score] = await scoreRows(model, [row]);
  return {
    ...score,
    factors: model.explain(row),
    interventions: recommend(types, factsOf(score.probability, row)),
  };
}

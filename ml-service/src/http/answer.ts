import type { Role } from '@fair-underwriting/cube/src/auth/roles.ts';
import type { Churn } from '../serving/churn.ts';
import type { PredictionBody } from './schemas.ts';

/** Roles that read predictions. */
export const readers: readonly Role[] = ['executive', 'operations', 'clinical', 'analyst'];

/** Roles that record interventions. */
export const actors: readonly Role[] = ['executive', 'operations', 'clinical'];

/** As in the view churn_risk: others see genotypes in figures only, never of a single customer. */
const genotypeRoles: readonly Role[] = ['clinical'];

/** Whether somebody may see what follows from a customer's genotype. */
export function maySeeGenotype(held: readonly Role[]): boolean {
  return held.some((role) => genotypeRoles.includes(role));
}

export function mayAct(held: readonly Role[]): boolean {
  return held.some((role) => actors.includes(role));
}

/** Whom and when a prediction is about. */
export type Subject = Pick<PredictionBody, 'customerId' | 'asOf' | 'modelVersion' | 'predictedChurnDate' | 'holdOut'>;

/**
 * The answer for one prediction: without what reveals the genotype for roles that may not see it, and without
 * interventions for customers who stay untreated.
 */
export function predictionBody(subject: Subject, churn: Churn, held: readonly Role[]): PredictionBody {
  const isVisible = ({ revealsGenotype }: { revealsGenotype: boolean }) => !revealsGenotype || maySeeGenotype(held);
  return {
    ...subject,
    probability: churn.probability,
    riskLevel: churn.riskLevel,
    factors: churn.factors.filter(isVisible),
    interventions: subject.holdOut ? [] : churn.interventions.filter(isVisible),
  };
}

import { alerts } from './alerts.ts';
import { attribution } from './attribution.ts';
import { cash, cashFlows } from './cash.ts';
import { churnRisk } from './churn-risk.ts';
import { cohortBenchmarks } from './cohort-benchmarks.ts';
import { cohortProfiles } from './cohort-profiles.ts';
import { cohortRevenue } from './cohort-revenue.ts';
import { cohortsByFirstPayment, cohortsByFirstTest, cohortsBySignUp } from './cohorts.ts';
import { cohortsPaying } from './cohorts-paying.ts';
import { counseling, counselingQueue, counselorWeeks } from './counseling.ts';
import { customers, signups } from './customers.ts';
import { forecasts, staffing } from './forecasts.ts';
import { customerJourneys } from './journeys.ts';
import { labPenalties, labSla } from './lab-service.ts';
import { labTests } from './lab-tests.ts';
import { margins } from './margins.ts';
import { dataHealth } from './data-health.ts';
import { jobs } from './jobs.ts';
import { featureDrift, modelQuality } from './model-quality.ts';
import { mrrMovements } from './mrr-movements.ts';
import { netRevenue } from './net-revenue.ts';
import type { Oracle } from './oracle.ts';
import { payerRevenue } from './payer-revenue.ts';
import { payerBalance, payerValue, payerValueClinical } from './payer-value.ts';
import { planMrrMovements } from './plan-mrr-movements.ts';
import { revenueRecognition } from './recognised-revenue.ts';
import { recommendations } from './recommendations.ts';
import { removalEffects } from './removal-effects.ts';
import { reconciliation } from './reconciliation.ts';
import { restatement } from './restatement.ts';
import { revenue } from './revenue.ts';
import { marketPenetration, partners, surveys } from './strategy.ts';
import { support, supportQueue } from './support.ts';
import { systemHealth } from './system-health.ts';
import { testEconomics } from './test-economics.ts';
import { usage } from './usage.ts';
import { unitEconomics } from './unit-economics.ts';

/** Every oracle there is. A public measure without one fails the suite. */
export const oracles: Oracle[] = [
  alerts,
  attribution,
  cash,
  cashFlows,
  churnRisk,
  cohortBenchmarks,
  cohortProfiles,
  cohortRevenue,
  cohortsByFirstPayment,
  cohortsByFirstTest,
  cohortsBySignUp,
  cohortsPaying,
  counseling,
  counselingQueue,
  counselorWeeks,
  customers,
  dataHealth,
  featureDrift,
  forecasts,
  jobs,
  customerJourneys,
  labPenalties,
  labSla,
  labTests,
  margins,
  marketPenetration,
  modelQuality,
  mrrMovements,
  netRevenue,
  partners,
  payerRevenue,
  payerBalance,
  payerValue,
  payerValueClinical,
  planMrrMovements,
  recommendations,
  removalEffects,
  reconciliation,
  restatement,
  revenue,
  revenueRecognition,
  signups,
  staffing,
  surveys,
  support,
  supportQueue,
  systemHealth,
  testEconomics,
  unitEconomics,
  usage,
];

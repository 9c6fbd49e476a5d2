import { cohortRetention } from './cohort-retention.ts';
import { customersChurn } from './customers-churn.ts';
import { dataHealth } from './data-health.ts';
import { executiveKpis } from './executive-kpis.ts';
import { growthRevenue } from './growth-revenue.ts';
import { marketingAttribution } from './marketing-attribution.ts';
import { operations } from './operations.ts';
import { payerValue } from './payer-value.ts';
import { workforce } from './workforce.ts';

/** Every dashboard that Grafana is given. */
export const dashboards = [
  executiveKpis,
  growthRevenue,
  customersChurn,
  cohortRetention,
  marketingAttribution,
  operations,
  workforce,
  payerValue,
  dataHealth,
];

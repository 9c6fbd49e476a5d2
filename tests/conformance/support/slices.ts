import type { Oracle, Slice } from '../oracle/oracle.ts';

/** How each view is cut, beside not at all: by one thing and by several. */
const cuts: Record<string, string[][]> = {
  alerts: [
    ['severity'],
    ['team', 'status'],
    ['type', 'entity_type', 'entity'],
    ['status', 'acknowledged_at', 'resolved_at'],
  ],
  attribution: [['channel'], ['channel', 'campaign', 'campaign_status']],
  cash: [['is_partial']],
  cash_flows: [['activity'], ['category', 'product'], ['activity', 'cost_class']],
  channel_recommendations: [
    ['channel', 'campaign', 'topic'],
    ['channel', 'campaign', 'campaign_status', 'topic', 'recommendation'],
  ],
  cohort_benchmarks: [
    ['split', 'cohort'],
    ['split', 'cohort', 'standing'],
  ],
  cohort_revenue: [
    ['split', 'cohort', 'cohort_month', 'period'],
    ['split', 'cohort', 'cohort_month', 'period', 'worked_out_on'],
  ],
  churn_risk: [
    ['risk_level'],
    ['genotype', 'payer_type', 'channel'],
    ['model_version', 'scored_on', 'plan', 'predicted_churn_date'],
  ],
  counseling: [['counselor_id'], ['counselor_id', 'counselor']],
  counseling_queue: [['counselor_id'], ['counselor', 'counselor_id', 'next_available_slot']],
  counselor_weeks: [['counselor_id'], ['is_partial', 'counselor'], ['is_last_full_week', 'counselor_id']],
  data_health: [['table_name'], ['domain', 'kind'], ['table_name', 'kind', 'part']],
  feature_drift: [['feature'], ['feature', 'model_version', 'scored_on']],
  forecasts: [['series'], ['series', 'step'], ['forecast_on', 'method', 'series', 'step']],
  jobs: [['job']],
  journeys: [['path'], ['first_channel', 'last_channel']],
  lab_penalties: [['lab_name']],
  lab_sla: [['lab_name']],
  lab_tests: [['lab_name']],
  margins: [['product']],
  market_penetration: [['region'], ['region', 'year']],
  model_quality: [['scored_on'], ['model_version', 'billing_interval']],
  net_revenue: [['payer_type'], ['revenue_source'], ['payer', 'revenue_source']],
  partners: [['kind']],
  payer_revenue: [['payer'], ['payer_type'], ['payer', 'payer_type']],
  payer_balance: [['payer'], ['payer', 'covariate', 'is_suppressed']],
  payer_value: [
    ['payer'],
    ['payer', 'level', 'contract', 'quarter'],
    ['level', 'payer', 'contract', 'quarter', 'compared_on', 'price_year', 'is_suppressed', 'suppressed'],
  ],
  payer_value_clinical: [
    ['payer', 'level'],
    ['payer', 'level', 'contract', 'quarter', 'compared_on', 'price_year'],
  ],
  plan_mrr_movements: [['plan'], ['channel'], ['plan', 'channel']],
  revenue_recognition: [['product'], ['payer_type'], ['payer', 'revenue_source']],
  removal_effects: [['channel'], ['channel', 'is_newest']],
  reconciliation: [['check_name']],
  restatement: [['figure'], ['figure', 'is_due', 'is_closed']],
  signups: [['channel'], ['genotype', 'payer_type', 'state']],
  cohort_profiles: [['genotype'], ['insurance', 'channel'], ['payer_type', 'state']],
  staffing: [['forecast_on']],
  surveys: [['channel']],
  support: [['priority'], ['category', 'issue_rank']],
  support_queue: [['priority'], ['priority', 'category']],
  system_health: [['component']],
  test_economics: [['payer']],
  usage: [['view'], ['user_name', 'role'], ['source', 'action', 'view']],
  unit_economics: [['is_partial']],
};
const attributes = [['genotype'], ['payer_type', 'channel'], ['genotype', 'payer_type', 'state', 'channel']];

/** Views of months: by day they would be the same. */
const monthly = new Set([
  'cohort_profiles',
  'restatement',
  'cash',
  'lab_penalties',
  'margins',
  'mrr_movements',
  'plan_mrr_movements',
  'removal_effects',
  'revenue_recognition',
  'test_economics',
  'unit_economics',
]);

/** The slices of a view to compare for each as-of date; undefined stands for the newest instant. */
export function slicesOf(oracle: Oracle, asOfs: readonly (string | undefined)[], range: [string, string]): Slice[] {
  const cutsOfView = [[], ...(cuts[oracle.view] ?? attributes)];
  const slices: Slice[] = asOfs.flatMap((asOf) => cutsOfView.map((dimensions) => at(asOf, { dimensions })));
  const first = cutsOfView[1] ?? [];
  const past = asOfs[1];
  if (oracle.time) {
    for (const granularity of ['month', 'quarter', 'year'] as const) {
      slices.push({ dimensions: first, time: { granularity } });
    }
    slices.push(at(past, { time: { granularity: 'month' } }));
    slices.push({ time: { range } }, { dimensions: first, time: { granularity: 'quarter', range } });
    if (!monthly.has(oracle.view) && !isCohort(oracle)) {
      slices.push({ time: { granularity: 'day', range } }, { dimensions: first, time: { granularity: 'week' } });
    }
  }
  if (isCohort(oracle)) {
    slices.push(
      { dimensions: ['period'], time: { granularity: 'month' } },
      { dimensions: ['period', 'genotype'] },
      { dimensions: ['period', 'insurance'] },
      at(past, { dimensions: ['period', 'is_mature'], time: { granularity: 'month' } }),
      { dimensions: ['genotype'], filters: { is_mature: 'true' } },
      { filters: { period: '3' } },
    );
  }
  if (oracle.view === 'cohort_revenue') {
    for (const filters of [{ split: 'all' }, { split: 'genotype', cohort_month: 'all' }, { period: '3' }]) {
      slices.push({ dimensions: ['split', 'cohort', 'cohort_month', 'period'], filters });
    }
    slices.push(at(past, { filters: { split: 'all', cohort_month: 'all', period: '1' } }));
  }
  if (oracle.view === 'cohorts_paying') {
    slices.push(
      { dimensions: ['last_action'] },
      at(past, { dimensions: ['last_action', 'period'] }),
      { dimensions: ['last_action', 'genotype'], time: { granularity: 'quarter' } },
      { filters: { last_action: 'none' }, time: { granularity: 'month' } },
    );
  }
  if (['attribution', 'journeys', 'removal_effects'].includes(oracle.view)) {
    for (const lookback_days of ['7', '30', '60', '90']) {
      for (const conversion_kind of ['first_payment', 'sign_up']) {
        const time = oracle.view === 'removal_effects' ? ({ time: { granularity: 'month' } } as const) : {};
        slices.push({ dimensions: cutsOfView.at(-1) ?? [], ...time, filters: { lookback_days, conversion_kind } });
      }
    }
  }
  if (oracle.view === 'attribution') {
    for (const value_days of ['90', '365']) {
      slices.push({ dimensions: ['channel'], filters: { value_days } });
      slices.push(at(past, { time: { granularity: 'month' }, filters: { value_days } }));
    }
  }
  if (oracle.view.startsWith('payer_value')) {
    slices.push(
      { dimensions: ['payer'], filters: { level: 'payer' } },
      { dimensions: ['quarter', 'contract'], filters: { level: 'quarter', payer: 'Anthem' } },
    );
  }
  if (oracle.view === 'payer_value') {
    slices.push({ dimensions: ['payer', 'contract', 'quarter', 'level'], filters: { is_suppressed: 'true' } });
  }
  if (oracle.view === 'cohort_benchmarks') {
    for (const period of ['1', '6', '12'])
      slices.push({ dimensions: ['split', 'cohort', 'standing'], filters: { period } });
  }
  if (oracle.view === 'channel_recommendations') {
    const dimensions = ['channel', 'campaign', 'topic', 'recommendation'];
    for (const model of ['first_touch', 'last_touch', 'linear', 'position_based', 'shapley', 'markov']) {
      slices.push({ dimensions, filters: { model } }, { dimensions, filters: { model, value_days: '90' } });
    }
    slices.push({ dimensions, filters: { value_days: '365', conversion_kind: 'sign_up' } });
    slices.push({ dimensions, filters: { lookback_days: '7', conversion_kind: 'sign_up', model: 'markov' } });
  }
  if (oracle.view === 'mrr_movements')
    slices.push({ dimensions: ['is_partial'], time: { granularity: 'month' } }, { filters: { genotype: 'MZ' } });
  return slices;
}

function isCohort(oracle: Oracle): boolean {
  return oracle.view.startsWith('cohorts_');
}

function at(asOf: string | undefined, slice: Slice): Slice {
  return asOf === undefined ? slice : { ...slice, asOf };
}

/** A slice in words, for the name of a test. */
export function inWords({ dimensions = [], time, asOf, filters }: Slice): string {
  return [
    dimensions.length > 0 ? `by ${dimensions.join(' x ')}` : 'in all',
    time?.granularity && `by ${time.granularity}`,
    time?.range && `from ${time.range.join(' to ')}`,
    filters && `where ${new URLSearchParams(filters).toString()}`,
    asOf && `as of ${asOf}`,
  ]
    .filter(Boolean)
    .join(' ');
}

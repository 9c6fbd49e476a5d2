import type { Role } from '@fair-underwriting/cube/src/auth/roles.ts';

/** What a role sees of a view: all of it, all but some members, or some members only. */
export type Sight = 'all' | { without: readonly string[] } | { only: readonly string[] };

type Line = [roles: string, sight?: Sight];

const noGenotype: Sight = { without: ['genotype'] };
const noCounselor: Sight = { without: ['counselor'] };

/** What winning and keeping customers costs and brings, as in the view unit_economics. */
const unitEconomics = [
  'acquisition_spend',
  'cac',
  'cac_subscriber',
  'ltv',
  'ltv_others',
  'ltv_vs_average',
  'ltv_cac_ratio',
  'cac_payback_months',
];

const cohorts: Line[] = [['clinical data_steward executive'], ['operations analyst marketing', noGenotype]];
const counseling: Line[] = [['executive operations clinical'], ['analyst on_call data_steward', noCounselor]];

/**
 * Who may see what, kept by hand: the tests compare the product with it, so that a change of the models alone opens nothing.
 * A role that is not named for a view sees nothing of it.
 */
const views: Record<string, Line[]> = {
  alerts: [['executive operations marketing clinical analyst on_call data_steward']],
  attribution: [
    ['executive analyst marketing data_steward'],
    [
      'on_call',
      {
        only: [
          'as_of',
          'date',
          'channel',
          'lookback_days',
          'conversion_kind',
          'value_days',
          'spend',
          'markov',
          'roi_markov',
        ],
      },
    ],
  ],
  cash: [['executive data_steward'], ['on_call', { only: ['as_of', 'runway_months'] }]],
  cash_flows: [['executive data_steward']],
  channel_recommendations: [['executive analyst marketing data_steward']],
  churn_risk: [
    ['clinical'],
    ['executive operations', noGenotype],
    ['data_steward', { without: ['customer_id', 'factors', 'intervention'] }],
    ['analyst', { without: ['customer_id', 'genotype', 'factors', 'intervention'] }],
    [
      'on_call',
      {
        only: [
          'as_of',
          'scored_on',
          'risk_level',
          'scored_customers',
          'at_risk_customers',
          'expected_churners',
          'churn_probability',
          'mrr',
          'mrr_at_risk',
          'expected_mrr_loss',
        ],
      },
    ],
  ],
  // Rows of the split by genotype are for those who may see it.
  cohort_benchmarks: [['clinical data_steward executive operations analyst marketing']],
  cohort_revenue: [['clinical data_steward executive operations analyst marketing']],
  cohort_profiles: [
    ['data_steward executive'],
    ['analyst', noGenotype],
    [
      'marketing',
      { without: ['genotype', 'viewed_results_share', 'attended_counseling_share', 'shared_results_share'] },
    ],
    ['clinical', { without: unitEconomics }],
    ['operations', { without: ['genotype', ...unitEconomics] }],
  ],
  cohorts_by_first_payment: cohorts,
  cohorts_by_first_test: cohorts,
  cohorts_by_sign_up: cohorts,
  cohorts_paying: [
    ['clinical data_steward executive'],
    ['operations analyst', noGenotype],
    ['marketing', { without: ['genotype', 'last_action', 'days_from_last_action_p50'] }],
  ],
  counseling,
  counseling_queue: counseling,
  counselor_weeks: counseling,
  customers: [['clinical data_steward executive'], ['operations analyst marketing on_call', noGenotype]],
  data_health: [['executive operations analyst on_call data_steward']],
  feature_drift: [['executive operations clinical analyst on_call data_steward']],
  forecasts: [['executive operations analyst data_steward']],
  jobs: [['executive operations analyst on_call data_steward']],
  journeys: [['executive analyst marketing data_steward']],
  lab_penalties: [['executive operations analyst data_steward']],
  lab_sla: [['executive operations clinical analyst on_call data_steward']],
  lab_tests: [['executive operations clinical analyst on_call data_steward']],
  margins: [['executive data_steward']],
  market_penetration: [['executive clinical data_steward']],
  model_quality: [['executive operations clinical analyst on_call data_steward']],
  mrr_movements: [
    ['data_steward executive'],
    ['analyst', noGenotype],
    ['on_call', { only: ['as_of', 'month', 'is_partial', 'opening_subscribers', 'subscriber_churn_rate'] }],
  ],
  net_revenue: [['executive analyst data_steward operations']],
  partners: [['executive analyst marketing data_steward']],
  payer_balance: [['executive operations clinical analyst payer data_steward']],
  payer_revenue: [
    ['executive analyst operations data_steward'],
    ['on_call', { only: ['as_of', 'date', 'payer', 'payer_revenue_share'] }],
  ],
  payer_value: [['executive operations analyst data_steward'], ['payer', { without: ['revenue_share'] }]],
  payer_value_clinical: [['clinical']],
  plan_mrr_movements: [['executive analyst data_steward']],
  reconciliation: [['executive operations on_call data_steward']],
  removal_effects: [['executive analyst marketing data_steward']],
  restatement: [['executive analyst data_steward']],
  revenue: [['data_steward executive'], ['analyst operations', noGenotype]],
  revenue_recognition: [['executive analyst data_steward operations']],
  signups: [['executive data_steward'], ['operations analyst marketing on_call', noGenotype]],
  staffing: [['executive operations clinical analyst on_call data_steward']],
  support: [['executive operations clinical analyst on_call data_steward']],
  support_queue: [['executive operations clinical analyst on_call data_steward']],
  surveys: [['executive analyst marketing operations data_steward']],
  system_health: [['executive operations on_call data_steward']],
  test_economics: [['executive analyst data_steward']],
  unit_economics: [
    ['executive analyst marketing data_steward'],
    ['on_call', { only: ['as_of', 'cac_paid', 'ltv_cac_ratio'] }],
  ],
  usage: [['executive data_steward']],
};

export const knownViews = Object.keys(views);

/** @param member with its view's name */
export function maySee(role: Role, member: string): boolean {
  const [view = '', name = ''] = member.split('.');
  const lines = Object.hasOwn(views, view) ? views[view] : undefined;
  const line = lines?.find(([roles]) => roles.split(' ').includes(role));
  if (!line) return false;
  const sight = line[1] ?? 'all';
  if (sight === 'all') return true;
  return 'only' in sight ? sight.only.includes(name) : !sight.without.includes(name);
}

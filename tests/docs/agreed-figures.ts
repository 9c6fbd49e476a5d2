/**
 * The figures that the business has agreed on, by the names they go by, with the members that answer each. Kept by hand: a
 * member that is renamed or dropped has to be missed here.
 */
export const agreedFigures: Record<string, Record<string, string>> = {
  revenue: {
    mrr: 'revenue: mrr mrr_under_notice',
    'MRR movements':
      'mrr_movements: mrr_opening mrr_new mrr_reactivation mrr_expansion mrr_contraction mrr_churn mrr_transfer_in mrr_transfer_out mrr_fx mrr_closing',
    'MRR movements by plan': 'plan_mrr_movements: plan mrr_opening mrr_expansion mrr_contraction mrr_closing',
    mrr_growth: 'mrr_movements: mrr_growth quick_ratio',
    arr: 'revenue: arr',
    'revenue retention': 'mrr_movements: nrr grr nrr_12m grr_12m nrr_with_reactivation',
    net_revenue: 'net_revenue: net_revenue revenue_source payer_type payer',
    payer_revenue_share: 'payer_revenue: payer_revenue_share',
    recognised_revenue: 'revenue_recognition: recognised_revenue revenue_source product',
    mrr_projected_90d:
      'forecasts: mrr_projected_90d mrr_projected_90d_low mrr_projected_90d_high mrr_projected_90d_coverage mrr_projected_90d_coverage_n mase',
  },
  customers: {
    customers: 'customers: customers active_customers_30d genotype channel payer_type state',
    new_customers: 'signups: new_customers genotype channel payer_type state',
    subscribers: 'revenue: subscribers genotype channel payer_type state',
    new_subscribers: 'mrr_movements: new_subscribers genotype channel payer_type state',
    churned_subscribers: 'mrr_movements: churned_subscribers subscriber_churn_rate',
    cac: 'unit_economics: cac cac_subscriber cac_paid',
    'cac by channel': 'attribution: channel cac_time_decay cac_first_touch cac_markov',
    arpa: 'revenue: arpa',
    ltv: 'unit_economics: ltv ltv_realised ltv_cac_ratio cac_payback_months',
    'ltv by channel': 'attribution: channel ltv_time_decay ltv_first_touch ltv_markov',
  },
  operations: {
    tests: 'lab_tests: tests_ordered tests_completed',
    'tests open': 'lab_sla: tests_in_progress tests_overdue',
    turnaround_days:
      'lab_tests: turnaround_days_avg turnaround_days_p50 turnaround_days_p90 turnaround_days_p95 turnaround_days_km_p50 turnaround_days_km_p90 turnaround_target_days',
    turnaround_hours: 'lab_tests: turnaround_hours_avg turnaround_hours_p50 turnaround_hours_p90 turnaround_hours_p95',
    sla_compliance: 'lab_sla: sla_compliance sla_target sla_breach turnaround_target_days',
    sla_penalty: 'lab_penalties: sla_penalty late_orders month lab_name',
    turnaround_trend: 'lab_sla: turnaround_trend turnaround_change_low turnaround_change_high',
    quality: 'lab_tests: sample_rejection_rate proficiency_accuracy',
    counselor_utilization:
      'counselor_weeks: counselor_utilization sessions_completed sessions_per_week max_sessions_per_week counselor week',
    counseling_wait_days:
      'counseling: counseling_wait_days_p50 counseling_wait_days_avg counseling_wait_days_km_p50 counseling_wait_target_days',
    'counselling quality':
      'counseling: no_show_rate cancellation_rate session_minutes_avg session_minutes_target satisfaction_avg',
    waitlist: 'counseling_queue: waitlist next_available_slot',
    counselors_needed: 'staffing: counselors_needed counselors_to_hire',
    tickets_open: 'support_queue: tickets_open priority',
    first_response_hours:
      'support: first_response_hours_p50 first_response_hours_avg first_response_target_hours resolution_days_p50 resolution_days_avg',
    'support quality': 'support: first_contact_resolution_rate csat',
    top_issues: 'support: issue_rank category tickets_opened',
    'system health':
      'system_health: uptime latency_p50 latency_p95 latency_p99 error_rate active_users peak_concurrent_users db_connections db_connections_max',
    alerts_open:
      'alerts: alerts_open alerts_unacknowledged time_to_acknowledge_p50 time_to_acknowledge_avg critical_in_time_share',
    'alerts by one': 'alerts: id type severity summary entity raised_at status acknowledged_at resolved_at',
  },
  'finance and strategy': {
    cash: 'cash: cash_balance burn_rate runway_months',
    margins: 'margins: gross_margin contribution_margin',
    tests: 'test_economics: cost_per_test reimbursement_per_test profit_per_test',
    market_penetration: 'market_penetration: market_penetration',
    nps: 'surveys: nps brand_awareness',
    partner_count: 'partners: partner_count',
    dashboard_weekly_users: 'usage: dashboard_weekly_users',
  },
  cohorts: {
    paying:
      'cohorts_paying: cohort_month period is_mature cohort_size paying retention_rate retention_low retention_high churned_in_month hazard last_action genotype payer_type insurance channel',
    active: 'cohorts_by_first_payment: active retention_rate retention_low retention_high is_mature insurance',
    'by sign-up': 'cohorts_by_sign_up: active retention_rate retention_low retention_high is_mature insurance',
    'by first test': 'cohorts_by_first_test: active retention_rate retention_low retention_high is_mature insurance',
    revenue: 'cohort_revenue: revenue_retention revenue_retention_low revenue_retention_high',
    benchmark: 'cohort_benchmarks: standing retention_difference difference_low difference_high period',
    engagement:
      'cohort_profiles: sessions_per_customer_month minutes_per_customer_month viewed_results_share attended_counseling_share downloaded_app_share shared_results_share',
    money:
      'cohort_profiles: net_revenue revenue_per_customer cac cac_subscriber ltv ltv_cac_ratio cac_payback_months ltv_vs_average',
    insights: 'cohort_profiles: customers_at_6 value_at_6 value_at_6_low value_at_6_high',
  },
  attribution: {
    models: 'attribution: first_touch last_touch linear time_decay position_based markov shapley',
    choices: 'attribution: lookback_days conversion_kind value_days',
    removal: 'removal_effects: removal_effect removal_effect_share',
    channels:
      'attribution: spend impressions clicks conversions conversion_rate value_markov roas_markov roi_markov is_mature',
    campaigns: 'attribution: campaign campaign_status',
    journeys:
      'journeys: path journeys conversion_rate ltv_realised touches_to_convert days_to_convert commonest_first_touch commonest_last_touch',
    recommendations: 'channel_recommendations: recommendation evidence expected_impact campaign_status topic',
  },
  'payer value': {
    value:
      'payer_value: patients savings_per_patient savings_per_patient_low savings_per_patient_high return_per_reimbursed_dollar er_visits_per_1000_treated_after admissions_per_1000_treated_after exacerbations_per_year_treated_after fev1_slope_treated_after sgrq_change_treated revenue_share placebo_savings is_suppressed',
    balance: 'payer_balance: smd_before smd_after',
  },
  churn: {
    risk: 'churn_risk: risk_level churn_probability factors intervention predicted_churn_date is_hold_out',
    quality:
      'model_quality: roc_auc pr_auc brier calibration_error hold_out_predictions top_decile_lift observed_expected observed_expected_low observed_expected_high brier_base_rate billing_interval',
    psi: 'feature_drift: psi psi_customers shifted_features',
  },
  platform: {
    'data health': 'data_health: row_count freshness_hours null_share orphan_share table_name',
    reconciliation: 'reconciliation: differences difference_amount',
    restatement: 'restatement: restatement closed_value current_value',
  },
};

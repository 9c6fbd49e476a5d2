/**
 * Columns that are written, each with its type in Postgres (that below a domain; `text` for every string), in the order
 * of the foreign keys.
 */
export const tables = {
  business_calendars: 'id:text name:text weekdays:int[]',
  business_holidays: 'calendar_id:text day:date name:text',
  exchange_rates: 'currency:text day:date rate:numeric',
  payers: 'id:uuid name:text payer_type:text',
  payer_contracts: 'id:uuid payer_id:uuid valid_from:date reimbursement_per_test:numeric currency:text',
  marketing_channels: 'channel:text name:text is_paid:bool',
  marketing_campaigns: 'channel:text name:text status:text started_on:date ended_on:date',
  marketing_spend:
    'id:uuid channel:text campaign_name:text amount:numeric currency:text date:date impressions:int clicks:int created_at:timestamptz',
  plans: 'id:text name:text',
  partners: 'id:uuid name:text kind:text started_on:date ended_on:date',
  lab_partners: 'id:uuid name:text',
  lab_contracts:
    'id:uuid lab_partner_id:uuid valid_from:date calendar_id:text time_zone:text cut_off:time sla_turnaround_days:int sla_share:numeric penalty_per_late_order:numeric penalty_cap_per_month:numeric currency:text',
  proficiency_tests: 'id:uuid lab_partner_id:uuid tested_on:date samples:int correct:int',
  counselors:
    'id:uuid name:text full_time_equivalent:numeric max_sessions_per_week:int target_session_minutes:int hired_on:date left_on:date',
  counselor_availability: 'counselor_id:uuid starts_at:timestamptz ends_at:timestamptz',
  counselor_time_off: 'counselor_id:uuid starts_at:timestamptz ends_at:timestamptz',
  population_estimates: 'region:text year:int people_with_aatd:int source:text states:text[]',
  customers:
    'id:uuid created_at:timestamptz full_name:text email:text date_of_birth:date sex:text state:text genotype:text payer_type:text payer_id:uuid acquisition_channel:text utm_source:text utm_medium:text utm_campaign:text',
  customer_history: 'customer_id:uuid valid_until:timestamptz genotype:text payer_type:text state:text',
  cohorts: 'id:uuid name:text description:text filter_criteria:jsonb created_at:timestamptz',
  marketing_touchpoints:
    'id:uuid customer_id:uuid visitor_id:text source:text medium:text campaign:text content:text utm_source:text utm_medium:text utm_campaign:text referrer_url:text landing_page_url:text session_id:text timestamp:timestamptz is_first_touch:bool is_last_touch:bool created_at:timestamptz',
  subscriptions:
    'id:uuid customer_id:uuid started_at:timestamptz trial_ends_at:timestamptz cancelled_at:timestamptz ended_at:timestamptz',
  subscription_terms:
    'subscription_id:uuid valid_from:timestamptz plan_id:text unit_amount:numeric quantity:int discount_percent:numeric discount_amount:numeric currency:text billing_interval:text interval_count:int',
  invoices:
    'id:uuid customer_id:uuid partner_id:uuid payer_id:uuid payer_type:text issued_at:timestamptz paid_at:timestamptz currency:text',
  invoice_lines:
    'id:uuid invoice_id:uuid revenue_source:text description:text amount:numeric tax:numeric subscription_id:uuid service_from:date service_to:date',
  refunds: 'id:uuid invoice_line_id:uuid amount:numeric refunded_at:timestamptz reason:text',
  payment_attempts: 'id:uuid invoice_id:uuid attempted_at:timestamptz succeeded:bool',
  test_orders:
    'id:uuid customer_id:uuid lab_partner_id:uuid recollection_of:uuid ordered_at:timestamptz collected_at:timestamptz sent_to_lab_at:timestamptz received_at:timestamptz results_received_at:timestamptz rejected_at:timestamptz rejection_reason:text cancelled_at:timestamptz',
  claims:
    'id:uuid test_order_id:uuid payer_id:uuid submitted_at:timestamptz adjudicated_at:timestamptz status:text billed_amount:numeric paid_amount:numeric currency:text',
  genetic_counseling_sessions:
    'id:uuid customer_id:uuid counselor_id:uuid requested_at:timestamptz scheduled_at:timestamptz booked_minutes:int started_at:timestamptz ended_at:timestamptz cancelled_at:timestamptz no_show:bool satisfaction:int',
  user_activity_logs:
    'id:bigint customer_id:uuid timestamp:timestamptz activity:text session_id:text duration_seconds:int',
  email_messages: 'id:uuid customer_id:uuid sent_at:timestamptz opened_at:timestamptz clicked_at:timestamptz',
  support_tickets:
    'id:uuid customer_id:uuid opened_at:timestamptz first_response_at:timestamptz resolved_at:timestamptz priority:text category:text contacts:int csat:int',
  survey_responses: 'id:uuid customer_id:uuid survey:text answered_at:timestamptz score:int',
  payer_members:
    'id:uuid payer_id:uuid customer_id:uuid birth_year:int sex:text region:text comorbidity_score:int enrolled_on:date disenrolled_on:date died_on:date diagnosed_on:date',
  medical_claims: 'id:uuid member_id:uuid service_on:date service:text allowed_amount:numeric currency:text',
  clinical_outcomes: 'id:uuid member_id:uuid measured_on:date fev1_ml:int sgrq_score:numeric exacerbations:int',
  ledger_entries:
    'id:uuid booked_on:date category:text activity:text cost_class:text product:text amount:numeric currency:text',
  service_health_samples:
    'component:text sampled_at:timestamptz interval_seconds:int is_up:bool requests:int server_errors:int latency_counts:int[] active_users:int db_connections:int db_connections_max:int',
  operational_alerts:
    'id:uuid type:text severity:text message:text affected_entity_type:text affected_entity_id:text status:text acknowledged_at:timestamptz acknowledged_by:text resolved_at:timestamptz resolved_by:text resolution_notes:text created_at:timestamptz',
  leaders: 'user_name:text since:date until:date',
  query_audit:
    'id:uuid at:timestamptz user_name:text roles:text[] source:text action:text view:text members:text[] status:int duration_ms:int',
} as const;

export type Table = keyof typeof tables;
export const tableNames = Object.keys(tables) as Table[];

const columnTypes = [
  'uuid',
  'text',
  'jsonb',
  'timestamptz',
  'date',
  'time',
  'int',
  'bigint',
  'numeric',
  'bool',
  'int[]',
  'text[]',
] as const;
export type ColumnType = (typeof columnTypes)[number];

export interface Column {
  name: string;
  type: ColumnType;
}

/** The columns of a table, in the order they are written in. */
export function columnsOf(table: Table): Column[] {
  return tables[table].split(' ').map((written) => {
    const [name = '', typeName] = written.split(':');
    const type = columnTypes.find((known) => known === typeName);
    if (type === undefined) throw new Error(`${table}.${name} has no type that is known`);
    return { name, type };
  });
}

-- Up Migration

create table service_health_samples (
  component text not null,
  sampled_at timestamptz not null check (isfinite(sampled_at)),
  -- Seconds until the next sample is expected: one that never came counts as down.
  interval_seconds int not null default 300 check (interval_seconds > 0),
  is_up boolean not null,
  requests int not null default 0 check (requests >= 0),
  server_errors int not null default 0 check (server_errors between 0 and requests),
  -- Requests that took at most 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000 ms, and longer; not cumulative.
  latency_counts int[] not null default '{0,0,0,0,0,0,0,0,0,0,0}' check (cardinality(latency_counts) = 11),
  active_users int not null default 0 check (active_users >= 0),
  db_connections int not null default 0 check (db_connections >= 0),
  db_connections_max int not null check (db_connections_max > 0),
  primary key (component, sampled_at)
);

create table churn_predictions (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customers (id),
  churn_probability decimal(5, 4) not null check (churn_probability between 0 and 1),
  risk_level varchar(20) not null check (risk_level in ('low', 'medium', 'high', 'critical')),
  features jsonb not null,
  interventions jsonb,
  intervention_sent boolean default false,
  intervention_type varchar(50),
  intervention_sent_at timestamptz,
  customer_churned boolean,
  churned_at timestamptz,
  model_version varchar(50) not null,
  predicted_at timestamptz default current_timestamp,
  check (risk_level = case
    when churn_probability < 0.2 then 'low'
    when churn_probability < 0.5 then 'medium'
    when churn_probability < 0.8 then 'high'
    else 'critical'
  end)
);
create index idx_churn_predictions_customer on churn_predictions (customer_id);
create index idx_churn_predictions_risk on churn_predictions (risk_level) where customer_churned is null;

create table operational_alerts (
  id uuid primary key default gen_random_uuid(),
  type varchar(50) not null,
  severity varchar(20) not null check (severity in ('low', 'medium', 'high', 'critical')),
  message text not null,
  affected_entity_type varchar(50),
  affected_entity_id varchar(255),
  status varchar(20) not null default 'open' check (status in ('open', 'acknowledged', 'resolved')),
  acknowledged_at timestamptz check (acknowledged_at >= created_at),
  acknowledged_by varchar(255),
  resolved_at timestamptz check (resolved_at >= created_at),
  resolved_by varchar(255),
  resolution_notes text,
  created_at timestamptz not null default current_timestamp,
  check ((status = 'resolved') = (resolved_at is not null)),
  check (status <> 'acknowledged' or acknowledged_at is not null),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index idx_operational_alerts_status on operational_alerts (status) where status = 'open';
create index idx_operational_alerts_severity on operational_alerts (severity, created_at desc);

-- Down Migration

drop table operational_alerts, churn_predictions, service_health_samples cascade;

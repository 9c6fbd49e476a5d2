-- Up Migration

create table churn_settings (
  only_row boolean primary key default true check (only_row),
  hold_out_seed int not null default 42,
  hold_out_share numeric(4, 3) not null default 0.1 check (hold_out_share between 0 and 1)
);
insert into churn_settings default values;
comment on table churn_settings is '[customers] One row: settings of the churn predictions.';
comment on column churn_settings.only_row is 'Keeps the table to one row.';
comment on column churn_settings.hold_out_seed is 'Decides which customers are held out: another seed, others.';
comment on column churn_settings.hold_out_share is 'Share of the customers who are left untreated, so that the effect of interventions can be measured.';

-- Whether a customer belongs to the random hold-out that stays untreated: the same answer every time, for each seed.
create function reporting.is_churn_hold_out(customer uuid) returns boolean language sql stable parallel safe
  return (
    select ('x' || left(md5(hold_out_seed || ':' || customer), 8))::bit(32)::bigint < hold_out_share * 4294967296
    from public.churn_settings
  );

create table churn_runs (
  id bigint generated always as identity primary key,
  model_version text not null references churn_models (version),
  day date not null,
  snapshot_at timestamptz not null check (isfinite(snapshot_at)),
  started_at timestamptz not null default current_timestamp,
  published_at timestamptz check (published_at >= started_at),
  customers int check (customers >= 0),
  outcomes_at timestamptz check (outcomes_at >= published_at),
  unique (model_version, day),
  check ((published_at is null) = (customers is null))
);
comment on table churn_runs is '[customers] One row per scoring of all subscribers by one model on one day. Its predictions are read only once it is published. Written by the scoring; a source system has none.';
comment on column churn_runs.id is 'Number of the run.';
comment on column churn_runs.model_version is 'The model that scored.';
comment on column churn_runs.day is 'Day of the snapshot in the reporting zone.';
comment on column churn_runs.snapshot_at is 'The model saw what was known at this instant.';
comment on column churn_runs.started_at is 'When the scoring began.';
comment on column churn_runs.published_at is 'When all predictions were there. Null: not yet, nobody may read them.';
comment on column churn_runs.customers is 'Number of predictions. Null until published.';
comment on column churn_runs.outcomes_at is 'When what came to pass was filled in. Null: the 97 days are not over.';

alter table churn_predictions
  drop constraint churn_predictions_customer_id_fkey,
  add constraint churn_predictions_customer_id_fkey foreign key (customer_id) references customers (id) on delete cascade,
  add column run_id bigint references churn_runs (id) on delete cascade,
  add column mrr money_amount,
  add column factors jsonb,
  add column factor_summary text,
  add column predicted_churn_date date,
  add column is_hold_out boolean,
  add unique (run_id, customer_id);
comment on column churn_predictions.run_id is 'The scoring that it belongs to. Null: it came from elsewhere and is not published.';
comment on column churn_predictions.mrr is 'Monthly recurring revenue of the customer at the snapshot, in the reporting currency. Null: unknown.';
comment on column churn_predictions.factors is 'What weighed most, as a JSON array, the largest contribution first. Null: unknown. [health]';
comment on column churn_predictions.factor_summary is 'The same in words, without the genotype. Null: unknown. [health]';
comment on column churn_predictions.predicted_churn_date is 'End of the paid period in which the customer is expected to leave. Null: not likely to leave, or beyond 90 days.';
comment on column churn_predictions.is_hold_out is 'Whether the customer was held out from interventions. Null: unknown.';
comment on column churn_predictions.interventions is 'Proposed interventions, as a JSON array, the greatest expected impact first. Null: none. [health]';
comment on column churn_predictions.customer_churned is 'Whether the customer churned within 90 days after the snapshot. Null until 97 days have passed.';
comment on column churn_predictions.churned_at is 'When MRR reached 0, or the last notice was given. Null: did not churn, or not yet known.';

-- Down Migration

alter table churn_predictions
  drop column run_id, drop column mrr, drop column factors, drop column factor_summary, drop column predicted_churn_date,
  drop column is_hold_out,
  drop constraint churn_predictions_customer_id_fkey,
  add constraint churn_predictions_customer_id_fkey foreign key (customer_id) references customers (id);
comment on column churn_predictions.interventions is 'Proposed interventions, as JSON. Null: none.';
comment on column churn_predictions.customer_churned is 'What came to pass. Null until known.';
comment on column churn_predictions.churned_at is 'When the customer churned. Null: not, or not yet known.';
drop table churn_runs;
drop function reporting.is_churn_hold_out;
drop table churn_settings;

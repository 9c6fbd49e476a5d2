-- Up Migration

create table revenue_retention_runs (
  day date primary key,
  snapshot_at timestamptz not null check (isfinite(snapshot_at)),
  made_at timestamptz not null default current_timestamp
);
comment on table revenue_retention_runs is '[customers] One row per day that revenue retention was worked out on. Written by npm run retention; a source system has none.';
comment on column revenue_retention_runs.day is 'Day of the snapshot in the reporting zone.';
comment on column revenue_retention_runs.snapshot_at is 'It rests on what was known at this instant.';
comment on column revenue_retention_runs.made_at is 'When it was worked out.';

create table revenue_retention_cells (
  day date not null references revenue_retention_runs (day) on delete cascade,
  split text not null check (split in ('all', 'genotype', 'payer_type', 'insurance', 'state', 'channel')),
  cohort text not null,
  cohort_month date check (extract(day from cohort_month) = 1),
  period int not null check (period >= 0),
  customers int not null check (customers > 0),
  first_mrr numeric(14, 2) not null check (first_mrr > 0),
  mrr numeric(14, 2) not null check (mrr >= 0),
  retention_low double precision check (retention_low >= 0),
  retention_high double precision check (retention_high < 'infinity'),
  unique nulls not distinct (day, split, cohort, cohort_month, period),
  check ((retention_low is null) = (retention_high is null) and retention_low <= retention_high)
);
comment on table revenue_retention_cells is '[customers] One row per run, cohort of a split, first month and month since that is over: what the cohort''s subscribers pay; of parts under 30 subscribers none. Written by npm run retention; a source system has none.';
comment on column revenue_retention_cells.day is 'Day of the run.';
comment on column revenue_retention_cells.split is 'What subscribers are split by; all: not at all.';
comment on column revenue_retention_cells.cohort is 'The cohort of the split, such as MZ; unknown where the attribute is. [health]';
comment on column revenue_retention_cells.cohort_month is 'First day of the month of first month-end MRR. Null: of all months together.';
comment on column revenue_retention_cells.period is 'Months after that month.';
comment on column revenue_retention_cells.customers is 'Its subscribers of whom that month is over at the snapshot.';
comment on column revenue_retention_cells.first_mrr is 'Their MRR at the end of the first month, in the reporting currency.';
comment on column revenue_retention_cells.mrr is 'Their MRR at the end of this month.';
comment on column revenue_retention_cells.retention_low is 'Lower end of the 95% bootstrap interval of mrr / first_mrr by customer. Null under 30 customers.';
comment on column revenue_retention_cells.retention_high is 'Upper end of it.';

insert into table_expectations (table_name, fact_column, fresh_hours) values
  ('revenue_retention_runs', 'snapshot_at', 192), ('revenue_retention_cells', 'day', null);

-- Down Migration

delete from table_expectations where table_name in ('revenue_retention_runs', 'revenue_retention_cells');
drop table revenue_retention_cells, revenue_retention_runs;

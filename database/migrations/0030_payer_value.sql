-- Up Migration

-- A token without a payer is one of the payer without a name.
alter table payers add constraint payers_name_check check (name <> '');

create table medical_price_index (
  year int primary key check (year between 1990 and 2100),
  index_value numeric(12, 4) not null check (index_value > 0 and index_value < 'infinity')
);
comment on table medical_price_index is '[payers] One row per year: level of medical prices, such as the medical care index of consumer prices. A year without a row takes the newest one before. Empty: costs are compared in the money of their day.';
comment on column medical_price_index.year is 'Calendar year.';
comment on column medical_price_index.index_value is 'Level of prices in it, on any base.';

create table payer_value_runs (
  day date primary key,
  snapshot_at timestamptz not null check (isfinite(snapshot_at)),
  price_year int,
  made_at timestamptz not null default current_timestamp
);
comment on table payer_value_runs is '[payers] One row per day on which payers'' costs were compared. Written by npm run payer-value; a source system has none.';
comment on column payer_value_runs.day is 'Day of the snapshot in the reporting zone.';
comment on column payer_value_runs.snapshot_at is 'The comparison rests on what was known at this instant.';
comment on column payer_value_runs.price_year is 'Year whose prices all costs are in. Null: no price index, costs are in the money of their day.';
comment on column payer_value_runs.made_at is 'When it was made.';

create table payer_value_cells (
  day date not null references payer_value_runs (day) on delete cascade,
  is_full boolean not null,
  position int not null,
  level text not null check (level in ('all', 'payer', 'contract', 'quarter')),
  payer_id uuid references payers (id),
  contract_id uuid references payer_contracts (id),
  quarter text check (quarter ~ '^\d{4}-Q[1-4]$'),
  suppressed text[] not null,
  revenue_share double precision,
  patients int,
  comparators int,
  without_history int,
  without_follow_up int,
  without_matches int,
  member_months_treated_before double precision,
  cost_treated_before double precision,
  er_visits_per_1000_treated_before double precision,
  admissions_per_1000_treated_before double precision,
  exacerbations_per_year_treated_before double precision,
  fev1_slope_treated_before double precision,
  member_months_treated_after double precision,
  cost_treated_after double precision,
  er_visits_per_1000_treated_after double precision,
  admissions_per_1000_treated_after double precision,
  exacerbations_per_year_treated_after double precision,
  fev1_slope_treated_after double precision,
  member_months_comparator_before double precision,
  cost_comparator_before double precision,
  er_visits_per_1000_comparator_before double precision,
  admissions_per_1000_comparator_before double precision,
  exacerbations_per_year_comparator_before double precision,
  fev1_slope_comparator_before double precision,
  member_months_comparator_after double precision,
  cost_comparator_after double precision,
  er_visits_per_1000_comparator_after double precision,
  admissions_per_1000_comparator_after double precision,
  exacerbations_per_year_comparator_after double precision,
  fev1_slope_comparator_after double precision,
  sgrq_change_treated double precision,
  sgrq_change_comparator double precision,
  cost_difference double precision,
  cost_difference_low double precision,
  cost_difference_high double precision,
  placebo_patients int,
  placebo_difference double precision,
  placebo_difference_low double precision,
  placebo_difference_high double precision,
  reimbursed_tests int,
  reimbursed numeric(14, 2),
  reimbursed_for_patients numeric(14, 2),
  primary key (day, is_full, position)
);
comment on table payer_value_cells is '[payers] Two rows per day, payer, contract and quarter of diagnosis, and for each total: all figures, and those that may be shown. Written by npm run payer-value; a source system has none.';
comment on column payer_value_cells.day is 'Day of the snapshot.';
comment on column payer_value_cells.is_full is 'True: every figure, for clinical hands. False: as everybody else sees it, with small cells and those that would give them away null.';
comment on column payer_value_cells.position is 'Running number of the group within the day.';
comment on column payer_value_cells.level is 'What the row is about: all payers, a payer, one of its contracts, or a quarter of diagnoses under it.';
comment on column payer_value_cells.payer_id is 'The payer. Null for all.';
comment on column payer_value_cells.contract_id is 'The contract in force on the day of the diagnosis. Null above contracts, and before a payer''s first.';
comment on column payer_value_cells.quarter is 'Calendar quarter of the diagnosis, such as 2026-Q1. Null above quarters.';
comment on column payer_value_cells.suppressed is 'Counts that are not shown, with all figures that rest on them.';
comment on column payer_value_cells.revenue_share is 'The payer''s part of all net revenue of the twelve months to the snapshot. Null: none, or not a payer''s row.';
comment on column payer_value_cells.patients is 'Diagnosed members who were matched. [health]';
comment on column payer_value_cells.comparators is 'Members matched with them. [health]';
comment on column payer_value_cells.without_history is 'Diagnosed members left out: not insured over all twelve months before. [health]';
comment on column payer_value_cells.without_follow_up is 'Diagnosed members left out: no day since the month of diagnosis. [health]';
comment on column payer_value_cells.without_matches is 'Diagnosed members left out: nobody similar. [health]';
comment on column payer_value_cells.member_months_treated_before is 'Months of membership of the patients in months -8 to -4. [health]';
comment on column payer_value_cells.cost_treated_before is 'Cost per member and month of the patients in months -8 to -4. [health]';
comment on column payer_value_cells.er_visits_per_1000_treated_before is 'Emergency visits per 1,000 member-months of the patients in months -8 to -4. [health]';
comment on column payer_value_cells.admissions_per_1000_treated_before is 'Admissions per 1,000 member-months of the patients in months -8 to -4. [health]';
comment on column payer_value_cells.exacerbations_per_year_treated_before is 'Exacerbations per member and year of the patients in months -8 to -4. [health]';
comment on column payer_value_cells.fev1_slope_treated_before is 'Change of FEV1 of the patients in the year before, millilitres a year. [health]';
comment on column payer_value_cells.member_months_treated_after is 'Months of membership of the patients in months 1 to 12. [health]';
comment on column payer_value_cells.cost_treated_after is 'Cost per member and month of the patients in months 1 to 12. [health]';
comment on column payer_value_cells.er_visits_per_1000_treated_after is 'Emergency visits per 1,000 member-months of the patients in months 1 to 12. [health]';
comment on column payer_value_cells.admissions_per_1000_treated_after is 'Admissions per 1,000 member-months of the patients in months 1 to 12. [health]';
comment on column payer_value_cells.exacerbations_per_year_treated_after is 'Exacerbations per member and year of the patients in months 1 to 12. [health]';
comment on column payer_value_cells.fev1_slope_treated_after is 'Change of FEV1 of the patients in the year after, millilitres a year. [health]';
comment on column payer_value_cells.member_months_comparator_before is 'Months of membership of the comparators in months -8 to -4, each set of comparators counting once. [health]';
comment on column payer_value_cells.cost_comparator_before is 'Cost per member and month of the comparators in months -8 to -4. [health]';
comment on column payer_value_cells.er_visits_per_1000_comparator_before is 'Emergency visits per 1,000 member-months of the comparators in months -8 to -4. [health]';
comment on column payer_value_cells.admissions_per_1000_comparator_before is 'Admissions per 1,000 member-months of the comparators in months -8 to -4. [health]';
comment on column payer_value_cells.exacerbations_per_year_comparator_before is 'Exacerbations per member and year of the comparators in months -8 to -4. [health]';
comment on column payer_value_cells.fev1_slope_comparator_before is 'Change of FEV1 of the comparators in the year before, millilitres a year. [health]';
comment on column payer_value_cells.member_months_comparator_after is 'Months of membership of the comparators in months 1 to 12, each set of comparators counting once. [health]';
comment on column payer_value_cells.cost_comparator_after is 'Cost per member and month of the comparators in months 1 to 12. [health]';
comment on column payer_value_cells.er_visits_per_1000_comparator_after is 'Emergency visits per 1,000 member-months of the comparators in months 1 to 12. [health]';
comment on column payer_value_cells.admissions_per_1000_comparator_after is 'Admissions per 1,000 member-months of the comparators in months 1 to 12. [health]';
comment on column payer_value_cells.exacerbations_per_year_comparator_after is 'Exacerbations per member and year of the comparators in months 1 to 12. [health]';
comment on column payer_value_cells.fev1_slope_comparator_after is 'Change of FEV1 of the comparators in the year after, millilitres a year. [health]';
comment on column payer_value_cells.sgrq_change_treated is 'Mean change of the SGRQ score of the patients, from the last of the year before to the last of the year after. [health]';
comment on column payer_value_cells.sgrq_change_comparator is 'Mean change of the SGRQ score of the comparators, from the last of the year before to the last of the year after. [health]';
comment on column payer_value_cells.cost_difference is 'Difference-in-differences of the cost per member and month. [health]';
comment on column payer_value_cells.cost_difference_low is 'Lower end of its 95% interval. [health]';
comment on column payer_value_cells.cost_difference_high is 'Upper end of its 95% interval. [health]';
comment on column payer_value_cells.placebo_patients is 'Diagnosed members who were matched for the placebo, a year before the diagnosis. [health]';
comment on column payer_value_cells.placebo_difference is 'The same difference around the placebo date, before anything had happened. [health]';
comment on column payer_value_cells.placebo_difference_low is 'Lower end of its 95% interval. [health]';
comment on column payer_value_cells.placebo_difference_high is 'Upper end of its 95% interval. [health]';
comment on column payer_value_cells.reimbursed_tests is 'Tests that the payer paid, by the day of its decision.';
comment on column payer_value_cells.reimbursed is 'Amount paid for them, in the reporting currency.';
comment on column payer_value_cells.reimbursed_for_patients is 'Amount paid for tests of the patients. [health]';

create table payer_balance_cells (
  day date not null references payer_value_runs (day) on delete cascade,
  is_full boolean not null,
  level text not null check (level in ('all', 'payer')),
  payer_id uuid references payers (id),
  covariate text not null check (covariate in ('age', 'female', 'region', 'comorbidity', 'cost_before')),
  is_suppressed boolean not null,
  smd_before double precision,
  smd_after double precision,
  unique nulls not distinct (day, is_full, payer_id, covariate)
);
comment on table payer_balance_cells is '[payers] Two rows per day, payer (or all) and covariate: how far patients and others differ before and after matching. Written by npm run payer-value; a source system has none.';
comment on column payer_balance_cells.day is 'Day of the snapshot.';
comment on column payer_balance_cells.is_full is 'As in payer_value_cells.';
comment on column payer_balance_cells.level is 'all or payer.';
comment on column payer_balance_cells.payer_id is 'The payer. Null for all.';
comment on column payer_balance_cells.covariate is 'age in years, female (share), region (the one that differs most), comorbidity (score) or cost_before (logarithm of the cost of a month).';
comment on column payer_balance_cells.is_suppressed is 'Whether it is not shown because its patients are not.';
comment on column payer_balance_cells.smd_before is 'Standardised mean difference before matching. Null: suppressed, nobody, or nothing varies.';
comment on column payer_balance_cells.smd_after is 'The same after matching.';

create table payer_value_matches (
  day date not null references payer_value_runs (day) on delete cascade,
  comparator_id uuid primary key references payer_members (id) on delete cascade,
  patient_id uuid not null references payer_members (id) on delete cascade
);
create index payer_value_matches_patient on payer_value_matches (patient_id);
comment on table payer_value_matches is '[payers] One row per comparison member that stands beside a patient in the newest comparison. Written by npm run payer-value; a source system has none.';
comment on column payer_value_matches.day is 'Day of the comparison.';
comment on column payer_value_matches.comparator_id is 'Who is compared with: nobody is twice.';
comment on column payer_value_matches.patient_id is 'The diagnosed member.';

-- Down Migration

drop table payer_value_matches, payer_balance_cells, payer_value_cells, payer_value_runs, medical_price_index;
alter table payers drop constraint payers_name_check;

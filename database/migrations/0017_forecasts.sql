-- Up Migration

create table staffing_settings (
  only_row boolean primary key default true check (only_row),
  target_wait_days numeric(5, 1) not null default 5 check (target_wait_days > 0),
  most_utilization numeric(4, 3) not null default 0.85 check (most_utilization > 0 and most_utilization <= 1),
  path_share numeric(4, 3) not null default 0.8 check (path_share > 0 and path_share <= 1)
);
insert into staffing_settings default values;
comment on table staffing_settings is '[operations] One row: what the counselling must achieve, for the need for counselors.';
comment on column staffing_settings.only_row is 'Keeps the table to one row.';
comment on column staffing_settings.target_wait_days is 'Longest median wait for counselling over the coming 13 weeks, in days.';
comment on column staffing_settings.most_utilization is 'Greatest share of the sessions that could be held which may be needed.';
comment on column staffing_settings.path_share is 'Share of the paths that demand may take in which both must be met.';

create table forecast_runs (
  day date primary key,
  snapshot_at timestamptz not null check (isfinite(snapshot_at)),
  made_at timestamptz not null default current_timestamp
);
comment on table forecast_runs is '[platform] One row per day that was forecast from. Written by npm run forecast; a source system has none.';
comment on column forecast_runs.day is 'Day of the snapshot in the reporting zone.';
comment on column forecast_runs.snapshot_at is 'The forecasts rest on what was known at this instant.';
comment on column forecast_runs.made_at is 'When they were made.';

create table forecasts (
  day date not null references forecast_runs (day) on delete cascade,
  series text not null check (series in ('mrr', 'counseling_requests', 'tests_ordered')),
  step int not null check (step > 0),
  period date not null,
  method text not null,
  history int not null check (history > 0),
  value double precision not null check (value >= 0 and value < 'infinity'),
  low_80 double precision not null check (low_80 between 0 and value),
  high_80 double precision not null check (high_80 >= value and high_80 < 'infinity'),
  low_95 double precision not null check (low_95 between 0 and low_80),
  high_95 double precision not null check (high_95 >= high_80 and high_95 < 'infinity'),
  coverage_80 double precision check (coverage_80 between 0 and 1),
  coverage_95 double precision check (coverage_95 between 0 and 1),
  coverage_n int not null check (coverage_n >= 0),
  mase double precision check (mase >= 0),
  primary key (day, series, step),
  check ((coverage_n = 0) = (coverage_80 is null) and (coverage_80 is null) = (coverage_95 is null))
);
comment on table forecasts is '[platform] One row per day forecast from, series and step ahead. Written by npm run forecast; a source system has none.';
comment on column forecasts.day is 'Day that was forecast from.';
comment on column forecasts.series is 'mrr: at the end of the month, in the reporting currency; counseling_requests, tests_ordered: number in the week.';
comment on column forecasts.step is 'Months or weeks ahead, from 1.';
comment on column forecasts.period is 'First day of the month or of the week from Monday.';
comment on column forecasts.method is 'What forecast best in the backtest.';
comment on column forecasts.history is 'Number of months or weeks that it rests on.';
comment on column forecasts.value is 'What is expected.';
comment on column forecasts.low_80 is 'Lower end of the 80% prediction interval.';
comment on column forecasts.high_80 is 'Upper end of the 80% prediction interval.';
comment on column forecasts.low_95 is 'Lower end of the 95% prediction interval.';
comment on column forecasts.high_95 is 'Upper end of the 95% prediction interval.';
comment on column forecasts.coverage_80 is 'Share of earlier 80% intervals as many steps ahead that held what came. Null: none could be checked.';
comment on column forecasts.coverage_95 is 'The same for 95% intervals.';
comment on column forecasts.coverage_n is 'Number of intervals checked.';
comment on column forecasts.mase is 'Mean absolute scaled error of the method on origins that did not choose it, over all steps. Null: the series never changed.';

create table staffing_forecasts (
  day date primary key references forecast_runs (day) on delete cascade,
  weeks int not null check (weeks > 0),
  paths int not null check (paths > 0),
  waitlist int not null check (waitlist >= 0),
  requests double precision not null check (requests >= 0 and requests < 'infinity'),
  sessions_per_week double precision not null check (sessions_per_week > 0 and sessions_per_week < 'infinity'),
  counselors_present numeric(8, 2) not null check (counselors_present >= 0),
  counselors_needed numeric(8, 1) not null check (counselors_needed >= 0),
  counselors_to_hire int not null check (counselors_to_hire >= 0),
  wait_days double precision check (wait_days >= 0 and wait_days < 'infinity'),
  target_wait_days numeric(5, 1) not null check (target_wait_days > 0)
);
comment on table staffing_forecasts is '[operations] One row per day forecast from: how many counselors the coming weeks need. Written by npm run forecast; a source system has none.';
comment on column staffing_forecasts.day is 'Day that was forecast from.';
comment on column staffing_forecasts.weeks is 'Weeks ahead.';
comment on column staffing_forecasts.paths is 'Paths of demand that were played through.';
comment on column staffing_forecasts.waitlist is 'Requests that waited at the snapshot.';
comment on column staffing_forecasts.requests is 'Requests expected in all those weeks.';
comment on column staffing_forecasts.sessions_per_week is 'Most sessions in a week of a full-time equivalent.';
comment on column staffing_forecasts.counselors_present is 'Full-time equivalents at the snapshot.';
comment on column staffing_forecasts.counselors_needed is 'Fewest full-time equivalents that meet the targets of staffing_settings, in tenths.';
comment on column staffing_forecasts.counselors_to_hire is 'Whole counselors to hire.';
comment on column staffing_forecasts.wait_days is 'Median wait in days that is expected with those present. Null: nobody is.';
comment on column staffing_forecasts.target_wait_days is 'Longest median wait that was aimed at.';

create table churn_feature_bins (
  model_version text not null references churn_models (version),
  feature text not null,
  bin int not null check (bin >= 0),
  level text,
  upper_bound double precision,
  training_rows int not null check (training_rows >= 0),
  primary key (model_version, feature, bin),
  check (level is null or upper_bound is null)
);
comment on table churn_feature_bins is '[customers] One row per churn model, feature and bin: the rows that the model was trained on. Bin 0 holds missing values. Written by the training; a source system has none.';
comment on column churn_feature_bins.model_version is 'The model.';
comment on column churn_feature_bins.feature is 'The feature.';
comment on column churn_feature_bins.bin is '0 for missing values; then the levels, or the tenths of the training rows from the lowest values on.';
comment on column churn_feature_bins.level is 'The level of a category or truth value. Null: of a number, or any other level.';
comment on column churn_feature_bins.upper_bound is 'Greatest value in the bin. Null: no number, or no limit.';
comment on column churn_feature_bins.training_rows is 'Training rows in the bin.';

create table churn_run_bins (
  run_id bigint not null references churn_runs (id) on delete cascade,
  feature text not null,
  bin int not null check (bin >= 0),
  customers int not null check (customers > 0),
  primary key (run_id, feature, bin)
);
comment on table churn_run_bins is '[customers] One row per scoring, feature and bin of its model''s training that has any of its customers. Written by the scoring; a source system has none.';
comment on column churn_run_bins.run_id is 'The scoring.';
comment on column churn_run_bins.feature is 'The feature.';
comment on column churn_run_bins.bin is 'The bin, as in churn_feature_bins.';
comment on column churn_run_bins.customers is 'Scored customers in the bin.';

-- Area under the ROC curve: the chance that an event was given a higher probability than a non-event, ties counting half
-- (Mann-Whitney). Null where there are none of either.
create function reporting.roc_auc(probabilities double precision[], events boolean[])
  returns double precision language sql immutable parallel safe
  return (
    select (sum(ranked.rank) filter (where ranked.event) - count(*) filter (where ranked.event) * (count(*) filter (where ranked.event) + 1) / 2.0)
      / nullif(count(*) filter (where ranked.event) * count(*) filter (where not ranked.event), 0)::double precision
    from (
      select given.event,
        rank() over (order by given.probability) + (count(*) over (partition by given.probability) - 1) / 2.0 as rank
      from unnest(probabilities, events) as given (probability, event)
    ) ranked
  );

-- Expected calibration error: the mean gap between predicted and observed in ten bins of equal width, weighted by rows.
-- Null without rows.
create function reporting.calibration_error(probabilities double precision[], events boolean[])
  returns double precision language sql immutable parallel safe
  return (
    select sum(abs(bins.predicted - bins.observed)) / nullif(sum(bins.rows), 0)
    from (
      select sum(given.probability) as predicted, count(*) filter (where given.event) as observed, count(*) as rows
      from unnest(probabilities, events) as given (probability, event)
      group by least(floor(given.probability * 10), 9)
    ) bins
  );

-- Down Migration

drop function reporting.roc_auc, reporting.calibration_error;
drop table churn_run_bins, churn_feature_bins, staffing_forecasts, forecasts, forecast_runs, staffing_settings;

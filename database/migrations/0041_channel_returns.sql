-- Up Migration

create table attribution_runs (
  day date primary key,
  snapshot_at timestamptz not null check (isfinite(snapshot_at)),
  made_at timestamptz not null default current_timestamp
);
comment on table attribution_runs is '[marketing] One row per day that the returns of channels were worked out on. Written by npm run attribute; a source system has none.';
comment on column attribution_runs.day is 'Day of the snapshot in the reporting zone.';
comment on column attribution_runs.snapshot_at is 'The returns rest on what was known at this instant.';
comment on column attribution_runs.made_at is 'When they were worked out.';

create table channel_returns (
  day date not null references attribution_runs (day) on delete cascade,
  conversion_kind text not null check (conversion_kind in ('first_payment', 'sign_up')),
  lookback_days int not null check (lookback_days in (7, 30, 60, 90)),
  value_days int not null check (value_days in (90, 180, 365)),
  model text not null check (
    model in ('first_touch', 'last_touch', 'linear', 'time_decay', 'position_based', 'shapley', 'markov')
  ),
  channel varchar(100) not null references marketing_channels (channel),
  campaign varchar(255),
  campaign_status text check (campaign_status in ('active', 'paused', 'completed')),
  period_from date not null,
  period_to date not null check (period_to > period_from),
  spend numeric(14, 2) not null check (spend >= 0),
  conversions double precision not null check (conversions >= 0),
  revenue double precision not null check (revenue > '-infinity' and revenue < 'infinity'),
  revenue_low double precision not null check (revenue_low <= revenue_high),
  revenue_high double precision not null check (revenue_high < 'infinity'),
  known_clicks bigint not null check (known_clicks >= 0),
  known_converted int not null check (known_converted >= 0),
  cac_paid double precision check (cac_paid >= 0),
  unique nulls not distinct (day, conversion_kind, lookback_days, value_days, model, channel, campaign),
  check (campaign is not null or campaign_status is null)
);
comment on table channel_returns is '[marketing] One row per run, choice of attribution, model and channel or campaign: what it cost and brought in the newest 12 months whose conversions all have the age that their value is counted for. Written by npm run attribute; a source system has none.';
comment on column channel_returns.day is 'Day of the run.';
comment on column channel_returns.conversion_kind is 'What counts as a conversion.';
comment on column channel_returns.lookback_days is 'How long before a conversion a touch counts, in days.';
comment on column channel_returns.value_days is 'Days after a conversion whose revenue counts.';
comment on column channel_returns.model is 'Attribution model that the credits are of.';
comment on column channel_returns.channel is 'The channel.';
comment on column channel_returns.campaign is 'Campaign of it. Null: the channel as a whole.';
comment on column channel_returns.campaign_status is 'Status of the campaign at the run.';
comment on column channel_returns.period_from is 'First day of the 12 months.';
comment on column channel_returns.period_to is 'Last day of them.';
comment on column channel_returns.spend is 'Spend in the period, in the reporting currency.';
comment on column channel_returns.conversions is 'Conversions credited in the period.';
comment on column channel_returns.revenue is 'Net revenue of those conversions within the days that count, in the reporting currency; the gross margin is applied when it is read.';
comment on column channel_returns.revenue_low is 'Lower end of its 95% bootstrap interval by customer.';
comment on column channel_returns.revenue_high is 'Upper end of it.';
comment on column channel_returns.known_clicks is 'Clicks on days on which the channel reported the clicks of all its spend.';
comment on column channel_returns.known_converted is 'Customers touched by it who converted on such days.';
comment on column channel_returns.cac_paid is 'Spend on all paid channels / conversions credited to them, in the period. Null without such conversions.';

-- Down Migration

drop table channel_returns, attribution_runs;

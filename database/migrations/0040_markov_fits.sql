-- Up Migration

create table markov_fits (
  conversion_kind text not null check (conversion_kind in ('first_payment', 'sign_up')),
  lookback_days int not null check (lookback_days in (7, 30, 60, 90)),
  month date not null check (extract(day from month) = 1),
  fitted_through timestamptz not null check (isfinite(fitted_through)),
  made_at timestamptz not null check (made_at >= fitted_through and isfinite(made_at)),
  journeys int not null check (journeys >= 0),
  conversions int not null check (conversions between 0 and journeys),
  primary key (conversion_kind, lookback_days, month)
);
comment on table markov_fits is '[marketing] One row per kind of conversion, lookback and month: a first-order Markov chain of channels over the journeys of the 12 months that end with it. Written by npm run attribute; a source system has none.';
comment on column markov_fits.conversion_kind is 'first_payment or sign_up.';
comment on column markov_fits.lookback_days is 'Longest gap between two touches of a journey, in days.';
comment on column markov_fits.month is 'First day of the last of the 12 months. Conversions of this month are credited by the fit.';
comment on column markov_fits.fitted_through is 'The end of that month; of a month that was still running, the instant of the run. Nothing later was read.';
comment on column markov_fits.made_at is 'Present of the reports at the run. Facts that came in later are not in the fit.';
comment on column markov_fits.journeys is 'Journeys in it.';
comment on column markov_fits.conversions is 'Of those, journeys that converted.';

create table markov_removal_effects (
  conversion_kind text not null,
  lookback_days int not null,
  month date not null,
  channel varchar(100) not null references marketing_channels (channel),
  removal_effect double precision not null check (removal_effect between 0 and 1),
  primary key (conversion_kind, lookback_days, month, channel),
  foreign key (conversion_kind, lookback_days, month) references markov_fits on delete cascade
);
comment on table markov_removal_effects is '[marketing] One row per Markov chain and channel in its journeys. Written by npm run attribute; a source system has none.';
comment on column markov_removal_effects.conversion_kind is 'Kind of conversion of the chain.';
comment on column markov_removal_effects.lookback_days is 'Lookback of the chain.';
comment on column markov_removal_effects.month is 'Month of the chain.';
comment on column markov_removal_effects.channel is 'The channel.';
comment on column markov_removal_effects.removal_effect is 'Share of the conversions that the chain loses without the channel.';

-- Down Migration

drop table markov_removal_effects, markov_fits;

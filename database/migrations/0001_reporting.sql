-- Up Migration

create schema reporting;
comment on schema reporting is 'Reporting settings, calendars and the helper functions that every metric shares.';

create table reporting.settings (
  only_row boolean primary key default true check (only_row),
  as_of timestamptz,
  time_zone text not null default 'UTC' check ((timestamptz '2000-01-01' at time zone time_zone) is not null),
  currency char(3) not null default 'USD' check (currency ~ '^[A-Z]{3}$')
);
insert into reporting.settings default values;

-- The only place that decides what "now" means to a metric.
create function reporting.as_of() returns timestamptz language sql stable parallel safe
  return (select coalesce(as_of, now()) from reporting.settings);

create function reporting.time_zone() returns text language sql stable parallel safe
  return (select time_zone from reporting.settings);

create function reporting.today() returns date language sql stable parallel safe
  return (reporting.as_of() at time zone reporting.time_zone())::date;

-- The last instant of a day in the reporting zone: events up to and including it belong to the day.
create function reporting.day_end(day date) returns timestamptz language sql stable parallel safe
  return (((day + 1)::timestamp at time zone reporting.time_zone()) - interval '1 microsecond');

create table reporting.calendar (
  day date primary key,
  week date generated always as (day - (extract(isodow from day)::int - 1)) stored,
  month date generated always as (make_date(extract(year from day)::int, extract(month from day)::int, 1)) stored
);
insert into reporting.calendar (day)
  select day::date from generate_series(date '1990-01-01', date '2100-12-31', interval '1 day') as day;

create table reporting.months (
  month date primary key check (extract(day from month) = 1),
  next_month date not null unique,
  -- Months since year 0: the difference of two is their distance in calendar months.
  month_number int generated always as ((extract(year from month) * 12 + extract(month from month))::int) stored
);
insert into reporting.months (month, next_month)
  select month::date, (month + interval '1 month')::date
  from generate_series(date '1990-01-01', date '2100-12-01', interval '1 month') as month;

-- The number of a day's calendar month, as in reporting.months. (date_part is in floats: several times as fast as extract.)
create function reporting.month_number(day date) returns int language sql immutable parallel safe
  return (date_part('year', day) * 12 + date_part('month', day))::int;

-- The number of the calendar month that an instant falls into.
create function reporting.month_number(instant timestamptz, zone text) returns int language sql stable parallel safe
  return reporting.month_number((instant at time zone zone)::date);

-- Sums at the edge of a period: an opening balance is that of the period's first month, a closing balance that of its
-- last, whatever the period, so neither may be summed over months.
create type reporting.balance as (month_number int, amount numeric);

create function reporting.keep_first(state reporting.balance, month_number int, amount numeric)
  returns reporting.balance language plpgsql immutable parallel safe as $$
begin
  if state.month_number is null or month_number < state.month_number then
    return row(month_number, coalesce(amount, 0))::reporting.balance;
  elsif month_number = state.month_number then
    return row(month_number, state.amount + coalesce(amount, 0))::reporting.balance;
  end if;
  return state;
end $$;

create function reporting.keep_last(state reporting.balance, month_number int, amount numeric)
  returns reporting.balance language plpgsql immutable parallel safe as $$
begin
  if state.month_number is null or month_number > state.month_number then
    return row(month_number, coalesce(amount, 0))::reporting.balance;
  elsif month_number = state.month_number then
    return row(month_number, state.amount + coalesce(amount, 0))::reporting.balance;
  end if;
  return state;
end $$;

create function reporting.balance_amount(state reporting.balance) returns numeric language sql immutable parallel safe
  return state.amount;

create aggregate reporting.opening_balance(month_number int, amount numeric) (
  sfunc = reporting.keep_first, stype = reporting.balance, finalfunc = reporting.balance_amount
);
create aggregate reporting.closing_balance(month_number int, amount numeric) (
  sfunc = reporting.keep_last, stype = reporting.balance, finalfunc = reporting.balance_amount
);

-- Wilson score interval of a proportion, 95%; side is -1 for the lower bound and 1 for the upper one.
create function reporting.wilson_bound(successes numeric, trials numeric, side int)
  returns double precision language sql immutable parallel safe
  return case when trials > 0 then greatest(0, least(1, (
    (successes / trials + 1.9599639845400545 ^ 2 / (2 * trials)
      + side * 1.9599639845400545
        * sqrt(successes / trials * (1 - successes / trials) / trials + 1.9599639845400545 ^ 2 / (4 * trials ^ 2)))
    / (1 + 1.9599639845400545 ^ 2 / trials)
  )::double precision)) end;

-- Down Migration

drop schema reporting cascade;

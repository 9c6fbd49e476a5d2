-- Up Migration

create domain payer_type as text check (value in ('commercial_insurance', 'medicare', 'medicaid', 'self_pay'));
create domain currency_code as char(3) check (value ~ '^[A-Z]{3}$');

create table exchange_rates (
  currency currency_code not null,
  day date not null,
  -- Reporting currency for one unit of `currency`.
  rate numeric(18, 8) not null check (rate > 0 and rate < 'infinity'),
  primary key (currency, day)
);

-- Reporting currency for one unit of a currency: the latest rate on or before the day, at most 7 days old; else null.
create function reporting.rate(code text, on_day date) returns numeric language sql stable parallel safe as $$
  select case
    when code = (select currency from reporting.settings) then 1
    else (
      select r.rate from exchange_rates r
      where r.currency = code and r.day between on_day - 7 and on_day
      order by r.day desc limit 1
    )
  end;
$$;

-- The same where there must be one: no figure is better than a wrong one.
create function reporting.required_rate(code text, on_day date) returns numeric language plpgsql stable parallel safe as $$
declare
  found_rate numeric := reporting.rate(code, on_day);
begin
  if found_rate is null then
    raise exception 'no exchange rate for % on % or in the 7 days before', code, on_day
      using hint = 'add the rate to exchange_rates';
  end if;
  return found_rate;
end $$;

create table payers (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  payer_type payer_type not null check (payer_type <> 'self_pay')
);

create table marketing_channels (
  channel varchar(100) primary key,
  name text not null,
  is_paid boolean not null
);

create table customers (
  id uuid primary key default gen_random_uuid(),
  created_at timestamptz not null,
  full_name text,
  email text,
  date_of_birth date check (date_of_birth >= date '1880-01-01'),
  sex text check (sex in ('female', 'male', 'other')),
  state text,
  genotype text check (genotype in ('ZZ', 'SZ', 'MZ', 'MM', 'MS', 'SS')),
  payer_type payer_type,
  payer_id uuid references payers (id),
  acquisition_channel varchar(100) references marketing_channels (channel),
  utm_source varchar(255),
  utm_medium varchar(255),
  utm_campaign varchar(255),
  check (payer_id is null or payer_type <> 'self_pay'),
  check (isfinite(created_at))
);
create index customers_created_at on customers (created_at);
create index customers_payer on customers (payer_id);

-- Laboratories write the two alleles in either order, sometimes with the locus in front.
create function reporting.normalise_genotype(written text) returns text language sql immutable parallel safe
  return (
    select case when lower(btrim(written)) in ('', 'unknown') then null
      else (select string_agg(allele, '' order by allele)
            from regexp_split_to_table(regexp_replace(upper(btrim(written)), '^PI\*?|[^A-Z]', '', 'g'), '') as allele)
      end
  );

create function reporting.normalise_customer_genotype() returns trigger language plpgsql as $$
begin
  new.genotype := reporting.normalise_genotype(new.genotype);
  return new;
end $$;

create trigger customers_genotype before insert or update of genotype on customers
  for each row when (new.genotype not in ('ZZ', 'SZ', 'MZ', 'MM', 'MS', 'SS'))
  execute function reporting.normalise_customer_genotype();

create table customer_history (
  customer_id uuid not null references customers (id) on delete cascade,
  -- The values below held until this instant.
  valid_until timestamptz not null check (isfinite(valid_until)),
  genotype text check (genotype in ('ZZ', 'SZ', 'MZ', 'MM', 'MS', 'SS')),
  payer_type payer_type,
  state text,
  primary key (customer_id, valid_until)
);

create function reporting.keep_customer_history() returns trigger language plpgsql as $$
begin
  insert into customer_history (customer_id, valid_until, genotype, payer_type, state)
  values (old.id, now(), old.genotype, old.payer_type, old.state)
  on conflict (customer_id, valid_until) do nothing;
  return null;
end $$;

create trigger customers_history after update of genotype, payer_type, state on customers
  for each row
  when ((old.genotype, old.payer_type, old.state) is distinct from (new.genotype, new.payer_type, new.state))
  execute function reporting.keep_customer_history();

create table cohorts (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null,
  description text,
  filter_criteria jsonb not null check (jsonb_typeof(filter_criteria) = 'object'),
  customer_ids uuid[],
  created_at timestamptz not null default current_timestamp
);

-- Down Migration

drop table cohorts, customer_history, customers, marketing_channels, payers, exchange_rates cascade;
drop function reporting.required_rate, reporting.rate, reporting.normalise_genotype, reporting.normalise_customer_genotype, reporting.keep_customer_history;
drop domain payer_type, currency_code;

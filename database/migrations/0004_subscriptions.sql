-- Up Migration

create domain money_amount as numeric(14, 2) check (value > '-infinity' and value < 'infinity');

create table plans (
  id text primary key,
  name text not null
);

create table subscriptions (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customers (id),
  started_at timestamptz not null check (isfinite(started_at)),
  trial_ends_at timestamptz check (trial_ends_at >= started_at),
  -- Notice given; paid access goes on until `ended_at`.
  cancelled_at timestamptz check (cancelled_at >= started_at),
  ended_at timestamptz check (ended_at >= started_at and isfinite(ended_at))
);
create index subscriptions_customer on subscriptions (customer_id);
create index subscriptions_started_at on subscriptions (started_at);

create table subscription_terms (
  subscription_id uuid not null references subscriptions (id) on delete cascade,
  -- The terms hold from this instant until the next row's.
  valid_from timestamptz not null check (isfinite(valid_from)),
  plan_id text not null references plans (id),
  unit_amount money_amount not null check (unit_amount >= 0),
  quantity int not null default 1 check (quantity > 0),
  discount_percent numeric(5, 2) not null default 0 check (discount_percent between 0 and 100),
  discount_amount money_amount not null default 0 check (discount_amount >= 0),
  currency currency_code not null default 'USD',
  billing_interval text not null check (billing_interval in ('day', 'week', 'month', 'quarter', 'year')),
  interval_count int not null default 1 check (interval_count > 0),
  primary key (subscription_id, valid_from),
  check (discount_amount <= unit_amount * quantity * (1 - discount_percent / 100))
);

-- Months a billing interval is worth, as a fraction with exact numerator and denominator.
create function reporting.monthly_amount(amount numeric, billing_interval text, interval_count int)
  returns numeric language sql immutable parallel safe
  return case billing_interval
    when 'month' then amount / interval_count
    when 'quarter' then amount / (3 * interval_count)
    when 'year' then amount / (12 * interval_count)
    when 'week' then amount * 52 / (12 * interval_count)
    when 'day' then amount * 365 / (12 * interval_count)
  end;

create table partners (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  kind text not null check (kind in ('insurance_broker', 'employer', 'pharma', 'research', 'clinic')),
  started_on date not null,
  ended_on date check (ended_on >= started_on)
);

create table invoices (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid references customers (id),
  partner_id uuid references partners (id),
  payer_id uuid references payers (id),
  payer_type payer_type,
  issued_at timestamptz not null check (isfinite(issued_at)),
  paid_at timestamptz check (paid_at >= issued_at and isfinite(paid_at)),
  currency currency_code not null default 'USD',
  check (customer_id is not null or partner_id is not null)
);
create index invoices_customer on invoices (customer_id, paid_at);
create index invoices_paid_at on invoices (paid_at);

create domain revenue_source as text
  check (value in ('b2c_tests', 'b2c_subscriptions', 'b2b_employer', 'research_partnerships', 'clinical_trials'));

create table invoice_lines (
  id uuid primary key default gen_random_uuid(),
  invoice_id uuid not null references invoices (id) on delete cascade,
  revenue_source revenue_source not null,
  description text,
  -- Before tax, after discounts.
  amount money_amount not null,
  tax money_amount not null default 0,
  subscription_id uuid references subscriptions (id),
  service_from date,
  service_to date check (service_to >= service_from)
);
create index invoice_lines_invoice on invoice_lines (invoice_id);
create index invoice_lines_subscription on invoice_lines (subscription_id);

create table refunds (
  id uuid primary key default gen_random_uuid(),
  invoice_line_id uuid not null references invoice_lines (id),
  amount money_amount not null check (amount > 0),
  refunded_at timestamptz not null check (isfinite(refunded_at)),
  reason text
);
create index refunds_invoice_line on refunds (invoice_line_id);
create index refunds_refunded_at on refunds (refunded_at);

create table payment_attempts (
  id uuid primary key default gen_random_uuid(),
  invoice_id uuid not null references invoices (id) on delete cascade,
  attempted_at timestamptz not null check (isfinite(attempted_at)),
  succeeded boolean not null
);
create index payment_attempts_invoice on payment_attempts (invoice_id);

-- Down Migration

drop table payment_attempts, refunds, invoice_lines, invoices, partners, subscription_terms, subscriptions, plans cascade;
drop function reporting.monthly_amount;
drop domain revenue_source, money_amount;

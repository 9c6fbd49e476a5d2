-- Up Migration

create table lab_partners (
  id uuid primary key default gen_random_uuid(),
  name text not null unique
);

create table lab_contracts (
  id uuid primary key default gen_random_uuid(),
  lab_partner_id uuid not null references lab_partners (id),
  -- In force from this day until the lab's next contract: two can never overlap.
  valid_from date not null check (isfinite(valid_from)),
  calendar_id text not null references business_calendars (id),
  time_zone text not null check ((timestamptz '2000-01-01' at time zone time_zone) is not null),
  -- Local time after which a sample or a result counts for the next business day.
  cut_off time not null default '17:00',
  sla_turnaround_days int not null default 10 check (sla_turnaround_days > 0),
  sla_share numeric(5, 4) not null default 0.95 check (sla_share > 0 and sla_share <= 1),
  penalty_per_late_order money_amount not null default 0 check (penalty_per_late_order >= 0),
  penalty_cap_per_month money_amount check (penalty_cap_per_month >= 0),
  currency currency_code not null default 'USD',
  unique (lab_partner_id, valid_from)
);

create table test_orders (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customers (id),
  lab_partner_id uuid not null references lab_partners (id),
  recollection_of uuid references test_orders (id),
  ordered_at timestamptz not null check (isfinite(ordered_at)),
  collected_at timestamptz check (collected_at >= ordered_at and isfinite(collected_at)),
  sent_to_lab_at timestamptz check (sent_to_lab_at >= coalesce(collected_at, ordered_at) and isfinite(sent_to_lab_at)),
  received_at timestamptz check (received_at >= coalesce(sent_to_lab_at, collected_at, ordered_at) and isfinite(received_at)),
  results_received_at timestamptz check (
    results_received_at >= coalesce(received_at, sent_to_lab_at, collected_at, ordered_at)
    and isfinite(results_received_at)
  ),
  rejected_at timestamptz check (rejected_at >= received_at and isfinite(rejected_at)),
  rejection_reason text,
  cancelled_at timestamptz check (cancelled_at >= ordered_at and isfinite(cancelled_at)),
  check (results_received_at is null or sent_to_lab_at is not null),
  check (rejected_at is null or received_at is not null),
  check (rejected_at is null or results_received_at is null)
);
create index test_orders_customer on test_orders (customer_id);
create index test_orders_lab on test_orders (lab_partner_id, sent_to_lab_at);
create index test_orders_ordered_at on test_orders (ordered_at);
create index test_orders_results_received_at on test_orders (results_received_at);

create table proficiency_tests (
  id uuid primary key default gen_random_uuid(),
  lab_partner_id uuid not null references lab_partners (id),
  tested_on date not null,
  samples int not null check (samples > 0),
  correct int not null check (correct between 0 and samples),
  unique (lab_partner_id, tested_on)
);

-- Down Migration

drop table proficiency_tests, test_orders, lab_contracts, lab_partners cascade;

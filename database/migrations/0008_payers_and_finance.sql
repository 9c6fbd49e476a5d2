-- Up Migration

create table payer_contracts (
  id uuid primary key default gen_random_uuid(),
  payer_id uuid not null references payers (id),
  -- In force from this day until the payer's next contract.
  valid_from date not null check (isfinite(valid_from)),
  reimbursement_per_test money_amount not null check (reimbursement_per_test >= 0),
  currency currency_code not null default 'USD',
  unique (payer_id, valid_from)
);

-- What a payer is asked to reimburse for a test.
create table claims (
  id uuid primary key default gen_random_uuid(),
  test_order_id uuid not null references test_orders (id),
  payer_id uuid not null references payers (id),
  submitted_at timestamptz not null check (isfinite(submitted_at)),
  adjudicated_at timestamptz check (adjudicated_at >= submitted_at and isfinite(adjudicated_at)),
  status text not null check (status in ('submitted', 'paid', 'denied')),
  billed_amount money_amount not null check (billed_amount >= 0),
  paid_amount money_amount not null default 0 check (paid_amount >= 0),
  currency currency_code not null default 'USD',
  check ((status = 'submitted') = (adjudicated_at is null)),
  check (status = 'paid' or paid_amount = 0)
);
create index claims_test_order on claims (test_order_id);
create index claims_payer on claims (payer_id, adjudicated_at);

-- People insured by a payer: those diagnosed here, and the payer's own comparison members.
create table payer_members (
  id uuid primary key default gen_random_uuid(),
  payer_id uuid not null references payers (id),
  customer_id uuid unique references customers (id),
  birth_year int not null check (birth_year between 1880 and 2100),
  sex text not null check (sex in ('female', 'male', 'other')),
  region text not null,
  comorbidity_score int not null default 0 check (comorbidity_score >= 0),
  enrolled_on date not null,
  disenrolled_on date check (disenrolled_on >= enrolled_on),
  died_on date check (died_on >= enrolled_on),
  -- Day of diagnosis; null for comparison members.
  diagnosed_on date,
  check (customer_id is null or diagnosed_on is not null)
);
create index payer_members_payer on payer_members (payer_id);

-- What a payer paid for a member's care.
create table medical_claims (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references payer_members (id),
  service_on date not null,
  service text not null check (service in ('emergency', 'inpatient', 'outpatient', 'pharmacy', 'augmentation_therapy')),
  allowed_amount money_amount not null check (allowed_amount >= 0),
  currency currency_code not null default 'USD'
);
create index medical_claims_member on medical_claims (member_id, service_on);

create table clinical_outcomes (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references payer_members (id),
  measured_on date not null,
  fev1_ml int check (fev1_ml between 100 and 8000),
  -- St George's Respiratory Questionnaire, 0 is best and 100 worst.
  sgrq_score numeric(5, 2) check (sgrq_score between 0 and 100),
  exacerbations int check (exacerbations >= 0),
  unique (member_id, measured_on)
);

create table ledger_entries (
  id uuid primary key default gen_random_uuid(),
  booked_on date not null check (isfinite(booked_on)),
  category text not null,
  activity text not null check (activity in ('operating', 'investing', 'financing')),
  -- How a cost behaves; null for receipts and financing.
  cost_class text check (cost_class in ('cost_of_revenue', 'variable', 'fixed')),
  product text check (product in ('tests', 'subscriptions', 'shared')),
  -- Change of cash: money in is positive, money out negative.
  amount money_amount not null,
  currency currency_code not null default 'USD',
  check (cost_class is null or activity = 'operating')
);
create index ledger_entries_booked_on on ledger_entries (booked_on);

create table population_estimates (
  region text not null,
  year int not null check (year between 1990 and 2100),
  people_with_aatd int not null check (people_with_aatd > 0),
  source text not null,
  primary key (region, year)
);

-- Down Migration

drop table population_estimates, ledger_entries, clinical_outcomes, medical_claims, payer_members, claims,
  payer_contracts cascade;

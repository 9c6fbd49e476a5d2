-- Up Migration

create table intervention_types (
  type varchar(50) primary key check (type ~ '^[a-z][a-z0-9_]*$'),
  channel varchar(50) not null check (channel in ('email', 'sms', 'phone_call', 'discount_offer', 'genetic_counseling')),
  title text not null,
  message text not null,
  priority int not null check (priority between 1 and 9),
  assumed_impact numeric(4, 3) not null check (assumed_impact between 0 and 1),
  is_offered boolean not null default true
);
comment on table intervention_types is '[customers] One row per kind of intervention against churn. Change the assumed impact or switch one off here.';
comment on column intervention_types.type is 'Short name that recommendations and records refer to.';
comment on column intervention_types.channel is 'How the customer is reached: email, sms, phone_call, discount_offer or genetic_counseling.';
comment on column intervention_types.title is 'Name shown to people.';
comment on column intervention_types.message is 'What is to be done, in a sentence.';
comment on column intervention_types.priority is 'Urgency, 1 the most urgent; decides between equal impacts.';
comment on column intervention_types.assumed_impact is 'Share by which it is assumed to lower the probability of churn, 0 to 1; counts until enough outcomes are known to measure it.';
comment on column intervention_types.is_offered is 'Whether it is recommended and may be recorded.';

insert into intervention_types (type, channel, title, message, priority, assumed_impact) values
  ('genetic_counseling', 'genetic_counseling', 'Free counselling session',
   'Offer a complimentary genetic counselling session to increase engagement.', 1, 0.25),
  ('phone_call', 'phone_call', 'Personal call',
   'Assign to a customer success manager for personal outreach.', 1, 0.30),
  ('reengagement_email', 'email', 'Re-engagement e-mail',
   'Send the "We miss you" e-mail with personalised health tips.', 2, 0.15),
  ('app_download_email', 'email', 'App download e-mail',
   'Send the e-mail on the mobile app that highlights push notifications for health alerts.', 3, 0.10);

create table customer_interventions (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customers (id) on delete cascade,
  intervention_type varchar(50) not null references intervention_types (type),
  -- On the clock of the reports, so that a pinned as-of sees what is recorded under it.
  sent_at timestamptz not null default reporting.as_of() check (isfinite(sent_at)),
  sent_by text not null check (sent_by <> ''),
  note text check (length(note) <= 1000),
  idempotency_key varchar(200) not null,
  recorded_at timestamptz not null default now(),
  unique (sent_by, idempotency_key)
);
create index customer_interventions_customer on customer_interventions (customer_id, sent_at);
comment on table customer_interventions is '[customers] One row per intervention that a customer received. Held-out customers have none.';
comment on column customer_interventions.id is 'Identity of the record.';
comment on column customer_interventions.customer_id is 'The customer.';
comment on column customer_interventions.intervention_type is 'What was done.';
comment on column customer_interventions.sent_at is 'When it was done.';
comment on column customer_interventions.sent_by is 'User who recorded it.';
comment on column customer_interventions.note is 'Free text. Null without. [health]';
comment on column customer_interventions.idempotency_key is 'Key of the request that recorded it: the same key of the same user records once.';
comment on column customer_interventions.recorded_at is 'When the row was written.';

-- Down Migration

drop table customer_interventions, intervention_types;

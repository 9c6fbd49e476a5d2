-- Up Migration

create table marketing_campaigns (
  channel varchar(100) not null references marketing_channels (channel),
  name varchar(255) not null,
  status text not null check (status in ('active', 'paused', 'completed')),
  started_on date,
  ended_on date check (ended_on >= started_on),
  primary key (channel, name)
);

create table marketing_touchpoints (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid references customers (id),
  -- Known before there is a customer; touches of a visitor who never signs up have only this.
  visitor_id varchar(255),
  source varchar(100) not null references marketing_channels (channel),
  medium varchar(100),
  campaign varchar(255),
  content varchar(255),
  utm_source varchar(255),
  utm_medium varchar(255),
  utm_campaign varchar(255),
  utm_term varchar(255),
  utm_content varchar(255),
  referrer_url text,
  landing_page_url text,
  session_id varchar(255),
  "timestamp" timestamptz not null default current_timestamp check (isfinite("timestamp")),
  is_first_touch boolean default false,
  is_last_touch boolean default false,
  created_at timestamptz default current_timestamp,
  check (customer_id is not null or visitor_id is not null),
  foreign key (source, campaign) references marketing_campaigns (channel, name)
);
create index idx_marketing_touchpoints_customer on marketing_touchpoints (customer_id);
create index idx_marketing_touchpoints_timestamp on marketing_touchpoints ("timestamp" desc);
create index idx_marketing_touchpoints_visitor on marketing_touchpoints (visitor_id) where customer_id is null;

create table marketing_spend (
  id uuid primary key default gen_random_uuid(),
  channel varchar(100) not null references marketing_channels (channel),
  campaign_name varchar(255),
  amount decimal(10, 2) not null check (amount >= 0 and amount < 'infinity'),
  currency currency_code not null default 'USD',
  date date not null check (isfinite(date)),
  impressions integer check (impressions >= 0),
  -- Null where the channel does not report clicks: unknown is not none.
  clicks integer check (clicks >= 0),
  created_at timestamptz default current_timestamp,
  foreign key (channel, campaign_name) references marketing_campaigns (channel, name),
  unique nulls not distinct (channel, campaign_name, date, currency)
);
create index idx_marketing_spend_date on marketing_spend (date desc);
create index idx_marketing_spend_channel on marketing_spend (channel);

-- Down Migration

drop table marketing_spend, marketing_touchpoints, marketing_campaigns cascade;

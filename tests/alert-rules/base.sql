-- Demo data as of the end of 2026-03-31, made ready for what calm.sql and trouble.sql set: what the rules judge by
-- single things (labs, counselors, components) is replaced by a few that are made here.
create schema saved;
create table saved.subscriptions as table subscriptions;
create table saved.invoices as table invoices;
create table saved.marketing_spend as table marketing_spend;

create function saved.u(n int) returns uuid language sql immutable return lpad(to_hex(n), 32, '0')::uuid;

-- Labs: one whose turnaround may slide, one whose contract may be broken. Those of the demo did their work long ago.
alter table test_orders disable trigger all;
update lab_contracts set valid_from = valid_from - interval '10 years';
update test_orders set ordered_at = ordered_at - interval '5 years', collected_at = collected_at - interval '5 years',
  sent_to_lab_at = sent_to_lab_at - interval '5 years', received_at = received_at - interval '5 years',
  results_received_at = results_received_at - interval '5 years', rejected_at = rejected_at - interval '5 years',
  cancelled_at = coalesce(cancelled_at, case when results_received_at is null and rejected_at is null then ordered_at end) - interval '5 years';
alter table test_orders enable trigger all;
insert into business_calendars (id, name, weekdays) values ('every day', 'Every day', '{1,2,3,4,5,6,7}');
insert into lab_partners (id, name) values (saved.u(1), 'Sliding Lab'), (saved.u(2), 'Breaching Lab');
insert into lab_contracts (lab_partner_id, valid_from, calendar_id, time_zone, sla_turnaround_days, sla_share)
values (saved.u(1), '2024-01-01', 'every day', 'UTC', 10, 0.95), (saved.u(2), '2024-01-01', 'every day', 'UTC', 10, 0.95);
-- One a day, for the 120 days before; at the end of the day it has had its result, or not.
insert into test_orders (id, customer_id, lab_partner_id, ordered_at, sent_to_lab_at, results_received_at)
select saved.u(1000 * lab + n), (select id from customers order by id limit 1), saved.u(lab), at, at, at + interval '3 days'
from generate_series(4, 125) n
cross join generate_series(1, 2) lab
cross join lateral (select timestamptz '2026-03-31 12:00+00' - n * interval '1 day' as at) day;

-- Counselors: two, ten hours in the last full week (from 23 March) each.
delete from genetic_counseling_sessions;
delete from counselor_time_off;
delete from counselor_availability;
update counselors set left_on = '2025-12-31' where left_on is null;
insert into counselors (id, name, max_sessions_per_week, hired_on)
values (saved.u(11), 'Ann', 20, '2025-01-01'), (saved.u(12), 'Bo', 20, '2025-01-01');
insert into counselor_availability (counselor_id, starts_at, ends_at)
select saved.u(c), '2026-03-24 08:00+00', '2026-03-24 18:00+00' from generate_series(11, 12) c;

-- The service: three components, a sample every 5 minutes of the last three hours.
delete from service_health_samples;
insert into service_health_samples (component, sampled_at, interval_seconds, is_up, requests, latency_counts, db_connections_max)
select component, timestamptz '2026-03-31 21:00+00' + n * interval '5 minutes', 300, true, 1000,
  '{0,0,0,0,0,1000,0,0,0,0,0}', 100
from generate_series(0, 35) n
cross join unnest(array['api', 'results', 'web']) component;

-- Churn: scorings of every subscriber without notice, 40 days ago and yesterday, a tenth at high risk.
delete from churn_predictions;
delete from churn_run_bins;
delete from churn_runs;
insert into churn_runs (id, model_version, day, snapshot_at, published_at, customers)
overriding system value
select n, 'demo', day, reporting.day_end(day), now(), 0
from (values (1, date '2026-02-19'), (2, date '2026-03-30')) run (n, day);
insert into churn_predictions (run_id, model_version, customer_id, churn_probability, risk_level, mrr, features, is_hold_out)
select r.id, 'demo', p.customer_id, 0.1, 'low', 30, '{"plan": "plus"}', false
from churn_runs r
cross join lateral (
  select distinct s.customer_id
  from subscriptions s
  cross join lateral (
    select * from subscription_terms t
    where t.subscription_id = s.id and t.valid_from <= greatest(r.snapshot_at, s.started_at)
    order by t.valid_from desc limit 1
  ) t
  where greatest(s.started_at, s.trial_ends_at) <= r.snapshot_at and (s.ended_at is null or s.ended_at > r.snapshot_at)
    and (s.cancelled_at is null or s.cancelled_at > r.snapshot_at)
    and t.unit_amount * t.quantity * (1 - t.discount_percent / 100) - t.discount_amount > 0
) p;
update churn_runs r set customers = (select count(*) from churn_predictions p where p.run_id = r.id);
delete from churn_feature_bins;
insert into churn_feature_bins (model_version, feature, bin, training_rows)
select 'demo', feature, bin, 500 from unnest(array['months_subscribed', 'open_tickets']) feature, generate_series(1, 2) bin;

-- Nothing is wrong. May be run again and again, after trouble.sql too.
update test_orders set results_received_at = sent_to_lab_at + interval '3 days'
where lab_partner_id in (saved.u(1), saved.u(2));

delete from genetic_counseling_sessions;
-- Nine held sessions of an hour in ten hours, which is just what may be, after two days of waiting; and three more.
insert into genetic_counseling_sessions (customer_id, counselor_id, requested_at, scheduled_at, booked_minutes, started_at, ended_at)
select (select id from customers order by id limit 1), saved.u(counselor), at - interval '2 days', at, 60, at, at + interval '1 hour'
from generate_series(11, 12) counselor
cross join lateral (
  select timestamptz '2026-03-24 08:00+00' + n * interval '1 hour' as at from generate_series(0, 8) n
) slot;

update service_health_samples set is_up = true, requests = 1000, server_errors = 10,
  latency_counts = '{0,0,0,0,0,1000,0,0,0,0,0}';

update table_expectations set fresh_hours = 1000000 where fresh_hours is not null;
delete from churn_runs where id > 2;
delete from churn_run_bins;
insert into churn_run_bins (run_id, feature, bin, customers)
select 2, feature, bin, 500 from unnest(array['months_subscribed', 'open_tickets']) feature, generate_series(1, 2) bin;
delete from invoices where id = saved.u(99);

update subscriptions s set ended_at = o.ended_at, cancelled_at = o.cancelled_at from saved.subscriptions o where o.id = s.id;
update churn_predictions set churn_probability = 0.1, risk_level = 'low';
-- A tenth of the customers is at risk, then as now.
update churn_predictions set churn_probability = 0.9, risk_level = 'critical' where left(md5(customer_id::text), 1) < '2';

-- Each channel costs so little that it pays.
update marketing_spend m set amount = o.amount / 100 from saved.marketing_spend o where o.id = m.id;
-- No payer pays more than a few.
update invoices i set payer_id = case when left(md5(i.id::text), 1) < '4' then o.payer_id end from saved.invoices o where o.id = i.id;
delete from ledger_entries where category = 'constructed';
insert into ledger_entries (booked_on, category, activity, amount) values ('2026-01-02', 'constructed', 'financing', 100000000);

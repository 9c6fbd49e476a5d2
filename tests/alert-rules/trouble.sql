-- Every rule has one reason to fire, on top of calm.sql.
-- A lab slides from 3 to 6 days, within its contract of 10; another takes 12 and breaks it, for as long as anybody knows.
update test_orders set results_received_at = sent_to_lab_at + interval '6 days'
where lab_partner_id = saved.u(1) and sent_to_lab_at > '2026-02-24 00:00+00';
update test_orders set results_received_at = nullif(least(sent_to_lab_at + interval '12 days', '2026-04-01'), '2026-04-01')
where lab_partner_id = saved.u(2);

-- Ann has half an hour more booked than may be; all had to wait 9 days.
update genetic_counseling_sessions set requested_at = scheduled_at - interval '9 days';
insert into genetic_counseling_sessions (customer_id, counselor_id, requested_at, scheduled_at, booked_minutes, started_at, ended_at)
select (select id from customers order by id limit 1), saved.u(11), '2026-03-15 17:00+00', '2026-03-24 17:00+00', 30,
  '2026-03-24 17:00+00', '2026-03-24 17:30+00';

-- Requests to the API fail, results are slow, the web pages do not answer.
update service_health_samples set server_errors = 11 where component = 'api';
update service_health_samples set latency_counts = '{0,0,0,0,0,900,0,0,100,0,0}' where component = 'results';
update service_health_samples set is_up = false, requests = 0, server_errors = 0, latency_counts = '{0,0,0,0,0,0,0,0,0,0,0}'
where component = 'web' and sampled_at >= '2026-03-31 23:45+00';

-- The newest order is older than it may be now, and so is the newest scoring; a scoring after it failed.
update table_expectations set fresh_hours = 72 where table_name = 'test_orders';
update table_expectations set fresh_hours = 12 where table_name = 'churn_runs';
insert into churn_runs (id, model_version, day, snapshot_at) overriding system value values (3, 'demo', '2026-03-31', reporting.day_end('2026-03-31'));
-- 750 of 1,000 where half was; the other feature stays.
update churn_run_bins set customers = case bin when 1 then 750 else 250 end where feature = 'open_tickets';
insert into invoices (id, customer_id, issued_at, paid_at)
select saved.u(99), id, '2026-03-01', '2026-03-02' from customers order by id limit 1;

-- A third of the subscribers ends on the last day of the month, after the scoring.
update subscriptions set ended_at = '2026-03-31 12:00+00', cancelled_at = '2026-03-31 12:00+00'
where ended_at is null and cancelled_at is null and started_at < '2026-02-01' and left(md5(customer_id::text), 1) < '6';
update churn_predictions set churn_probability = 0.9, risk_level = 'critical'
where run_id = 2 and left(md5(customer_id::text), 1) < '5';

-- One channel costs 300 times as much, which is more than its customers bring.
update marketing_spend m set amount = o.amount * 3 from saved.marketing_spend o where o.id = m.id and m.channel = 'facebook';
update invoices set payer_id = (select id from payers order by name limit 1);
update ledger_entries set amount = amount - 99999000 where category = 'constructed';
insert into ledger_entries (booked_on, category, activity, cost_class, amount) values ('2026-03-02', 'constructed', 'operating', 'fixed', -20000000);

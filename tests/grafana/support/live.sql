-- A business that stands in the present, small enough that nothing else takes time: a lab that broke its contract and one
-- that keeps it, and an API that answers, sampled every minute until some hours from now.
insert into customers (created_at) values (now() - interval '100 days');
insert into business_calendars (id, name, weekdays) values ('every day', 'Every day', '{1,2,3,4,5,6,7}');
insert into lab_partners (name) values ('Breaching Lab'), ('Keeping Lab');
insert into lab_contracts (lab_partner_id, valid_from, calendar_id, time_zone, sla_turnaround_days, sla_share)
select id, current_date - 200, 'every day', 'UTC', 5, 0.95 from lab_partners;
insert into test_orders (customer_id, lab_partner_id, ordered_at, sent_to_lab_at, results_received_at)
select c.id, l.id, at, at, at + case l.name when 'Keeping Lab' then interval '3 days' else interval '8 days' end
from customers c, lab_partners l, generate_series(9, 33) n
cross join lateral (select now() - n * interval '1 day' as at) day;
insert into service_health_samples (component, sampled_at, interval_seconds, is_up, requests, latency_counts, db_connections_max)
select 'api', date_trunc('minute', now()) + n * interval '1 minute', 60, true, 1000, '{0,0,0,0,0,1000,0,0,0,0,0}', 100
from generate_series(-60, 600) n;

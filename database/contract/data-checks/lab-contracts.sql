-- A contract is in force for every sample sent to a laboratory
select 'test_orders ' || o.id as "row", 'no contract of its laboratory was in force on ' || o.sent_to_lab_at as problem
from test_orders o
where o.sent_to_lab_at is not null and not exists (
  select from lab_contracts c
  where c.lab_partner_id = o.lab_partner_id and c.valid_from <= (o.sent_to_lab_at at time zone c.time_zone)::date
)

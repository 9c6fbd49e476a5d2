-- A recollection repeats a rejected order of the same customer
select 'test_orders ' || o.id as "row",
  case when o.customer_id <> f.customer_id then 'the order it repeats is another customer''s'
    else 'the order it repeats was not rejected' end as problem
from test_orders o
join test_orders f on f.id = o.recollection_of
where f.rejected_at is null or o.customer_id <> f.customer_id

-- Customers and their payers agree on the payer's type
select 'customers ' || c.id as "row",
  'its payer_type is ' || coalesce(c.payer_type, 'null') || ', its payer''s is ' || p.payer_type as problem
from customers c
join payers p on p.id = c.payer_id
where c.payer_type is distinct from p.payer_type

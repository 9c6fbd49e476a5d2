-- The history of customers agrees with the customers
select 'customer_history ' || customer_id || ' ' || valid_until as "row",
  case
    when valid_until < created_at then 'it ends before the customer signed up'
    when valid_until > now() then 'it ends in the future; current values belong in customers'
    else 'nothing changed then: the values after it are the same'
  end as problem
from (
  select h.customer_id, h.valid_until, c.created_at,
    row(h.genotype, h.payer_type, h.state) as held,
    lead(row(h.genotype, h.payer_type, h.state), 1, row(c.genotype, c.payer_type, c.state))
      over (partition by h.customer_id order by h.valid_until) as next_held
  from customer_history h
  join customers c on c.id = h.customer_id
) history
where valid_until < created_at or valid_until > now() or held is not distinct from next_held

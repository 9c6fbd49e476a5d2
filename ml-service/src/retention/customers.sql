-- Each subscriber known at $1 with a month-end MRR: the first month with any, attributes, and MRR in cents at that month's end
-- and at the end of each month since that is over at $1. Goes on after month-end-mrr.sql.
, series as (
  select f.customer_id, f.first_month, array_agg((coalesce(h.mrr, 0) * 100)::float8 order by e.month) as cents
  from (select customer_id, min(month) as first_month from held group by customer_id) f
  join ended e on e.month >= f.first_month
  left join held h on h.customer_id = f.customer_id and h.month = e.month
  group by f.customer_id, f.first_month
),
former as (
  select distinct on (customer_id) * from customer_history where valid_until > $1 order by customer_id, valid_until
)
select to_char(s.first_month, 'YYYY-MM') as "cohortMonth", s.cents, c.acquisition_channel as channel,
  case when f.customer_id is null then c.genotype else f.genotype end as genotype,
  case when f.customer_id is null then c.payer_type else f.payer_type end as "payerType",
  case when f.customer_id is null then c.state else f.state end as state
from series s
join customers c on c.id = s.customer_id
left join former f on f.customer_id = s.customer_id
where c.created_at <= $1
order by s.first_month, s.customer_id

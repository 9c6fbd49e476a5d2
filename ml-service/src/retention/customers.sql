-- Each subscriber known at $1 with a month-end MRR: the first month with any, attributes, and MRR in cents at that month's end
-- and at the end of each month since that is over at $1.
with ended as materialized (
  select m.month, m.next_month - 1 as day, reporting.day_end(m.next_month - 1) as at
  from reporting.months m
  where reporting.day_end(m.next_month - 1) <= $1
    and m.next_month > (select min(started_at) at time zone reporting.time_zone() from subscriptions)
),
paid as materialized (
  select e.month, e.day, s.customer_id, t.currency,
    reporting.monthly_amount(
      t.unit_amount * t.quantity * (1 - t.discount_percent / 100) - t.discount_amount, t.billing_interval, t.interval_count
    ) as amount
  from subscriptions s
  join (
    select *, lead(valid_from) over (partition by subscription_id order by valid_from) as valid_until
    from subscription_terms
  ) t on t.subscription_id = s.id
  join ended e on t.valid_from <= e.at and (t.valid_until is null or t.valid_until > e.at)
    and s.started_at <= e.at and (s.trial_ends_at is null or s.trial_ends_at <= e.at)
    and (s.ended_at is null or s.ended_at > e.at)
),
rates as materialized (
  select currency, day, reporting.required_rate(currency, day) as rate
  from (select distinct currency, day from paid) used
),
held as materialized (
  select p.customer_id, p.month, round(sum(p.amount * r.rate), 2) as mrr
  from paid p
  join rates r on r.currency = p.currency and r.day = p.day
  group by p.customer_id, p.month
  having sum(p.amount * r.rate) >= 0.005
),
series as (
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

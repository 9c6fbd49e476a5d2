-- MRR in the reporting currency at the end of every month that is over at $1, from the first month with any: what a customer
-- pays for then, at the rate of that day, rounded once for each customer.
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
customer_months as (
  select p.month, round(sum(p.amount * r.rate), 2) as mrr
  from paid p
  join rates r on r.currency = p.currency and r.day = p.day
  group by p.month, p.customer_id
)
select to_char(e.month, 'YYYY-MM-DD') as period, coalesce(sum(c.mrr), 0)::float8 as value
from ended e
left join customer_months c on c.month = e.month and c.mrr > 0
where e.month >= (select min(month) from customer_months where mrr > 0)
group by e.month
order by e.month

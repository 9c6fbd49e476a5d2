-- `held`: what a customer pays for (mrr, in the reporting currency, above 0) at the end of a month that is over at $1, at the rate
-- of that day, rounded once for each customer; `ended`: those months.
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
)

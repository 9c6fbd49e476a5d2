-- The conversions up to the present of the reports ($1: kind of conversion, $2: lookback in days) from a day on ($3), with the
-- touches that are credited, in order, and the net revenue of the customer in the days after.
with now as materialized (
  select reporting.as_of() as instant, reporting.time_zone() as time_zone, (select currency from reporting.settings) as currency
),
conversions as materialized (
  select o.customer_id, o.converted_at, (o.converted_at at time zone now.time_zone)::date as day
  from (
    select customer_id, min(paid_at) as converted_at
    from invoices
    where $1 = 'first_payment' and customer_id is not null and paid_at is not null
    group by customer_id
    union all
    select id, created_at from customers where $1 = 'sign_up'
  ) o
  join now on o.converted_at <= now.instant and (o.converted_at at time zone now.time_zone)::date >= $3
),
touches as materialized (
  select customer_id, array_agg(channel::text order by "timestamp", id) as channels,
    array_agg(campaign::text order by "timestamp", id) as campaigns,
    array_agg(extract(epoch from converted_at - "timestamp")::float8 / 86400 order by "timestamp", id) as days_before
  from (
    select distinct on (v.customer_id, coalesce(w.session_id, w.id::text), w.source)
      v.customer_id, v.converted_at, w.id, w."timestamp", w.source as channel, w.campaign
    from conversions v
    join marketing_touchpoints w on w.customer_id = v.customer_id
      and w."timestamp" between v.converted_at - make_interval(hours => 24 * $2) and v.converted_at
    order by v.customer_id, coalesce(w.session_id, w.id::text), w.source, w."timestamp", w.id
  ) counted
  group by customer_id
),
entries as (
  select e.customer_id, e.booked_at,
    case when e.currency = now.currency then e.amount
      else round(e.amount * reporting.required_rate(e.currency, (e.booked_at at time zone now.time_zone)::date), 2)
    end as amount
  from (
    select i.customer_id, i.paid_at as booked_at, l.amount, i.currency
    from invoices i
    join invoice_lines l on l.invoice_id = i.id
    where i.paid_at is not null
    union all
    select i.customer_id, r.refunded_at, -r.amount, i.currency
    from refunds r
    join invoice_lines l on l.id = r.invoice_line_id
    join invoices i on i.id = l.invoice_id
  ) e
  join now on e.booked_at <= now.instant
),
earned as materialized (
  select v.customer_id, d.days, sum(e.amount) as revenue
  from conversions v
  cross join unnest(array[90, 180, 365]) as d (days)
  join entries e on e.customer_id = v.customer_id
    and e.booked_at between v.converted_at and v.converted_at + make_interval(hours => 24 * d.days)
  group by v.customer_id, d.days
),
revenues as materialized (
  select customer_id, jsonb_object_agg(days, revenue) as revenue from earned group by customer_id
)
select to_char(v.day, 'YYYY-MM-DD') as day, coalesce(t.channels, '{}') as channels, coalesce(t.campaigns, '{}') as campaigns,
  coalesce(t.days_before, '{}') as "daysBefore", coalesce(r.revenue, '{}') as revenue
from conversions v
left join touches t using (customer_id)
left join revenues r using (customer_id)
order by v.converted_at, v.customer_id

-- The journeys up to the present of the reports ($1: kind of conversion, $2: lookback in days) as the view `journeys` defines
-- them, counted by path and by the months that decide in which fits they are:
--   month: of the conversion, of the last touch where there is none;
--   settled: the month by whose end it is certain that the journey ended, from which on it counts;
--   known: the month by whose end the visitor is a customer, whose anonymous journeys no longer count (null: never).
with now as materialized (
  select reporting.as_of() as instant, reporting.time_zone() as time_zone, make_interval(hours => 24 * $2) as lookback
),
conversions as materialized (
  select o.customer_id, o.converted_at
  from (
    select customer_id, min(paid_at) as converted_at
    from invoices
    where $1 = 'first_payment' and customer_id is not null and paid_at is not null
    group by customer_id
    union all
    select id, created_at from customers where $1 = 'sign_up'
  ) o
  join now on o.converted_at <= now.instant
),
touches as (
  select coalesce(t.customer_id::text, 'visitor ' || t.visitor_id) as person, t.id, t."timestamp", t.source as channel,
    coalesce(t.session_id, t.id::text) as session, v.converted_at, t.lookback, t.instant,
    case when t.customer_id is null then t.known_at end as known_at
  from (
    select s.*, now.*, min(s."timestamp") filter (where s.customer_id is not null) over (partition by s.visitor_id) as known_at
    from marketing_touchpoints s
    join now on s."timestamp" <= now.instant
  ) t
  left join conversions v on v.customer_id = t.customer_id
  where v.converted_at is null or t."timestamp" <= v.converted_at
),
chains as (
  select *, max("timestamp") over (partition by person, chain) as last_at
  from (
    select *, sum(begins) over (partition by person order by "timestamp", id) as chain
    from (
      select *,
        coalesce("timestamp" - lag("timestamp") over (partition by person order by "timestamp", id) > lookback, false)::int
          as begins
      from touches
    ) begun
  ) numbered
),
counted as (
  select distinct on (person, chain, session, channel)
    person, chain, coalesce(converted_at - last_at <= lookback, false) as converts, converted_at, id, "timestamp", channel,
    last_at, lookback, known_at
  from chains
  where case
    when converted_at - last_at <= lookback then "timestamp" >= converted_at - lookback
    else instant - last_at > lookback
  end
  order by person, chain, session, channel, "timestamp", id
),
journeys as (
  select array_agg(channel order by "timestamp", id) filter (where moves) as path, converts,
    case when converts then max(converted_at) else max(last_at) end as ended_at,
    case when converts then max(converted_at) else max(last_at + lookback) + interval '1 microsecond' end as settled_at,
    min(known_at) as known_at
  from (
    select *, channel is distinct from lag(channel) over (partition by person, chain order by "timestamp", id) as moves
    from counted
  ) stepped
  group by person, chain, converts
)
select path::text[] as path, converts, count(*)::int as journeys,
  reporting.month_number(ended_at, now.time_zone) as month,
  reporting.month_number(settled_at, now.time_zone) as settled,
  reporting.month_number(known_at, now.time_zone) as known
from journeys, now
group by 1, 2, 4, 5, 6
order by 1, 2, 4, 5, 6

-- One row per subscriber who has not given notice at the snapshot $1, with all that the churn model may look at; $2 keeps
-- to these customers, null takes all. Training and scoring both read this. Every table is read up to the snapshot: facts
-- by when they happened, what has a history by what held then. A rating has no time of its own and counts from the end of
-- the session or ticket that it is about. Lengths of time are in days of 24 hours.
with in_force as materialized (
  select s.customer_id, s.id, s.started_at, greatest(s.started_at, s.trial_ends_at) as billed_from,
    s.cancelled_at <= $1 is true as is_under_notice,
    t.plan_id, t.unit_amount, t.billing_interval, t.interval_count, t.currency,
    reporting.monthly_amount(
      t.unit_amount * t.quantity * (1 - t.discount_percent / 100) - t.discount_amount, t.billing_interval, t.interval_count
    ) as amount
  from subscriptions s
  cross join lateral (
    select * from subscription_terms t
    where t.subscription_id = s.id and t.valid_from <= $1
    order by t.valid_from desc limit 1
  ) t
  where s.started_at <= $1 and (s.trial_ends_at is null or s.trial_ends_at <= $1) and (s.ended_at is null or s.ended_at > $1)
    and ($2::uuid[] is null or s.customer_id = any ($2))
),
rates as materialized (
  select currency, reporting.required_rate(currency, ($1::timestamptz at time zone reporting.time_zone())::date) as rate
  from (select distinct currency from in_force) used
),
subscribers as materialized (
  select f.customer_id, min(f.started_at) filter (where f.amount > 0) as since, round(sum(f.amount * r.rate), 2) as mrr
  from in_force f
  join rates r on r.currency = f.currency
  group by f.customer_id
  having bool_or(f.amount > 0 and not f.is_under_notice)
),
zone as materialized (
  select reporting.time_zone() as zone
),
-- The subscription that stands for the customer: the one worth most among those without notice.
main as (
  select distinct on (f.customer_id) f.*
  from in_force f
  join rates r on r.currency = f.currency
  where f.amount > 0 and not f.is_under_notice
  order by f.customer_id, f.amount * r.rate desc, f.id
)
select s.customer_id,
  s.mrr,
  renewal.within_90_days as renewals,
  date_part('epoch', $1 - s.since) / 86400 as tenure_days,
  date_part('epoch', $1 - activity.latest) / 86400 as days_since_last_activity,
  active_days.within_30d::float8 as active_days_30d,
  (active_days.within_30d - active_days.before / 2.0)::float8 as activity_change,
  coalesce(counseling.attended, false) as counseling_attended,
  counseling.satisfaction::float8 as counseling_satisfaction,
  coalesce(milestones.downloaded_app, false) as app_downloaded,
  coalesce(milestones.viewed_results, false) as result_viewed,
  emails.open_rate::float8 as email_open_rate_180d,
  coalesce(tickets.opened_60d, 0)::float8 as tickets_60d,
  coalesce(tickets.still_open, 0)::float8 as open_tickets,
  tickets.satisfaction::float8 as support_satisfaction,
  recommendation.score::float8 as nps_score,
  main.plan_id as plan,
  main.billing_interval,
  date_part('epoch', renewal.next - $1) / 86400 as days_to_renewal,
  s.mrr::float8 as monthly_amount,
  (main.unit_amount / nullif(former.unit_amount, 0) - 1)::float8 as price_change_180d,
  coalesce(payments.failed_60d, 0)::float8 as failed_payments_60d,
  coalesce(payments.is_overdue, false) as payment_overdue,
  case when past.customer_id is null then c.payer_type else past.payer_type end as payer_type,
  case when past.customer_id is null then c.genotype else past.genotype end as genotype
from subscribers s
join customers c on c.id = s.customer_id and c.created_at <= $1
join main on main.customer_id = s.customer_id
-- Periods are counted in calendar months or days from the first billed instant, in the reporting zone. Counting begins a
-- little early, as if every month had 31 days.
cross join zone
cross join lateral (
  select min(ends_at) as next,
    coalesce(array_agg(ends_at order by ends_at) filter (where ends_at <= $1 + interval '90 days'), '{}') as within_90_days
  from (
    select (anchor + n * make_interval(months => months, days => days)) at time zone zone as ends_at
    from (
      select main.billed_from at time zone zone as anchor,
        main.interval_count * case main.billing_interval when 'month' then 1 when 'quarter' then 3 when 'year' then 12 else 0 end as months,
        main.interval_count * case main.billing_interval when 'day' then 1 when 'week' then 7 else 0 end as days
    ) periods
    cross join lateral (
      select floor(date_part('epoch', $1 - main.billed_from) / 86400 / (31 * months + days))::int as passed
    ) early
    cross join lateral generate_series(passed, passed + passed / 50 + 3 + 92 / (28 * months + days)) n
  ) boundaries
  where ends_at > $1
) renewal
left join lateral (
  select t.unit_amount
  from (
    select * from subscription_terms t
    where t.subscription_id = main.id and t.valid_from <= $1 - interval '180 days'
    order by t.valid_from desc limit 1
  ) t
  where t.plan_id = main.plan_id and t.billing_interval = main.billing_interval and t.interval_count = main.interval_count
) former on true
left join lateral (
  select * from customer_history h
  where h.customer_id = s.customer_id and h.valid_until > $1
  order by h.valid_until limit 1
) past on true
left join lateral (
  select max(l."timestamp") as latest
  from user_activity_logs l
  where l.customer_id = s.customer_id and l."timestamp" <= $1
) activity on true
left join lateral (
  select count(*) filter (where days_ago < 30) as within_30d, count(*) filter (where days_ago >= 30) as before
  from (
    select distinct floor(date_part('epoch', $1 - l."timestamp") / 86400) as days_ago
    from user_activity_logs l
    where l.customer_id = s.customer_id and l."timestamp" <= $1 and l."timestamp" > $1 - interval '2160 hours'
  ) found
) active_days on true
left join lateral (
  select bool_or(l.activity = 'download_app') as downloaded_app, bool_or(l.activity = 'view_results') as viewed_results
  from user_activity_logs l
  where l.customer_id = s.customer_id and l."timestamp" <= $1 and l.activity in ('download_app', 'view_results')
) milestones on true
left join lateral (
  select bool_or(g.started_at <= $1) as attended,
    (array_agg(g.satisfaction order by g.ended_at desc, g.id) filter (where g.ended_at <= $1 and g.satisfaction is not null))[1] as satisfaction
  from genetic_counseling_sessions g
  where g.customer_id = s.customer_id and g.requested_at <= $1
) counseling on true
left join lateral (
  select avg(case when e.opened_at <= $1 then 1.0 else 0.0 end) as open_rate
  from email_messages e
  where e.customer_id = s.customer_id and e.sent_at <= $1 and e.sent_at > $1 - interval '180 days'
) emails on true
left join lateral (
  select count(*) filter (where t.opened_at > $1 - interval '60 days') as opened_60d,
    count(*) filter (where t.resolved_at is null or t.resolved_at > $1) as still_open,
    (array_agg(t.csat order by t.resolved_at desc, t.id) filter (where t.resolved_at <= $1 and t.csat is not null))[1] as satisfaction
  from support_tickets t
  where t.customer_id = s.customer_id and t.opened_at <= $1
) tickets on true
left join lateral (
  select r.score
  from survey_responses r
  where r.customer_id = s.customer_id and r.survey = 'nps' and r.answered_at <= $1
  order by r.answered_at desc, r.id limit 1
) recommendation on true
left join (
  select i.customer_id, count(*) as failed_60d,
    bool_or((i.paid_at is null or i.paid_at > $1) and i.issued_at > $1 - interval '60 days') as is_overdue
  from invoices i
  join payment_attempts a on a.invoice_id = i.id
  where i.issued_at <= $1 and ($2::uuid[] is null or i.customer_id = any ($2))
    and not a.succeeded and a.attempted_at <= $1 and a.attempted_at > $1 - interval '60 days'
  group by i.customer_id
) payments on payments.customer_id = s.customer_id
order by s.customer_id

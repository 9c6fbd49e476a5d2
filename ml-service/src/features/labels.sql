-- Whether each paying customer churned within 90 days after the snapshot $1; to be read once 97 days have passed. $2 keeps
-- to these customers, null takes all. A customer has churned when
--   MRR reaches 0 and nothing that is paid for begins within 7 days, or
--   at day 90 notice has been given for all that runs, and no replacement began within 7 days after the last notice.
-- A trial of a paid plan bridges a gap; where it is not taken up, its end is the churn.
with spans as (
  select s.customer_id, s.started_at, s.cancelled_at, greatest(t.valid_from, s.started_at) as starts_at,
    coalesce(least(t.valid_until, s.ended_at), 'infinity') as ends_at
  from subscriptions s
  join (
    select *, lead(valid_from) over (partition by subscription_id order by valid_from) as valid_until
    from subscription_terms
  ) t on t.subscription_id = s.id
  where ($2::uuid[] is null or s.customer_id = any ($2))
    and t.unit_amount * t.quantity * (1 - t.discount_percent / 100) - t.discount_amount > 0
    and coalesce(least(t.valid_until, s.ended_at), 'infinity') > greatest(t.valid_from, s.started_at)
),
horizon as (
  select *, starts_at <= $1::timestamptz + interval '90 days' and ends_at > $1 + interval '90 days' as runs_at_90,
    max(ends_at) over (
      partition by customer_id order by starts_at, ends_at rows between unbounded preceding and 1 preceding
    ) as reached_before,
    min(started_at) filter (where started_at > $1::timestamptz + interval '90 days') over (partition by customer_id) as next_start
  from spans
),
-- A stay is a time without a gap of more than 7 days.
numbered as (
  select *, count(*) filter (where reached_before is null or starts_at > reached_before + interval '7 days')
    over (partition by customer_id order by starts_at, ends_at) as stay
  from horizon
),
stays as (
  select customer_id, max(ends_at) as ends_at, min(next_start) as next_start,
    max(cancelled_at) filter (where runs_at_90) as last_notice,
    bool_and(cancelled_at <= $1::timestamptz + interval '90 days' is true) filter (where runs_at_90) as all_under_notice
  from numbered
  group by customer_id, stay
  having min(starts_at) <= $1 and max(ends_at) > $1
)
select customer_id, churned_at is not null as churned, churned_at
from (
  select customer_id, case
      when ends_at <= $1::timestamptz + interval '90 days' then ends_at
      when all_under_notice and coalesce(next_start > last_notice + interval '7 days', true) then last_notice
    end as churned_at
  from stays
) outcomes
order by customer_id

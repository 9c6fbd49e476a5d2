-- One row per kind of intervention that was ever proposed: customers to whom it was proposed, from the first time on,
-- by whether they were held out at random. "Assigned" are all that were not, treated or not: only so are the two groups
-- alike. What other interventions the assigned received counts as well.
with proposed as (
  select distinct on (p.customer_id, i.type) p.customer_id, i.type, p.is_hold_out, p.customer_churned, r.snapshot_at
  from churn_predictions p
  join churn_runs r on r.id = p.run_id and r.published_at is not null
  cross join lateral jsonb_to_recordset(p.interventions) as i (type text)
  where p.is_hold_out is not null and jsonb_typeof(p.interventions) = 'array'
  order by p.customer_id, i.type, r.snapshot_at, r.id
),
outcomes as (
  select p.type, p.is_hold_out, p.customer_churned,
    exists (
      select from customer_interventions c
      where c.customer_id = p.customer_id and c.intervention_type = p.type
        and c.sent_at >= p.snapshot_at and c.sent_at < p.snapshot_at + interval '90 days'
    ) as is_treated
  from proposed p
  where p.customer_churned is not null
),
counts as (
  select type,
    count(*) filter (where is_hold_out) as held_out,
    count(*) filter (where is_hold_out and customer_churned) as held_out_churned,
    count(*) filter (where not is_hold_out) as assigned,
    count(*) filter (where not is_hold_out and customer_churned) as assigned_churned,
    count(*) filter (where not is_hold_out and is_treated) as treated,
    count(*) filter (where not is_hold_out and is_treated and customer_churned) as treated_churned
  from outcomes
  group by type
),
rates as (
  select *,
    held_out_churned::float8 / nullif(held_out, 0) as h, assigned_churned::float8 / nullif(assigned, 0) as a,
    reporting.wilson_bound(held_out_churned, held_out, -1) as h_low, reporting.wilson_bound(held_out_churned, held_out, 1) as h_high,
    reporting.wilson_bound(assigned_churned, assigned, -1) as a_low, reporting.wilson_bound(assigned_churned, assigned, 1) as a_high
  from counts
)
-- Newcombe's hybrid score interval of a difference of two independent shares, 95%.
select type, held_out::int, held_out_churned::int, assigned::int, assigned_churned::int, treated::int, treated_churned::int,
  h - a as difference,
  h - a - sqrt((h - h_low) ^ 2 + (a_high - a) ^ 2) as lower,
  h - a + sqrt((h_high - h) ^ 2 + (a - a_low) ^ 2) as upper
from rates
order by type

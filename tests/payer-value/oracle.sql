-- Figures of a group of patients from who was matched with whom, day by day: $1 holds the patients.
with people as (
  select p.id as set_id, 'treated' as arm, p.id as member_id, 1.0 as weight, p.diagnosed_on
  from payer_members p
  where p.id = any ($1)
  union all
  select m.patient_id, 'comparator', m.comparator_id, 1.0 / count(*) over (partition by m.patient_id), p.diagnosed_on
  from payer_value_matches m
  join payer_members p on p.id = m.patient_id
  where p.id = any ($1)
), days as (
  select people.*, d.day::date as day,
    case when d.day < people.diagnosed_on then 'before' else 'after' end as time,
    extract(day from (date_trunc('month', d.day) + interval '1 month - 1 day')) as days_in_month
  from people
  join payer_members m on m.id = people.member_id
  cross join lateral (
    select g as day
    from generate_series(
      date_trunc('month', people.diagnosed_on) - interval '8 months',
      date_trunc('month', people.diagnosed_on) - interval '3 months 1 day', interval '1 day'
    ) g
    union all
    select g
    from generate_series(
      date_trunc('month', people.diagnosed_on) + interval '1 month',
      date_trunc('month', people.diagnosed_on) + interval '13 months - 1 day', interval '1 day'
    ) g
  ) d
  where d.day >= m.enrolled_on and d.day <= coalesce(m.disenrolled_on, 'infinity')
    and d.day <= coalesce(m.died_on, 'infinity') and d.day <= reporting.today()
), used as (
  select days.arm, days.time, weight, 1 / days_in_month as months,
    (select sum(allowed_amount) from medical_claims c where c.member_id = days.member_id and c.service_on = days.day) as cost,
    exists (select from medical_claims c where c.member_id = days.member_id and c.service_on = days.day
      and service = 'emergency')::int as er,
    exists (select from medical_claims c where c.member_id = days.member_id and c.service_on = days.day
      and service = 'inpatient')::int as admitted,
    (select sum(o.exacerbations) from clinical_outcomes o where o.member_id = days.member_id and o.measured_on = days.day)
      as flares
  from days
)
select arm, time, sum(weight * months)::float8 as months, (coalesce(sum(weight * cost), 0) / sum(weight * months))::float8 as cost,
  (1000 * sum(weight * er) / sum(weight * months))::float8 as er_visits,
  (1000 * sum(weight * admitted) / sum(weight * months))::float8 as admissions,
  (12 * coalesce(sum(weight * flares), 0) / sum(weight * months))::float8 as exacerbations
from used
group by arm, time

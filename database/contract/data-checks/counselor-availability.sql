-- No counselor is available twice at the same time
select 'counselor_availability ' || counselor_id || ' ' || starts_at as "row",
  'overlaps the span that starts at ' || next_start as problem
from (
  select counselor_id, starts_at, ends_at,
    lead(starts_at) over (partition by counselor_id order by starts_at) as next_start
  from counselor_availability
) spans
where next_start < ends_at

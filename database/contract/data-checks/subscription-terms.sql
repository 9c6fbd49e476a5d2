-- Every subscription has terms from its start
select 'subscriptions ' || s.id as "row", 'no terms are in force at its start' as problem
from subscriptions s
where not exists (
  select from subscription_terms t where t.subscription_id = s.id and t.valid_from <= s.started_at
)

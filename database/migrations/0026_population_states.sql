-- Up Migration

alter table population_estimates add column states text[] check (cardinality(states) > 0);
comment on column population_estimates.states is 'States of residence, as in customers.state, whose people the estimate counts; no state in two regions. Null: everybody.';

-- Down Migration

alter table population_estimates drop column states;

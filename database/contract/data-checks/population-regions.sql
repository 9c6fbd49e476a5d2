-- No state is in two regions of the population estimates
select distinct 'population_estimates ' || a.region || ' ' || a.year as "row", 'its states are also in ' || b.region as problem
from population_estimates a
join population_estimates b on b.region > a.region
where a.states is null or b.states is null or a.states && b.states

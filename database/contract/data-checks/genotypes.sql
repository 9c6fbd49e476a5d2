-- Genotypes are ZZ, SZ, MZ, MM, MS, SS or null
select kind || ' ' || id as "row", 'the genotype is none of ZZ, SZ, MZ, MM, MS, SS' as problem
from (
  select 'customers' as kind, id, genotype from customers
  union all
  select 'customer_history', customer_id, genotype from customer_history
) known
where genotype not in ('ZZ', 'SZ', 'MZ', 'MM', 'MS', 'SS')

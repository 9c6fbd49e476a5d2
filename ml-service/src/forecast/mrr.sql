-- MRR in the reporting currency at the end of every month that is over at $1, from the first month with any. Goes on after
-- month-end-mrr.sql.
select to_char(e.month, 'YYYY-MM-DD') as period, coalesce(sum(h.mrr), 0)::float8 as value
from ended e
left join held h on h.month = e.month
where e.month >= (select min(month) from held)
group by e.month
order by e.month

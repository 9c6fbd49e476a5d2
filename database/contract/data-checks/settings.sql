-- The settings and calendars that every report reads are there
select 'reporting.settings' as "row", 'its one row is missing' as problem
where not exists (select from reporting.settings)
union all
select 'reporting.calendar', 'days between 1990 and 2100 are missing'
where (select count(*) from reporting.calendar where day between '1990-01-01' and '2100-12-31') <> 40542
union all
select 'reporting.months', 'months between 1990 and 2100 are missing'
where (select count(*) from reporting.months where month between '1990-01-01' and '2100-12-01') <> 1332

-- Every business calendar has its days numbered, with its weekdays and holidays
select 'business_calendars ' || c.id as "row", 'its days are out of date: run reporting.rebuild_business_calendar' as problem
from business_calendars c
where (select count(*) from business_calendar_days d where d.calendar_id = c.id) <> (select count(*) from reporting.calendar)
  or exists (
    select from business_calendar_days d
    left join business_holidays h on h.calendar_id = d.calendar_id and h.day = d.day
    where d.calendar_id = c.id
      and d.is_business_day <> (extract(isodow from d.day)::int = any (c.weekdays) and h.day is null)
  )

-- Up Migration

create table business_calendars (
  id text primary key,
  name text not null,
  -- ISO weekdays: 1 is Monday, 7 is Sunday.
  weekdays int[] not null default '{1,2,3,4,5}'
    check (cardinality(weekdays) > 0 and weekdays <@ array[1, 2, 3, 4, 5, 6, 7])
);

create table business_holidays (
  calendar_id text not null references business_calendars (id) on delete cascade,
  day date not null,
  name text not null,
  primary key (calendar_id, day)
);

-- Numbers the business days of each calendar, so that a turnaround is a subtraction.
create table business_calendar_days (
  calendar_id text not null references business_calendars (id) on delete cascade,
  day date not null,
  is_business_day boolean not null,
  -- The day's number, or that of the next business day when it is none.
  business_day int not null,
  primary key (calendar_id, day)
);
create unique index business_calendar_days_number on business_calendar_days (calendar_id, business_day) include (day)
  where is_business_day;

create function reporting.rebuild_business_calendar(calendar text) returns void language sql as $$
  delete from business_calendar_days where calendar_id = calendar;
  insert into business_calendar_days (calendar_id, day, is_business_day, business_day)
  select id, day, is_open, count(*) filter (where is_open) over (order by day) + (not is_open)::int
  from (
    select c.id, d.day, extract(isodow from d.day)::int = any (c.weekdays) and h.day is null as is_open
    from business_calendars c
    cross join reporting.calendar d
    left join business_holidays h on h.calendar_id = c.id and h.day = d.day
    where c.id = calendar
  ) days;
$$;

create function reporting.on_business_calendar_change() returns trigger language plpgsql as $$
begin
  perform reporting.rebuild_business_calendar(id) from (select distinct id from changed) c;
  return null;
end $$;

create function reporting.on_business_holiday_change() returns trigger language plpgsql as $$
begin
  perform reporting.rebuild_business_calendar(calendar_id) from (select distinct calendar_id from changed) c;
  return null;
end $$;

-- A trigger with a transition table serves one event, hence one for each.
create trigger business_calendar_inserted after insert on business_calendars
  referencing new table as changed for each statement execute function reporting.on_business_calendar_change();
create trigger business_calendar_updated after update on business_calendars
  referencing new table as changed for each statement execute function reporting.on_business_calendar_change();
create trigger business_holiday_inserted after insert on business_holidays
  referencing new table as changed for each statement execute function reporting.on_business_holiday_change();
create trigger business_holiday_deleted after delete on business_holidays
  referencing old table as changed for each statement execute function reporting.on_business_holiday_change();
-- A changed day or calendar is a delete and an insert: a plain update would leave the old calendar stale.
create function reporting.refuse_holiday_update() returns trigger language plpgsql as $$
begin
  raise exception 'holidays are deleted and inserted, not updated' using hint = 'delete the row and insert the new one';
end $$;
create trigger business_holiday_not_updated before update of calendar_id, day on business_holidays
  for each row execute function reporting.refuse_holiday_update();

-- Down Migration

drop table business_calendar_days, business_holidays, business_calendars cascade;
drop function reporting.rebuild_business_calendar, reporting.on_business_calendar_change,
  reporting.on_business_holiday_change, reporting.refuse_holiday_update;

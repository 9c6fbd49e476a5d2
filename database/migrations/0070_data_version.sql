-- Up Migration

-- What a stored answer rests on: it changes with every row of the tables that is added, changed or deleted, with what is
-- reported on, and with the hour where that goes with the clock. It costs no look at the rows. Postgres counts them within
-- seconds after a transaction has ended, so an answer that is computed after the version was read may be newer than it,
-- never older. The file of a table changes when it is emptied at once.
create function reporting.data_version(variadic tables regclass[]) returns text language sql stable
  return (select s::text || date_trunc('hour', reporting.as_of())::text from reporting.settings s) || (
    select string_agg(concat_ws(':', c.oid, c.relfilenode,
      pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid)
    ), ' ' order by c.oid)
    from pg_class c
    where c.oid = any (tables)
  );

comment on function reporting.data_version(regclass[]) is
  'Changes with every change of the tables and of the reporting settings, and every hour unless the as-of is pinned.';

-- Down Migration

drop function reporting.data_version(regclass[]);

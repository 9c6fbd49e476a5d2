-- Up Migration

create table table_expectations (
  table_name text primary key,
  fact_column text,
  fresh_hours numeric(8, 1) check (fresh_hours > 0),
  check (fact_column is not null or fresh_hours is null)
);
comment on table table_expectations is '[platform] One row per table of the data contract: which column dates its rows, and how old the newest may get. A table of one''s own needs none.';
comment on column table_expectations.table_name is 'The table; outside the schema public, with its schema.';
comment on column table_expectations.fact_column is 'The day or instant of what a row tells. Null: rows have none, or plans that lie in the future.';
comment on column table_expectations.fresh_hours is 'Hours after which the newest row is too old; a setting. Null: the table grows when it grows.';
insert into table_expectations (table_name, fact_column, fresh_hours) values
  ('attribution_runs', 'snapshot_at', 192), ('channel_returns', null, null),
  ('business_calendar_days', null, null), ('business_calendars', null, null), ('business_holidays', null, null),
  ('churn_feature_bins', null, null), ('churn_model_promotions', 'promoted_at', null), ('churn_models', 'trained_at', null),
  ('churn_predictions', 'predicted_at', null), ('churn_run_bins', null, null), ('churn_runs', 'snapshot_at', 48),
  ('churn_settings', null, null), ('claims', 'submitted_at', 168), ('clinical_outcomes', 'measured_on', 2160),
  ('cohorts', 'created_at', null), ('counselor_availability', null, null), ('counselor_time_off', null, null),
  ('counselors', 'hired_on', null), ('customer_history', 'valid_until', null),
  ('customer_interventions', 'sent_at', null), ('customers', 'created_at', 48), ('email_messages', 'sent_at', 72),
  ('exchange_rates', 'day', 96), ('forecast_runs', 'snapshot_at', 192), ('forecasts', 'day', null),
  ('genetic_counseling_sessions', 'requested_at', 96), ('intervention_types', null, null), ('invoice_lines', null, null),
  ('invoices', 'issued_at', 48), ('lab_contracts', 'valid_from', null), ('lab_partners', null, null),
  ('leaders', 'since', null), ('ledger_entries', 'booked_on', 1080), ('marketing_campaigns', 'started_on', null),
  ('marketing_channels', null, null), ('marketing_spend', 'date', 72), ('marketing_touchpoints', 'timestamp', 24),
  ('markov_fits', 'fitted_through', 840), ('markov_removal_effects', null, null),
  ('medical_claims', 'service_on', 2160), ('medical_price_index', null, null), ('operational_alert_events', 'at', null), ('operational_alerts', 'created_at', null),
  ('partners', 'started_on', null), ('payer_contracts', 'valid_from', null), ('payer_members', 'enrolled_on', null),
  ('payer_balance_cells', 'day', null), ('payer_value_cells', 'day', null), ('payer_value_matches', 'day', null),
  ('payer_value_runs', 'snapshot_at', 192), ('payers', null, null), ('payment_attempts', 'attempted_at', 48), ('plans', null, null), ('population_estimates', null, null),
  ('proficiency_tests', 'tested_on', null), ('query_audit', 'at', null), ('query_audit_settings', null, null),
  ('refunds', 'refunded_at', null), ('service_health_samples', 'sampled_at', 2), ('staffing_forecasts', 'day', null),
  ('staffing_settings', null, null), ('subscription_terms', 'valid_from', null), ('subscriptions', 'started_at', 72),
  ('support_targets', null, null), ('support_tickets', 'opened_at', 96), ('survey_responses', 'answered_at', 720), ('table_expectations', null, null),
  ('table_references', null, null), ('test_orders', 'ordered_at', 48), ('user_activity_logs', 'timestamp', 24),
  ('reporting.calendar', null, null), ('reporting.months', null, null), ('reporting.settings', null, null);

create table table_references (
  table_name text not null,
  column_names text[] not null check (cardinality(column_names) > 0),
  referenced_table text not null,
  referenced_columns text[] not null check (cardinality(referenced_columns) = cardinality(column_names)),
  primary key (table_name, column_names, referenced_table)
);
comment on table table_references is '[platform] One row per reference whose orphans are counted beside the foreign keys that the database enforces: those that the contract asks for, in case somebody dropped one, and those that no key can enforce.';
comment on column table_references.table_name is 'The table that refers.';
comment on column table_references.column_names is 'Its columns. A row with a null in one of them refers to nothing.';
comment on column table_references.referenced_table is 'The table referred to.';
comment on column table_references.referenced_columns is 'Its columns, in the same order.';
insert into table_references
  select k.conrelid::regclass::text,
    array(select a.attname from unnest(k.conkey) with ordinality c (number, place)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.number order by place),
    k.confrelid::regclass::text,
    array(select a.attname from unnest(k.confkey) with ordinality c (number, place)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.number order by place)
  from pg_constraint k
  where k.contype = 'f' and k.connamespace = 'public'::regnamespace;
insert into table_references values ('churn_predictions', '{model_version}', 'churn_models', '{version}');

-- What the tables of the schemas public and reporting hold up to an instant: all that are there, not a list of them, so that
-- none is forgotten; or those named. One row per table, per column that may be null, and per reference. Each table is read
-- once, and once more for each reference that no valid key enforces.
create function reporting.table_health(instant timestamptz, only_tables text[] default null)
returns table (
  table_name text, domain text, kind text, part text, row_count bigint, flawed bigint, newest_at timestamptz,
  fresh_hours numeric
)
language plpgsql stable as $$
declare
  zone text := reporting.time_zone();
  one record;
  link record;
  bound text;
  counts bigint[];
  total bigint;
begin
  for one in
    select c.oid, n.name, c.oid::regclass::text as source,
      substring(obj_description(c.oid, 'pg_class') from '^\[(\w+)\] ') as domain,
      quote_ident(e.fact_column) as fact, f.atttypid = 'date'::regtype as is_day, e.fresh_hours,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and not a.attnotnull and a.attgenerated = ''
        order by a.attnum
      ) as nullable
    from pg_class c
    cross join lateral (
      select case c.relnamespace when 'public'::regnamespace then '' else c.relnamespace::regnamespace || '.' end
        || c.relname as name
    ) n
    left join public.table_expectations e on e.table_name = n.name
    left join pg_attribute f on f.attrelid = c.oid and f.attname = e.fact_column
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace in ('public'::regnamespace, 'reporting'::regnamespace)
      and (only_tables is null or n.name = any(only_tables))
      and has_table_privilege(c.oid, 'select')
    order by n.name
  loop
    table_name := one.name;
    domain := one.domain;
    -- A row without a date counts from the beginning.
    bound := case when one.is_day is null then 'true'
      when one.is_day then format('(t.%1$s is null or t.%1$s <= ($1 at time zone $2)::date)', one.fact)
      else format('(t.%1$s is null or t.%1$s <= $1)', one.fact) end;
    execute format(
      'select count(*), %s, array[%s]::bigint[] from %s t where %s',
      case when one.is_day is null then 'null::timestamptz'
        -- A day is over at its end, or has come as far as the instant.
        when one.is_day then format(
          'case when count(t.%1$s) > 0 then least($1, (max(t.%1$s) + 1)::timestamp at time zone $2) end', one.fact
        )
        else format('max(t.%s)', one.fact) end,
      (select string_agg(format('count(*) - count(t.%I)', name), ', ' order by place)
        from unnest(one.nullable) with ordinality as columns (name, place)),
      one.source, bound
    ) into total, newest_at, counts using instant, zone;
    kind := 'table';
    part := null;
    row_count := total;
    flawed := null;
    fresh_hours := one.fresh_hours;
    return next;

    newest_at := null;
    fresh_hours := null;
    kind := 'column';
    for place in 1 .. cardinality(one.nullable) loop
      part := one.nullable[place];
      flawed := counts[place];
      return next;
    end loop;

    kind := 'reference';
    for link in
      select columns, target, target_columns, bool_or(is_enforced) as is_enforced
      from (
        select array(select a.attname::text from unnest(k.conkey) with ordinality c (number, place)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.number order by place) as columns,
          k.confrelid as target,
          array(select a.attname::text from unnest(k.confkey) with ordinality c (number, place)
            join pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.number order by place) as target_columns,
          k.convalidated as is_enforced
        from pg_constraint k
        where k.conrelid = one.oid and k.contype = 'f'
        union all
        select r.column_names, to_regclass(r.referenced_table)::oid, r.referenced_columns, false
        from public.table_references r
        where r.table_name = one.name and to_regclass(r.referenced_table) is not null
      ) links
      group by columns, target, target_columns
      order by columns, target::regclass::text
    loop
      part := format('(%s) to %s', array_to_string(link.columns, ', '), link.target::regclass);
      if link.is_enforced and cardinality(link.columns) = 1 then
        row_count := total - coalesce(counts[array_position(one.nullable, link.columns[1])], 0);
        flawed := 0;
      else
        execute format(
          'select count(*), count(*) filter (where not exists (select from %s r where %s)) from %s t where %s and %s',
          link.target::regclass,
          (select string_agg(format('r.%I = t.%I', there, here), ' and ')
            from unnest(link.columns, link.target_columns) as pairs (here, there)),
          one.source, bound,
          (select string_agg(format('t.%I is not null', name), ' and ') from unnest(link.columns) as columns (name))
        ) into row_count, flawed using instant, zone;
      end if;
      return next;
    end loop;
  end loop;
end $$;

-- Down Migration

drop function reporting.table_health;
drop table table_references, table_expectations;

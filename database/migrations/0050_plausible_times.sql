-- Up Migration

-- A day or an instant that anybody can have meant. A year more on either side of a slip of the pen, such as 2999 or 0024, would stay
-- in every sum "up to now", or never get into one.
create function reporting.is_plausible(day date) returns boolean language sql immutable parallel safe
  return day >= date '1900-01-01' and day < date '2200-01-01';
create function reporting.is_plausible(instant timestamptz) returns boolean language sql immutable parallel safe
  return instant >= timestamptz '1900-01-01 00:00:00+00' and instant < timestamptz '2200-01-01 00:00:00+00';

comment on function reporting.is_plausible(date) is 'Whether a day is within the years 1900 to 2199.';
comment on function reporting.is_plausible(timestamptz) is 'Whether an instant is within the years 1900 to 2199 (UTC).';

-- Rows that are there already may break the rule: it holds for new ones then, and npm run check names the old ones.
do $$
declare
  one record;
  rule text;
begin
  for one in
    select c.relname as table_name, a.attname as column_name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and a.atttypid in ('date'::regtype, 'timestamptz'::regtype) and c.relname in (
      'business_holidays', 'claims', 'clinical_outcomes', 'cohorts', 'counselor_availability', 'counselor_time_off',
      'counselors', 'customer_history', 'customer_interventions', 'customers', 'email_messages', 'exchange_rates',
      'genetic_counseling_sessions', 'invoice_lines', 'invoices', 'lab_contracts', 'leaders', 'ledger_entries',
      'marketing_campaigns', 'marketing_spend', 'marketing_touchpoints', 'medical_claims', 'operational_alerts',
      'partners', 'payer_contracts', 'payer_members', 'payment_attempts', 'proficiency_tests', 'refunds',
      'service_health_samples', 'subscription_terms', 'subscriptions', 'support_tickets', 'survey_responses',
      'test_orders', 'user_activity_logs'
    )
    order by c.relname, a.attnum
  loop
    rule := one.table_name || '_' || one.column_name || '_plausible';
    execute format('alter table %I add constraint %I check (reporting.is_plausible(%I)) not valid',
      one.table_name, rule, one.column_name);
    begin
      execute format('alter table %I validate constraint %I', one.table_name, rule);
    exception when check_violation then
      raise warning '%.% holds times outside the years 1900 to 2199: npm run check names them', one.table_name, one.column_name;
    end;
  end loop;
end $$;

-- Down Migration

do $$
declare
  one record;
begin
  for one in
    select conrelid::regclass as table_name, conname from pg_constraint
    where contype = 'c' and conname like '%\_plausible' and pg_get_constraintdef(oid) like '%reporting.is_plausible(%'
  loop
    execute format('alter table %s drop constraint %I', one.table_name, one.conname);
  end loop;
end $$;
drop function reporting.is_plausible(date);
drop function reporting.is_plausible(timestamptz);

-- Amounts in another currency than the reporting one without a rate on their day or in the seven days before.
-- Days ahead are left out: there can be no rate yet. A recurring price needs one at every month end at which it is in
-- force, and today.
with settings as (
  select currency, greatest(reporting.today(), current_date) as last_day, reporting.today() as today
  from reporting.settings
),
terms as (
  select t.*, t.currency as term_currency, s.ended_at,
    lead(t.valid_from) over (partition by t.subscription_id order by t.valid_from) as next_from
  from subscription_terms t
  join subscriptions s on s.id = t.subscription_id
),
needed (table_name, row_key, currency, day) as (
  select 'subscription_terms', concat_ws(' ', t.subscription_id, t.valid_from), t.term_currency, d.day
  from settings s
  join terms t on t.term_currency <> s.currency and t.unit_amount > 0
  cross join lateral (
    select m.next_month - 1 as day from reporting.months m
    where m.month between (t.valid_from at time zone reporting.time_zone())::date - 31 and s.today
      and m.next_month <= s.today
      and reporting.day_end(m.next_month - 1) >= t.valid_from
      and reporting.day_end(m.next_month - 1) < least(t.next_from, t.ended_at, 'infinity')
    union all
    select s.today
    where t.valid_from <= reporting.as_of() and reporting.as_of() < least(t.next_from, t.ended_at, 'infinity')
  ) d
  union all
  select 'invoices', i.id::text, i.currency, (i.paid_at at time zone reporting.time_zone())::date
  from settings s join invoices i on i.currency <> s.currency and i.paid_at is not null
  union all
  select 'refunds', r.id::text, i.currency, (r.refunded_at at time zone reporting.time_zone())::date
  from settings s
  join invoices i on i.currency <> s.currency
  join invoice_lines l on l.invoice_id = i.id
  join refunds r on r.invoice_line_id = l.id
  union all
  select 'marketing_spend', m.id::text, m.currency, m.date
  from settings s join marketing_spend m on m.currency <> s.currency and m.amount > 0
  union all
  select 'claims', c.id::text, c.currency, (c.adjudicated_at at time zone reporting.time_zone())::date
  from settings s join claims c on c.currency <> s.currency and c.adjudicated_at is not null
  union all
  select 'medical_claims', m.id::text, m.currency, m.service_on
  from settings s join medical_claims m on m.currency <> s.currency
  union all
  select 'ledger_entries', l.id::text, l.currency, l.booked_on
  from settings s join ledger_entries l on l.currency <> s.currency
),
missing as (
  select n.currency, n.day
  from (select distinct currency, day from needed) n
  cross join settings s
  where n.day <= s.last_day and reporting.rate(n.currency, n.day) is null
)
select n.table_name, n.row_key, n.currency::text, min(n.day)::text as day
from needed n
join missing using (currency, day)
group by n.table_name, n.row_key, n.currency

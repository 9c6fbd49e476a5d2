/** A question put to Cube and, as an analyst would write it by hand for this one question, to Postgres. */
export interface Question {
  name: string;
  query: Record<string, unknown>;
  sql: string;
}

const month = (column: string) => `date_trunc('month', ${column} at time zone 'UTC')`;
const always = ['2000-01-01', '2100-12-31'];

/** One question for each public view. The SQL takes the reporting zone as UTC and USD as the currency for granted. */
export const questions: Question[] = [
  {
    name: 'MRR now by payer type',
    query: { measures: ['revenue.mrr', 'revenue.subscribers'], dimensions: ['revenue.payer_type'] },
    sql: `
      select c.payer_type, sum(m.mrr), count(*)
      from (
        select s.customer_id, round(sum(reporting.monthly_amount(
          t.unit_amount * t.quantity * (1 - t.discount_percent / 100) - t.discount_amount,
          t.billing_interval, t.interval_count) * coalesce(r.rate, 1)), 2) as mrr
        from subscriptions s
        join (select *, lead(valid_from) over (partition by subscription_id order by valid_from) as valid_until
              from subscription_terms) t on t.subscription_id = s.id
        left join lateral (
          select rate from exchange_rates x
          where t.currency <> 'USD' and x.currency = t.currency and x.day <= reporting.today()
          order by x.day desc limit 1
        ) r on true
        where greatest(t.valid_from, s.started_at, s.trial_ends_at) <= reporting.as_of()
          and coalesce(least(t.valid_until, s.ended_at), 'infinity') > reporting.as_of()
        group by 1 having sum(t.unit_amount) > 0
      ) m
      join customers c on c.id = m.customer_id
      group by 1`,
  },
  {
    name: 'MRR movements by month',
    query: {
      measures: ['new', 'expansion', 'contraction', 'churn'].map((name) => `mrr_movements.mrr_${name}`),
      timeDimensions: [{ dimension: 'mrr_movements.month', granularity: 'month' }],
    },
    sql: `
      with months as (
        select month_number, month, least(reporting.as_of(), next_month::timestamptz - interval '1 microsecond') as at
        from reporting.months
        where month between (select min(started_at) - interval '1 month' from subscriptions) and reporting.today()
      ),
      month_end as (
        select s.customer_id, m.month_number, round(sum(reporting.monthly_amount(
          t.unit_amount * t.quantity * (1 - t.discount_percent / 100) - t.discount_amount,
          t.billing_interval, t.interval_count) * coalesce(r.rate, 1)), 2) as mrr
        from subscriptions s
        join (select *, lead(valid_from) over (partition by subscription_id order by valid_from) as valid_until
              from subscription_terms) t on t.subscription_id = s.id
        join months m on greatest(t.valid_from, s.started_at, s.trial_ends_at) <= m.at
          and coalesce(least(t.valid_until, s.ended_at), 'infinity') > m.at
        left join lateral (
          select rate from exchange_rates x
          where t.currency <> 'USD' and x.currency = t.currency and x.day <= m.at::date
          order by x.day desc limit 1
        ) r on true
        group by 1, 2
      ),
      steps as (
        select *, lag(month_number) over w as before, lag(mrr) over w as opening, lead(month_number) over w as after
        from month_end window w as (partition by customer_id order by month_number)
      )
      select month_number, sum(new), sum(expansion), sum(contraction), sum(churn)
      from (
        select month_number, case when before is null then mrr else 0 end as new,
          case when before = month_number - 1 then greatest(mrr - opening, 0) else 0 end as expansion,
          case when before = month_number - 1 then greatest(opening - mrr, 0) else 0 end as contraction, 0 as churn
        from steps
        union all
        select month_number + 1, 0, 0, 0, mrr from steps where after is distinct from month_number + 1
      ) x
      group by 1 order by 1`,
  },
  {
    name: 'Net revenue by month and source',
    query: {
      measures: ['net_revenue.net_revenue'],
      dimensions: ['net_revenue.revenue_source'],
      timeDimensions: [{ dimension: 'net_revenue.date', granularity: 'month', dateRange: always }],
    },
    sql: `
      select ${month('e.at')}, e.revenue_source, sum(e.amount * coalesce(r.rate, 1))
      from (
        select i.paid_at as at, l.revenue_source, l.amount, i.currency
        from invoices i join invoice_lines l on l.invoice_id = i.id
        where i.paid_at <= reporting.as_of()
        union all
        select r.refunded_at, l.revenue_source, -r.amount, i.currency
        from refunds r join invoice_lines l on l.id = r.invoice_line_id join invoices i on i.id = l.invoice_id
        where r.refunded_at <= reporting.as_of()
      ) e
      left join lateral (
        select rate from exchange_rates x
        where e.currency <> 'USD' and x.currency = e.currency and x.day <= e.at::date
        order by x.day desc limit 1
      ) r on true
      group by 1, 2`,
  },
  {
    name: 'Customers by genotype',
    query: {
      measures: ['customers.customers', 'customers.active_customers_30d'],
      dimensions: ['customers.genotype'],
    },
    sql: `
      select c.genotype, count(*), count(a.customer_id)
      from customers c
      left join (
        select distinct customer_id from user_activity_logs
        where "timestamp" > reporting.as_of() - interval '30 days' and "timestamp" <= reporting.as_of()
      ) a on a.customer_id = c.id
      where c.created_at <= reporting.as_of()
      group by 1`,
  },
  {
    name: 'Sign-ups by month and channel',
    query: {
      measures: ['signups.new_customers'],
      dimensions: ['signups.channel'],
      timeDimensions: [{ dimension: 'signups.date', granularity: 'month', dateRange: always }],
    },
    sql: `
      select ${month('created_at')}, acquisition_channel, count(*)
      from customers where created_at <= reporting.as_of() group by 1, 2`,
  },
  {
    name: 'Active cohorts by month of first payment',
    query: {
      measures: ['cohorts_by_first_payment.cohort_size', 'cohorts_by_first_payment.active'],
      dimensions: ['cohorts_by_first_payment.period'],
      timeDimensions: [{ dimension: 'cohorts_by_first_payment.cohort_month', granularity: 'month' }],
    },
    sql: `
      with first as (
        select customer_id, ${month('min(paid_at)')} as cohort
        from invoices where paid_at <= reporting.as_of() group by 1
      ),
      active as (
        select distinct customer_id, ${month('"timestamp"')} as month
        from user_activity_logs where "timestamp" <= reporting.as_of()
      )
      select f.cohort, m.month, count(*), count(a.customer_id)
      from first f
      join reporting.months m on m.month >= f.cohort and m.month <= reporting.today()
      left join active a on a.customer_id = f.customer_id and a.month = m.month
      group by 1, 2`,
  },
  {
    name: 'Paying cohorts',
    query: {
      measures: ['cohorts_paying.cohort_size', 'cohorts_paying.paying'],
      dimensions: ['cohorts_paying.period'],
      timeDimensions: [{ dimension: 'cohorts_paying.cohort_month', granularity: 'month' }],
    },
    sql: `
      with months as (
        select month_number, least(reporting.as_of(), next_month::timestamptz - interval '1 microsecond') as at
        from reporting.months
        where month between (select min(started_at) - interval '1 month' from subscriptions) and reporting.today()
      ),
      paying as (
        select distinct s.customer_id, m.month_number
        from subscriptions s
        join (select *, lead(valid_from) over (partition by subscription_id order by valid_from) as valid_until
              from subscription_terms) t on t.subscription_id = s.id
        join months m on greatest(t.valid_from, s.started_at, s.trial_ends_at) <= m.at
          and coalesce(least(t.valid_until, s.ended_at), 'infinity') > m.at
        where t.unit_amount * t.quantity * (1 - t.discount_percent / 100) - t.discount_amount > 0
      ),
      first as (select customer_id, min(month_number) as cohort from paying group by 1)
      select f.cohort, m.month_number - f.cohort, count(*), count(p.customer_id)
      from first f
      join months m on m.month_number >= f.cohort
      left join paying p on p.customer_id = f.customer_id and p.month_number = m.month_number
      group by 1, 2`,
  },
  {
    name: 'Attribution by channel, models side by side',
    query: {
      measures: ['first_touch', 'last_touch', 'linear', 'time_decay', 'position_based', 'spend'].map(
        (name) => `attribution.${name}`,
      ),
      dimensions: ['attribution.channel'],
    },
    sql: `
      with conversion as (
        select customer_id, min(paid_at) as at from invoices
        where customer_id is not null and paid_at <= reporting.as_of() group by 1
      ),
      touch as (
        select distinct on (v.customer_id, coalesce(t.session_id, t.id::text), t.source)
          v.customer_id, t.source, t."timestamp", t.id,
          coalesce(power(2, -extract(epoch from v.at - t."timestamp")::float8 / 604800), 1) as weight
        from conversion v
        left join marketing_touchpoints t on t.customer_id = v.customer_id
          and t."timestamp" between v.at - interval '720 hours' and v.at
        order by v.customer_id, coalesce(t.session_id, t.id::text), t.source, t."timestamp", t.id
      ),
      placed as (
        select coalesce(source, '(unattributed)') as source,
          row_number() over (partition by customer_id order by "timestamp", id) as position,
          count(*) over (partition by customer_id) as touches,
          weight / sum(weight) over (partition by customer_id) as decay
        from touch
      ),
      credited as (
        select source, sum((position = 1)::int) as first_touch, sum((position = touches)::int) as last_touch,
          sum(1.0::float8 / touches) as linear, sum(decay) as time_decay,
          sum(case
            when touches = 1 then 1.0::float8
            when touches = 2 then 0.5
            when position in (1, touches) then 0.4
            else 0.2 / (touches - 2)
          end) as position_based
        from placed
        group by 1
      ),
      spent as (select channel, sum(amount) as spend from marketing_spend where date <= reporting.today() group by 1)
      select coalesce(c.source, s.channel), c.first_touch, c.last_touch, c.linear, c.time_decay, c.position_based, s.spend
      from credited c full join spent s on s.channel = c.source`,
  },
  {
    name: 'Turnaround by lab and month',
    query: {
      measures: ['lab_tests.tests_completed', 'lab_tests.turnaround_days_p50'],
      dimensions: ['lab_tests.lab_name'],
      timeDimensions: [{ dimension: 'lab_tests.date', granularity: 'month', dateRange: always }],
    },
    sql: `${labOrders()}
      select l.name, ${month('o.results_received_at')}, count(*),
        percentile_cont(0.5) within group (order by o.result_day - o.sent_day)
      from orders o join lab_partners l on l.id = o.lab_partner_id
      where o.results_received_at <= reporting.as_of()
      group by 1, 2`,
  },
  {
    name: 'Service level by lab',
    query: { measures: ['lab_sla.sla_compliance', 'lab_sla.tests_overdue'], dimensions: ['lab_sla.lab_name'] },
    sql: `${labOrders()}
      select l.name,
        (count(*) filter (where o.result_day <= o.sent_day + o.sla_turnaround_days and o.results_received_at <= reporting.as_of()))::numeric
          / nullif(count(*), 0)
      from orders o
      join lab_partners l on l.id = o.lab_partner_id
      join business_calendar_days d on d.calendar_id = o.calendar_id and d.is_business_day
        and d.business_day = o.sent_day + o.sla_turnaround_days
      where d.day > reporting.today() - 30
        and (d.day + 1)::timestamp at time zone o.time_zone - interval '1 microsecond' <= reporting.as_of()
        and o.rejected_at is null and o.cancelled_at is null
      group by 1`,
  },
  {
    name: 'Penalties by lab and month',
    query: {
      measures: ['lab_penalties.late_orders', 'lab_penalties.sla_penalty'],
      dimensions: ['lab_penalties.lab_name'],
      timeDimensions: [{ dimension: 'lab_penalties.month', granularity: 'month' }],
    },
    sql: `${labOrders()}
      select l.name, date_trunc('month', d.day),
        least(count(*) * max(o.penalty_per_late_order), max(o.penalty_cap_per_month))
      from orders o
      join lab_partners l on l.id = o.lab_partner_id
      join business_calendar_days d on d.calendar_id = o.calendar_id and d.is_business_day
        and d.business_day = o.sent_day + o.sla_turnaround_days
      where (d.day + 1)::timestamp at time zone o.time_zone - interval '1 microsecond' <= reporting.as_of()
        and o.rejected_at is null and o.cancelled_at is null
        and coalesce(o.result_day > o.sent_day + o.sla_turnaround_days, true)
      group by 1, 2`,
  },
];

function labOrders(): string {
  return `
      with contracts as (
        select *, valid_from::timestamp at time zone time_zone as from_at,
          lead(valid_from::timestamp at time zone time_zone)
            over (partition by lab_partner_id order by valid_from) as until_at
        from lab_contracts
      ),
      orders as (
        select o.*, k.calendar_id, k.time_zone, k.sla_turnaround_days, k.penalty_per_late_order,
          k.penalty_cap_per_month, sent.business_day as sent_day, result.business_day as result_day
        from test_orders o
        join contracts k on k.lab_partner_id = o.lab_partner_id and o.sent_to_lab_at >= k.from_at
          and (k.until_at is null or o.sent_to_lab_at < k.until_at)
        join business_calendar_days sent on sent.calendar_id = k.calendar_id
          and sent.day = (o.sent_to_lab_at at time zone k.time_zone)::date
            + ((o.sent_to_lab_at at time zone k.time_zone)::time > k.cut_off)::int
        left join business_calendar_days result on result.calendar_id = k.calendar_id
          and result.day = (o.results_received_at at time zone k.time_zone)::date
            + ((o.results_received_at at time zone k.time_zone)::time > k.cut_off)::int
      )`;
}

/** A question put to Cube and, as an analyst would write it by hand for this one question, to Postgres. */
export interface Question {
  name: string;
  query: Record<string, unknown>;
  sql: string;
}

/** Once for the statement: a function called by name would run for every row. */
const asOf = '(select reporting.as_of())';
const today = '(select reporting.today())';
const month = (column: string) => `date_trunc('month', ${column} at time zone 'UTC')`;
const monthNumber = (column: string) => `reporting.month_number((${column} at time zone 'UTC')::date)`;
const always = ['2000-01-01', '2100-12-31'];

/** What a unit of each foreign currency is worth, by day. */
const dailyRates = `
        select c.currency, d.day, reporting.rate(c.currency, d.day) as rate
        from (select currency, min(day) as since from exchange_rates group by 1) c
        join reporting.calendar d on d.day between c.since and ${today}`;

/** Subscriptions by spans of unchanged terms, with their worth a month. */
const segments = `
        select s.customer_id, t.currency, greatest(t.valid_from, s.started_at, s.trial_ends_at) as active_from,
          least(t.valid_until, s.ended_at) as active_until,
          reporting.monthly_amount(t.unit_amount * t.quantity * (1 - t.discount_percent / 100) - t.discount_amount,
            t.billing_interval, t.interval_count) as amount
        from subscriptions s
        join (select *, lead(valid_from) over (partition by subscription_id order by valid_from) as valid_until
              from subscription_terms) t on t.subscription_id = s.id`;

/** `month_end`: customers by months at whose end they pay, with the worth at that month's rate and at the one before. */
const monthEnds = `
      now as materialized (
        select ${asOf} as at, ${today} as today, reporting.month_number(${today}) as month_number
      ),
      rates as materialized (
        select m.month_number, c.currency, reporting.rate(c.currency, least(m.next_month - 1, now.today)) as closing_rate,
          reporting.rate(c.currency, m.month - 1) as opening_rate
        from now
        cross join (select distinct currency from subscription_terms) c
        join reporting.months m on m.month between (select min(started_at)::date - 31 from subscriptions) and now.today
      ),
      month_end as (
        select p.customer_id, p.month_number, round(sum(p.amount * r.closing_rate), 2) as mrr,
          round(sum(p.amount * coalesce(r.opening_rate, r.closing_rate)), 2) as mrr_at_opening_rate
        from (
          select s.customer_id, s.currency, s.amount, generate_series(
            ${monthNumber('s.active_from')},
            case when s.active_until <= now.at then ${monthNumber('s.active_until')} - 1 else now.month_number end
          ) as month_number
          from (${segments}) s
          join now on s.active_from <= now.at
          order by customer_id, month_number
          offset 0
        ) p
        join rates r on r.currency = p.currency and r.month_number = p.month_number
        group by 1, 2
        having sum(p.amount * r.closing_rate) >= 0.005
      )`;

/**
 * One question for each public view. The SQL means the same as the view, column by column, and takes the present, the
 * reporting zone UTC and USD as the currency for granted.
 */
export const questions: Question[] = [
  {
    name: 'MRR now by payer type',
    query: { measures: ['revenue.mrr', 'revenue.subscribers'], dimensions: ['revenue.payer_type'] },
    sql: `
      with rates as materialized (
        select currency, reporting.rate(currency, ${today}) as rate
        from (select distinct currency from subscription_terms) c
      )
      select coalesce(c.payer_type, 'unknown') as payer_type, sum(m.mrr) as mrr, count(*) as subscribers
      from (
        select s.customer_id, round(sum(s.amount * r.rate), 2) as mrr
        from (${segments}) s
        join rates r on r.currency = s.currency
        where s.active_from <= ${asOf} and (s.active_until is null or s.active_until > ${asOf})
        group by 1
        having sum(s.amount * r.rate) >= 0.005
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
      with ${monthEnds},
      steps as (
        select *, lag(month_number) over w as before, lag(mrr) over w as opening, lead(month_number) over w as after
        from month_end window w as (partition by customer_id order by month_number)
      )
      select m.month, sum(x.new) as mrr_new, sum(x.expansion) as mrr_expansion, sum(x.contraction) as mrr_contraction,
        sum(x.churn) as mrr_churn
      from (
        select month_number, sum(case when before is null then mrr_at_opening_rate else 0 end) as new,
          sum(case when before = month_number - 1 then greatest(mrr_at_opening_rate - opening, 0) else 0 end) as expansion,
          sum(case when before = month_number - 1 then greatest(opening - mrr_at_opening_rate, 0) else 0 end) as contraction,
          0 as churn
        from steps group by 1
        union all
        select month_number + 1, 0, 0, 0, sum(mrr) from steps where after is distinct from month_number + 1 group by 1
      ) x
      join reporting.months m on m.month_number = x.month_number and m.month <= ${today}
      group by 1`,
  },
  {
    name: 'Net revenue by month and source',
    query: {
      measures: ['net_revenue.net_revenue'],
      dimensions: ['net_revenue.revenue_source'],
      timeDimensions: [{ dimension: 'net_revenue.date', granularity: 'month', dateRange: always }],
    },
    sql: `
      with rates as materialized (${dailyRates})
      select ${month('e.at')} as date, e.revenue_source,
        sum(case when e.currency = 'USD' then e.amount else round(e.amount * r.rate, 2) end) as net_revenue
      from (
        select i.paid_at as at, l.revenue_source, l.amount, i.currency
        from invoices i join invoice_lines l on l.invoice_id = i.id
        where i.paid_at <= ${asOf}
        union all
        select r.refunded_at, l.revenue_source, -r.amount, i.currency
        from refunds r join invoice_lines l on l.id = r.invoice_line_id join invoices i on i.id = l.invoice_id
        where r.refunded_at <= ${asOf}
      ) e
      left join rates r on r.currency = e.currency and r.day = (e.at at time zone 'UTC')::date
      group by 1, 2`,
  },
  {
    name: 'Customers by genotype',
    query: {
      measures: ['customers.customers', 'customers.active_customers_30d'],
      dimensions: ['customers.genotype'],
    },
    sql: `
      select coalesce(c.genotype, 'unknown') as genotype, count(*) as customers, count(a.customer_id) as active_customers_30d
      from customers c
      left join (
        select distinct customer_id from user_activity_logs
        where "timestamp" > ${asOf} - interval '30 days' and "timestamp" <= ${asOf}
      ) a on a.customer_id = c.id
      where c.created_at <= ${asOf}
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
      select ${month('created_at')} as date, acquisition_channel as channel, count(*) as new_customers
      from customers where created_at <= ${asOf} group by 1, 2`,
  },
  {
    name: 'Active cohorts by month of first payment',
    query: {
      measures: ['cohorts_by_first_payment.cohort_size', 'cohorts_by_first_payment.active'],
      dimensions: ['cohorts_by_first_payment.period'],
      timeDimensions: [{ dimension: 'cohorts_by_first_payment.cohort_month', granularity: 'month' }],
    },
    sql: `
      with first as materialized (
        select customer_id, ${monthNumber('min(paid_at)')} as cohort
        from invoices where customer_id is not null and paid_at <= ${asOf} group by 1
      ),
      cells as (
        select f.cohort, n.month_number, count(*) as active
        from (
          select customer_id, array_agg(distinct width_bucket("timestamp", (
            select array_agg(month::timestamp at time zone 'UTC' order by month) from reporting.months
          )) + (select min(month_number) - 1 from reporting.months)) as month_numbers
          from user_activity_logs where "timestamp" <= ${asOf} group by 1
        ) a
        join first f on f.customer_id = a.customer_id
        cross join unnest(a.month_numbers) n (month_number)
        group by 1, 2
      )
      select o.month as cohort_month, m.month_number - o.month_number as period, s.size as cohort_size,
        coalesce(c.active, 0) as active
      from (select cohort, count(*) as size from first group by 1) s
      join reporting.months o on o.month_number = s.cohort
      join reporting.months m on m.month_number >= s.cohort and m.month <= ${today}
      left join cells c on c.cohort = s.cohort and c.month_number = m.month_number`,
  },
  {
    name: 'Paying cohorts',
    query: {
      measures: ['cohorts_paying.cohort_size', 'cohorts_paying.paying'],
      dimensions: ['cohorts_paying.period'],
      timeDimensions: [{ dimension: 'cohorts_paying.cohort_month', granularity: 'month' }],
    },
    sql: `
      with ${monthEnds},
      paying as (
        select month_number, min(month_number) over (partition by customer_id) as cohort from month_end
      ),
      cells as (select cohort, month_number, count(*) as paying from paying group by 1, 2)
      select o.month as cohort_month, m.month_number - o.month_number as period, s.paying as cohort_size,
        coalesce(c.paying, 0) as paying
      from cells s
      join reporting.months o on o.month_number = s.cohort
      join reporting.months m on m.month_number >= s.cohort and m.month <= ${today}
      left join cells c on c.cohort = s.cohort and c.month_number = m.month_number
      where s.month_number = s.cohort`,
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
      with rates as materialized (${dailyRates}),
      conversion as (
        select customer_id, min(paid_at) as at from invoices
        where customer_id is not null and paid_at <= ${asOf} group by 1
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
      spent as (
        select s.channel, sum(case when s.currency = 'USD' then s.amount else round(s.amount * r.rate, 2) end) as spend
        from marketing_spend s
        left join rates r on r.currency = s.currency and r.day = s.date
        where s.date <= ${today}
        group by 1
      )
      select coalesce(c.source, s.channel) as channel, coalesce(c.first_touch, 0) as first_touch,
        coalesce(c.last_touch, 0) as last_touch, coalesce(c.linear, 0) as linear, coalesce(c.time_decay, 0) as time_decay,
        coalesce(c.position_based, 0) as position_based, s.spend
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
      select l.name as lab_name, ${month('o.results_received_at')} as date, count(*) as tests_completed,
        percentile_cont(0.5) within group (order by o.result_day - o.sent_day) as turnaround_days_p50
      from orders o join lab_partners l on l.id = o.lab_partner_id
      where o.results_received_at <= ${asOf}
      group by 1, 2`,
  },
  {
    name: 'Service level by lab',
    query: { measures: ['lab_sla.sla_compliance', 'lab_sla.tests_overdue'], dimensions: ['lab_sla.lab_name'] },
    sql: `${labOrders()}
      select l.name as lab_name,
        count(*) filter (where d.day > ${today} - 30 and o.result_day <= d.business_day)::numeric
          / nullif(count(*) filter (where d.day > ${today} - 30), 0) as sla_compliance,
        count(*) filter (where o.is_open) as tests_overdue
      from orders o
      join lab_partners l on l.id = o.lab_partner_id
      join business_calendar_days d on d.calendar_id = o.calendar_id and d.is_business_day
        and d.business_day = o.sent_day + o.sla_turnaround_days
      where (d.day > ${today} - 30 or o.is_open)
        and (d.day + 1)::timestamp at time zone o.time_zone - interval '1 microsecond' <= ${asOf}
        and o.rejected_at is null
        and (o.cancelled_at is null or o.cancelled_at > (d.day + 1)::timestamp at time zone o.time_zone - interval '1 microsecond')
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
      select l.name as lab_name, c.month, sum(c.late) as late_orders,
        sum(least(c.late * k.penalty_per_late_order, k.penalty_cap_per_month)) as sla_penalty
      from (
        select o.contract_id, date_trunc('month', d.day)::date as month,
          count(*) filter (where o.result_day > d.business_day or o.result_day is null) as late
        from orders o
        join business_calendar_days d on d.calendar_id = o.calendar_id and d.is_business_day
          and d.business_day = o.sent_day + o.sla_turnaround_days
        where (d.day + 1)::timestamp at time zone o.time_zone - interval '1 microsecond' <= ${asOf}
          and o.rejected_at is null
          and (o.cancelled_at is null or o.cancelled_at > (d.day + 1)::timestamp at time zone o.time_zone - interval '1 microsecond')
        group by 1, 2
      ) c
      join lab_contracts k on k.id = c.contract_id
      join lab_partners l on l.id = k.lab_partner_id
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
        select o.lab_partner_id, o.results_received_at, o.rejected_at, o.cancelled_at, k.id as contract_id, k.calendar_id,
          k.time_zone, k.sla_turnaround_days, sent.business_day as sent_day, result.business_day as result_day,
          o.results_received_at is null and o.rejected_at is null and o.cancelled_at is null as is_open
        from (
          select lab_partner_id, sent_to_lab_at,
            case when results_received_at <= ${asOf} then results_received_at end as results_received_at,
            case when rejected_at <= ${asOf} then rejected_at end as rejected_at,
            case when cancelled_at <= ${asOf} then cancelled_at end as cancelled_at
          from test_orders
          where sent_to_lab_at <= ${asOf}
        ) o
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

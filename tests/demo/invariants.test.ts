import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DemoDatabase, openDemoDatabase } from './demo-database.ts';

const end = '2026-06-30';
let db: DemoDatabase;
beforeAll(async () => {
  db = await openDemoDatabase();
  await db.fill({ customers: 1200, end, seed: 7 });
}, 180_000);
afterAll(() => db.stop());

/** What may lie in the future: appointments and availability, paid access, trials, services, and business days. */
const future = new Set([
  'genetic_counseling_sessions.scheduled_at',
  'counselor_availability.starts_at',
  'counselor_availability.ends_at',
  'counselor_time_off.starts_at',
  'counselor_time_off.ends_at',
  'subscriptions.ended_at',
  'subscriptions.trial_ends_at',
  'invoice_lines.service_to',
  'business_holidays.day',
  'business_calendar_days.day',
]);

describe('the demo data', () => {
  test('lies before the end of the last day, apart from what is planned', async () => {
    const columns = await db.query(`select table_name as t, column_name as c from information_schema.columns
      where table_schema = 'public' and data_type in ('date', 'timestamp with time zone') order by 1, 2`);
    expect(columns.length).toBeGreaterThan(50);
    const later: string[] = [];
    for (const { t, c } of columns) {
      const name = `${String(t)}.${String(c)}`;
      if (future.has(name)) continue;
      const count = await db.number(`select count(*) from ${String(t)} where "${String(c)}" >= date '${end}' + 1`);
      if (count > 0) later.push(`${name}: ${count}`);
    }
    expect(later).toEqual([]);
  });

  test.each([
    [
      'an order before its customer signed up',
      `select from test_orders o join customers c on c.id = o.customer_id where o.ordered_at < c.created_at`,
    ],
    [
      'a result of a cancelled order',
      `select from test_orders where cancelled_at is not null and results_received_at is not null`,
    ],
    [
      'a cancelled order that was sent, and one that was paid and not refunded in three days',
      `select from test_orders o where cancelled_at is not null and (sent_to_lab_at is not null
        or cancelled_at < timestamptz '${end}' - interval '3 days' and recollection_of is null and not exists
          (select from invoices i join invoice_lines l on l.invoice_id = i.id join refunds r on r.invoice_line_id = l.id
          where i.customer_id = o.customer_id and r.reason = 'order cancelled'))`,
    ],
    [
      'a genotype without a result',
      `select from customers c where genotype is not null
      and not exists (select from test_orders o where o.customer_id = c.id and o.results_received_at is not null)`,
    ],
    [
      'a genotype known before the result',
      `select from customer_history h join test_orders o using (customer_id)
      where h.genotype is not null and o.results_received_at >= h.valid_until`,
    ],
    [
      'a recollection of a sample that was not rejected',
      `select from test_orders o join test_orders b on b.id = o.recollection_of where b.rejected_at is null`,
    ],
    [
      'activity before the sign-up',
      `select from user_activity_logs l join customers c on c.id = l.customer_id where l.timestamp < c.created_at - interval '1 second'`,
    ],
    [
      'a claim before its result',
      `select from claims k join test_orders o on o.id = k.test_order_id where k.submitted_at < o.results_received_at`,
    ],
    [
      'a refund of more than was paid',
      `select from refunds r join invoice_lines l on l.id = r.invoice_line_id join invoices i on i.id = l.invoice_id
      group by l.id, l.amount having sum(r.amount) > l.amount or bool_or(i.paid_at is null or i.paid_at > r.refunded_at)`,
    ],
    [
      'an invoice paid without an attempt that succeeded',
      `select from invoices i where customer_id is not null and payer_type = 'self_pay' and paid_at is not null
      and exists (select from payment_attempts a where a.invoice_id = i.id)
      and not exists (select from payment_attempts a where a.invoice_id = i.id and succeeded)`,
    ],
    [
      'terms outside their subscription',
      `select from subscription_terms t join subscriptions s on s.id = t.subscription_id where t.valid_from < s.started_at or t.valid_from > s.ended_at`,
    ],
    [
      'a subscription without terms at its start',
      `select from subscriptions s where not exists
      (select from subscription_terms t where t.subscription_id = s.id and t.valid_from = s.started_at)`,
    ],
    [
      'two subscriptions of a customer at once',
      `select from subscriptions a join subscriptions b on a.customer_id = b.customer_id and a.id <> b.id
      where a.started_at <= b.started_at and coalesce(a.ended_at, 'infinity') > b.started_at`,
    ],
    [
      'an exchange rate missing for a week',
      `select from (select day - lag(day) over (order by day) as gap from exchange_rates) g where gap > 4`,
    ],
    [
      'euros without a rate',
      `select from invoices i where currency = 'EUR' and not exists
      (select from exchange_rates r where r.currency = 'EUR' and r.day between i.issued_at::date - 7 and i.issued_at::date)`,
    ],
    [
      'a counselor with two sessions at once',
      `select from genetic_counseling_sessions where cancelled_at is null and scheduled_at is not null
      group by counselor_id, scheduled_at having count(*) > 1`,
    ],
    [
      'overlapping availability',
      `select from counselor_availability a join counselor_availability b using (counselor_id)
      where a.starts_at < b.starts_at and a.ends_at > b.starts_at`,
    ],
    [
      'a comparison member with a diagnosis',
      `select from payer_members where customer_id is null and diagnosed_on is not null`,
    ],
    [
      'medical claims outside the enrolment',
      `select from medical_claims k join payer_members m on m.id = k.member_id
      where service_on < enrolled_on or service_on > least(coalesce(disenrolled_on, 'infinity'), coalesce(died_on, 'infinity'))`,
    ],
    [
      'a member diagnosed before the result',
      `select from payer_members m join test_orders o using (customer_id) where o.results_received_at is not null
      group by m.id having m.diagnosed_on < (min(results_received_at) at time zone 'UTC')::date`,
    ],
    [
      'an overdrawn account',
      `select from (select sum(amount) over (order by booked_on, activity <> 'financing', id) as cash from ledger_entries) l where cash < 0`,
    ],
    [
      'touches of nobody in a known session twice',
      `select from marketing_touchpoints where customer_id is null and visitor_id is null`,
    ],
    [
      'requests that are more than the histogram',
      `select from service_health_samples where requests <> (select sum(n) from unnest(latency_counts) n)`,
    ],
  ])('holds no case of %s', async (_, query) => {
    expect(await db.number(`select count(*) from (${query}) found`)).toBe(0);
  });

  test.each([
    [
      'lost samples',
      `select from test_orders where sent_to_lab_at < timestamptz '${end}' - interval '60 days' and results_received_at is null and rejected_at is null and cancelled_at is null`,
    ],
    ['cancelled orders', `select from test_orders where cancelled_at is not null`],
    [
      'fresh orders whose kit is not yet back',
      `select from test_orders where collected_at is null and cancelled_at is null and ordered_at > timestamptz '${end}' - interval '7 days'`,
    ],
    [
      'kits that never came back',
      `select from test_orders where collected_at is null and cancelled_at is null and ordered_at < timestamptz '${end}' - interval '90 days'`,
    ],
    ['recollections', `select from test_orders where recollection_of is not null`],
    ['anonymous touches', `select from marketing_touchpoints where customer_id is null`],
    [
      'touches before sign-up that were joined to the customer',
      `select from marketing_touchpoints t join customers c on c.id = t.customer_id where t.visitor_id is not null and t.timestamp < c.created_at`,
    ],
    [
      'customers without a touch before sign-up',
      `select from customers c where not exists (select from marketing_touchpoints t where t.customer_id = c.id and t.timestamp <= c.created_at)`,
    ],
    [
      'customers whose last touch is long before sign-up',
      `select from customers c join marketing_touchpoints t on t.customer_id = c.id and t.timestamp <= c.created_at
      group by c.id having max(t.timestamp) < c.created_at - interval '30 days'`,
    ],
    ['customers without a genotype', `select from customers where genotype is null`],
    [
      'changes of payer',
      `select from customer_history h join customers c on c.id = h.customer_id where h.payer_type <> c.payer_type`,
    ],
    ['trials', `select from subscriptions where trial_ends_at is not null`],
    ['notice with paid access left', `select from subscriptions where cancelled_at < ended_at - interval '3 days'`],
    ['ends without a notice', `select from subscriptions where ended_at is not null and cancelled_at is null`],
    ['reactivations', `select from subscriptions group by customer_id having count(*) > 1`],
    ['yearly terms', `select from subscription_terms where billing_interval = 'year'`],
    ['quarterly terms', `select from subscription_terms where billing_interval = 'quarter'`],
    [
      'discounts that end',
      `select from subscription_terms t where discount_percent = 0 and exists
      (select from subscription_terms b where b.subscription_id = t.subscription_id and b.valid_from < t.valid_from and b.discount_percent > 0)`,
    ],
    ['changes of plan', `select from subscription_terms group by subscription_id having count(distinct plan_id) > 1`],
    ['euro subscriptions', `select from subscription_terms where currency = 'EUR'`],
    ['failed payments', `select from payment_attempts where not succeeded`],
    [
      'invoices never paid',
      `select from invoices where paid_at is null and issued_at < timestamptz '${end}' - interval '90 days'`,
    ],
    [
      'partial refunds',
      `select from refunds r join invoice_lines l on l.id = r.invoice_line_id where r.amount < l.amount`,
    ],
    [
      'full refunds',
      `select from refunds r join invoice_lines l on l.id = r.invoice_line_id where r.amount = l.amount`,
    ],
    ['denied claims', `select from claims where status = 'denied'`],
    [
      'missing health samples',
      `select from (select sampled_at + make_interval(secs => interval_seconds) < lead(sampled_at) over (partition by component order by sampled_at) as gap
      from service_health_samples) s where gap`,
    ],
    ['outages', `select from service_health_samples where not is_up`],
    [
      'sessions that lie ahead',
      `select from genetic_counseling_sessions where scheduled_at > timestamptz '${end}' + interval '1 day'`,
    ],
    ['sessions not attended', `select from genetic_counseling_sessions where no_show`],
    ['spend with unknown clicks', `select from marketing_spend where clicks is null`],
  ])('holds cases of %s', async (_, query) => {
    expect(await db.number(`select count(*) from (${query}) found`)).toBeGreaterThan(0);
  });

  test('few orders are cancelled, few kits never come back, and most that are old enough have a result', async () => {
    const [shares] = await db.query(`select avg((cancelled_at is not null)::int)::float as cancelled,
        avg((cancelled_at is null and sent_to_lab_at is null)::int)::float as kept, avg((results_received_at is not null)::int)::float as done
      from test_orders where ordered_at < timestamptz '${end}' - interval '60 days'`);
    const { cancelled, kept, done } = shares as Record<'cancelled' | 'kept' | 'done', number>;
    expect(cancelled).toBeGreaterThan(0.01);
    expect(cancelled).toBeLessThan(0.05);
    expect(kept).toBeGreaterThan(0.01);
    expect(kept).toBeLessThan(0.06);
    expect(done).toBeGreaterThan(0.85);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DemoDatabase, openDemoDatabase } from './demo-database.ts';

let db: DemoDatabase;
beforeAll(async () => {
  db = await openDemoDatabase();
  await db.fill({ end: '2026-06-30' });
}, 240_000);
afterAll(() => db.stop());

/** Days back from the as-of instant. */
const ago = (days: number) => `(reporting.as_of() - interval '${days} days')`;
const between = (column: string, from: number, to: number) => `${column} > ${ago(from)} and ${column} <= ${ago(to)}`;

describe('counselling', () => {
  const requests = (from: number, to: number) =>
    db.number(`select count(*) from genetic_counseling_sessions where ${between('requested_at', from, to)}`);
  const wait = (from: number, to: number) =>
    db.number(`select percentile_cont(0.5) within group (order by extract(epoch from started_at - requested_at) / 86400)
      from genetic_counseling_sessions where ${between('started_at', from, to)}`);
  const utilization = (from: number, to: number) =>
    db.number(`select (select sum(booked_minutes) from genetic_counseling_sessions where cancelled_at is null and ${between('scheduled_at', from, to)})
      / (select sum(extract(epoch from ends_at - starts_at) / 60) from counselor_availability where ${between('starts_at', from, to)})`);

  test('demand triples within six months', async () => {
    const ratio = (await requests(30, 0)) / (await requests(213, 183));
    expect(ratio).toBeGreaterThan(2.8);
    expect(ratio).toBeLessThan(3.7);
  });

  test('waits grow from 2 to 14 days, and satisfaction falls', async () => {
    expect(await wait(270, 180)).toBeLessThan(3.2);
    expect(await wait(270, 180)).toBeGreaterThan(1);
    expect(await wait(30, 0)).toBeGreaterThan(11.5);
    expect(await wait(30, 0)).toBeLessThan(15.5);
    const satisfaction = (from: number, to: number) =>
      db.number(`select avg(satisfaction) from genetic_counseling_sessions where ${between('ended_at', from, to)}`);
    expect((await satisfaction(270, 180)) - (await satisfaction(30, 0))).toBeGreaterThan(0.7);
  });

  test('counselors are booked beyond their hours at the end', async () => {
    expect(await utilization(270, 180)).toBeLessThan(0.8);
    expect(await utilization(35, 0)).toBeGreaterThan(1);
  });
});

describe('churn', () => {
  const lives = `with firsts as (
      select c.id, c.genotype, min(s.started_at) as since from customers c join subscriptions s on s.customer_id = c.id
      group by 1, 2 having min(s.started_at) <= reporting.as_of() - interval '6 months'
    ), lives as (
      select genotype,
        not exists (select from subscriptions s where s.customer_id = f.id and s.started_at <= since + interval '6 months'
          and coalesce(s.ended_at, 'infinity') > since + interval '6 months') as gone,
        exists (select from genetic_counseling_sessions x where x.customer_id = f.id and x.ended_at < since + interval '2 months') as counseled,
        exists (select from user_activity_logs l where l.customer_id = f.id and l.activity = 'download_app' and l.timestamp < since + interval '2 months') as app
      from firsts f)`;
  const gone = (condition: string) => db.number(`${lives} select avg(gone::int) from lives where ${condition}`);

  test('about 40% of MZ carriers are gone within six months', async () => {
    expect(await gone(`genotype = 'MZ'`)).toBeGreaterThan(0.37);
    expect(await gone(`genotype = 'MZ'`)).toBeLessThan(0.43);
  });

  test('others leave clearly less, so that the story is one of MZ carriers', async () => {
    expect(await gone(`genotype = 'MM'`)).toBeLessThan(0.27);
    expect(await gone(`genotype <> 'MZ'`)).toBeLessThan(0.22);
  });

  test('mostly those without counselling or app', async () => {
    const without = await gone(`genotype = 'MZ' and not counseled and not app`);
    const both = await gone(`genotype = 'MZ' and counseled and app`);
    expect(without).toBeGreaterThan(0.45);
    expect(both).toBeLessThan(0.3);
    expect(without / both).toBeGreaterThan(1.8);
    expect(
      await db.number(`${lives} select avg((not counseled or not app)::int) from lives where genotype = 'MZ' and gone`),
    ).toBeGreaterThan(0.75);
  });

  test('people with a severe deficiency stay', async () => {
    expect(await gone(`genotype in ('ZZ', 'SZ')`)).toBeLessThan(0.2);
  });

  test('activity falls before a notice', async () => {
    const sessions = (from: string, to: string) =>
      db.number(`select count(*) from subscriptions s join user_activity_logs l on l.customer_id = s.customer_id
        and l.timestamp >= s.cancelled_at - interval '${from}' and l.timestamp < s.cancelled_at - interval '${to}'
        where s.cancelled_at > s.started_at + interval '150 days'`);
    expect((await sessions('30 days', '0')) / (await sessions('120 days', '90 days'))).toBeLessThan(0.6);
  });
});

describe('marketing', () => {
  const channel = async (name: string) => {
    const [row] = await db.query(`with paid as (
        select customer_id, min(paid_at) as at from invoices where customer_id is not null group by 1
      ), touches as (
        select p.customer_id, t.source, count(*) over (partition by p.customer_id) as n from paid p
        join marketing_touchpoints t on t.customer_id = p.customer_id and t.timestamp <= p.at and t.timestamp > p.at - interval '30 days'
        where ${between('p.at', 545, 180)}
      ), credit as (
        select sum(1.0 / n) as conversions, sum(v.value / n) as value from touches t cross join lateral (
          select coalesce(sum(l.amount * 0.65), 0) as value from invoices i join invoice_lines l on l.invoice_id = i.id, paid p
          where p.customer_id = t.customer_id and i.customer_id = t.customer_id and i.paid_at < p.at + interval '180 days') v
        where source = '${name}'
      ), spend as (select sum(amount) as spend, sum(clicks) as clicks from marketing_spend
        where channel = '${name}' and ${between('date', 545, 180)})
      select conversions::float, (value / spend - 1)::float as roi, (conversions / clicks)::float as rate, (spend / clicks)::float as click from credit, spend`);
    return row as { conversions: number; roi: number; rate: number; click: number };
  };

  test('costs about half a million a year over ten channels', async () => {
    const spend = (name: string) =>
      db.number(`select sum(amount) from marketing_spend where channel like '${name}' and ${between('date', 365, 0)}`);
    expect(await db.number('select count(*) from marketing_channels')).toBe(10);
    expect(Math.abs((await spend('%')) - 500_000)).toBeLessThan(60_000);
    expect(Math.abs((await spend('google_ads')) - 200_000)).toBeLessThan(25_000);
    expect(Math.abs((await spend('facebook')) - 150_000)).toBeLessThan(20_000);
  });

  test('Facebook brings cheap clicks that do not pay, content marketing pays', async () => {
    const [facebook, content, google] = [
      await channel('facebook'),
      await channel('content_marketing'),
      await channel('google_ads'),
    ];
    expect(facebook.click).toBeLessThan(google.click / 2);
    expect(facebook.rate).toBeLessThan(content.rate / 4);
    expect(facebook.roi).toBeLessThan(-0.5);
    expect(content.roi).toBeGreaterThan(0.7);
    expect(content.conversions).toBeGreaterThan(facebook.conversions);
  });

  test('the channel that opens a journey is often not the one that closes it', async () => {
    const share = (mark: string, name: string) =>
      db.number(`select avg((source = '${name}')::int) from marketing_touchpoints where ${mark}`);
    expect(await share('is_first_touch', 'email')).toBeLessThan((await share('is_last_touch', 'email')) / 2);
    expect(await share('is_first_touch', 'facebook')).toBeGreaterThan((await share('is_last_touch', 'facebook')) * 1.3);
  });

  test('Facebook customers leave sooner', async () => {
    const ended = (name: string) =>
      db.number(
        `select avg((s.ended_at is not null)::int) from subscriptions s join customers c on c.id = s.customer_id where acquisition_channel = '${name}'`,
      );
    expect(await ended('facebook')).toBeGreaterThan(await ended('content_marketing'));
  });
});

describe('payers', () => {
  test('Anthem pays 30% of the revenue, at 450 a test', async () => {
    const share = await db.number(`select sum(l.amount) filter (where p.name = 'Anthem') / sum(l.amount)
      from invoices i join invoice_lines l on l.invoice_id = i.id left join payers p on p.id = i.payer_id where ${between('paid_at', 365, 0)}`);
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
    expect(
      await db.number(`select reimbursement_per_test from payer_contracts k join payers p on p.id = k.payer_id
      where p.name = 'Anthem' order by valid_from desc limit 1`),
    ).toBe(450);
  });

  test('costs peak before a diagnosis and are lower after an early one, against similar members', async () => {
    const [row] = await db.query(`with diagnosed as (
        select * from payer_members where diagnosed_on is not null and birth_year > extract(year from diagnosed_on) - 58
      ), people as (
        select d.id as set, m.id, m.id = d.id as own, d.diagnosed_on as on_day, m.enrolled_on,
          least(m.disenrolled_on, m.died_on, (reporting.as_of())::date) as last from diagnosed d
        join payer_members m on m.id = d.id or (m.diagnosed_on is null and m.payer_id = d.payer_id and m.sex = d.sex and m.region = d.region
          and abs(m.birth_year - d.birth_year) <= 4 and abs(m.comorbidity_score - d.comorbidity_score) <= 1)
      ), months as (
        select set, own, k, coalesce((select sum(allowed_amount) from medical_claims c where c.member_id = p.id
          and c.service_on >= on_day + k * 30 and c.service_on < on_day + (k + 1) * 30), 0) as cost
        from people p cross join generate_series(-12, 11) as k where enrolled_on <= on_day + k * 30 and last >= on_day + (k + 1) * 30
      )
      select avg(cost) filter (where own and k < -4)::float as before, avg(cost) filter (where own and k between -3 and -1)::float as peak,
        avg(cost) filter (where own and k > 0)::float as after, avg(cost) filter (where not own and k < -4)::float as others_before,
        avg(cost) filter (where not own and k > 0)::float as others_after from months`);
    const costs = row as Record<'before' | 'peak' | 'after' | 'others_before' | 'others_after', number>;
    expect(costs.peak).toBeGreaterThan(costs.before * 1.3);
    const savings = 12 * (costs.before - costs.after - (costs.others_before - costs.others_after));
    expect(savings).toBeGreaterThan(1200);
    expect(savings).toBeLessThan(5500);
    expect(
      await db.number(`select count(*) from medical_claims where service = 'augmentation_therapy'`),
    ).toBeGreaterThan(0);
    expect(await db.number(`select count(*) from payer_members where died_on is not null`)).toBeGreaterThan(0);
    expect(await db.number(`select count(*) from payer_members where disenrolled_on is not null`)).toBeGreaterThan(0);
  }, 60_000);
});

describe('laboratories', () => {
  const days = (name: string, from: number, to: number, what: string) =>
    db.number(`select ${what} from (select r.business_day - s.business_day as days from test_orders o
      join lab_partners l on l.id = o.lab_partner_id and l.name = '${name}'
      join lateral (select * from lab_contracts k where k.lab_partner_id = l.id and k.valid_from <= o.sent_to_lab_at::date order by valid_from desc limit 1) k on true
      join business_calendar_days s on s.calendar_id = k.calendar_id and s.day = (o.sent_to_lab_at at time zone k.time_zone)::date
        + ((o.sent_to_lab_at at time zone k.time_zone)::time > k.cut_off)::int
      join business_calendar_days r on r.calendar_id = k.calendar_id and r.day = (o.results_received_at at time zone k.time_zone)::date
        + ((o.results_received_at at time zone k.time_zone)::time > k.cut_off)::int
      where ${between('o.results_received_at', from, to)}) t`);

  test('LabCorp slides from about 10 to about 14 business days within three months', async () => {
    const before = await days('LabCorp', 300, 130, 'avg(days)');
    expect(before).toBeGreaterThan(9.5);
    expect(before).toBeLessThan(10.2);
    const start = await days('LabCorp', 125, 100, 'avg(days)');
    expect(start).toBeGreaterThan(9.5);
    expect(start).toBeLessThan(10.6);
    const last = await days('LabCorp', 25, 0, 'avg(days)');
    expect(last).toBeGreaterThan(13.4);
    expect(last).toBeLessThan(14.6);
  });

  test('its lateness was mild before; the others stay within ten days', async () => {
    const late = 'avg((days > 10)::int)';
    expect(await days('LabCorp', 300, 130, late)).toBeLessThan(0.15);
    expect(await days('LabCorp', 25, 0, late)).toBeGreaterThan(0.6);
    for (const lab of ['Quest Diagnostics', 'Mayo Clinic Laboratories']) {
      expect([lab, await days(lab, 90, 0, late)]).toEqual([lab, expect.closeTo(0.02, 1)]);
    }
  });
});

describe('money', () => {
  test('subscriptions keep 60 to 75% of their revenue, and 13 to 21 months are left', async () => {
    const margin =
      await db.number(`select 1 + sum(amount) filter (where cost_class = 'cost_of_revenue') / sum(amount) filter (where category = 'receipts')
      from ledger_entries where product = 'subscriptions' and booked_on > (${ago(365)})::date`);
    expect(margin).toBeGreaterThan(0.58);
    expect(margin).toBeLessThan(0.75);
    const runway =
      await db.number(`select sum(amount) / (-sum(amount) filter (where activity = 'operating' and booked_on > date '2026-03-31') / 3)
      from ledger_entries`);
    expect(runway).toBeGreaterThan(13);
    expect(runway).toBeLessThan(21);
  });
});

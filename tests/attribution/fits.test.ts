import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { attribute } from '@fair-underwriting/ml-service/src/attribution/attribute.ts';
import { openDatabase, type ChurnDatabase } from '../churn/database.ts';

jest.setTimeout(120_000);

let db: ChurnDatabase;
beforeAll(async () => {
  db = await openDatabase({ customers: 400, months: 16, seed: 3, end: '2026-03-31' });
});
afterAll(() => db.stop());

const stored = () =>
  db.rows(
    `select f.*, f.month::text, f.fitted_through::text, e.channel, e.removal_effect
     from markov_fits f left join markov_removal_effects e using (conversion_kind, lookback_days, month) order by 1, 2, 3, channel`,
  );
const setNow = (at: string) => db.rows('update reporting.settings set as_of = $1', [at]);

test('fits every kind, lookback and month once, the same every time', async () => {
  const report = await attribute(db.client);
  const [months] = await db.rows<{ n: number }>(
    `select 4 * sum(extract(year from age) * 12 + extract(month from age) + 1)::int as n from (
       select age(date '2026-03-01', date_trunc('month', min(paid_at))::date) from invoices where customer_id is not null
       union all select age(date '2026-03-01', date_trunc('month', min(created_at))::date) from customers) a (age)`,
  );
  expect(report).toMatchObject({ day: '2026-03-31', fitted: months?.n, kept: 0 });
  const first = await stored();
  const again = await attribute(db.client);
  // February ended more than 10 days ago: only March is open.
  expect(again).toMatchObject({ day: '2026-03-31', fitted: 8, kept: (months?.n ?? 0) - 8 });
  expect(await stored()).toEqual(first);
  expect(await attribute(db.client, { refit: true })).toEqual(report);
  expect(await stored()).toEqual(first);
});

test('what comes in late changes no closed month, unless that is asked for', async () => {
  const before = await stored();
  await db.rows(
    `update marketing_touchpoints set source = 'podcast', campaign = null where "timestamp" < '2026-02-01' and source = 'email'`,
  );
  await attribute(db.client);
  const closed = (rows: Awaited<ReturnType<typeof stored>>) => rows.filter((row) => row['month'] !== '2026-03-01');
  expect(closed(await stored())).toEqual(closed(before));
  expect(await stored()).not.toEqual(before);
  await attribute(db.client, { refit: true });
  expect(closed(await stored())).not.toEqual(closed(before));
});

test('a month is fitted again until 10 days after its end', async () => {
  await setNow('2026-04-09T12:00:00Z');
  expect((await attribute(db.client)).fitted).toBe(16);
  await setNow('2026-04-10T23:59:59.999999Z');
  expect((await attribute(db.client)).fitted).toBe(16);
  expect((await attribute(db.client)).fitted).toBe(8);
  const through = await db.rows(
    `select distinct fitted_through::text from markov_fits where month >= '2026-03-01' order by 1`,
  );
  expect(through.map((row) => row['fitted_through'])).toEqual([
    '2026-03-31 23:59:59.999999+00',
    '2026-04-10 23:59:59.999999+00',
  ]);
});

test('where it fails, nothing changes', async () => {
  const before = await stored();
  await db.rows('alter table markov_removal_effects add constraint never check (false) not valid');
  await expect(attribute(db.client, { refit: true })).rejects.toThrow('never');
  await db.rows('alter table markov_removal_effects drop constraint never');
  expect(await stored()).toEqual(before);
});

test('after all data were replaced, closed months are fitted again', async () => {
  await db.rows('truncate markov_removal_effects');
  const { kept } = await attribute(db.client);
  expect(kept).toBeLessThan(80);
  const [lacking] = await db.rows(
    `select count(*)::int as n from markov_fits f where journeys > 0
       and not exists (select from markov_removal_effects e where (e.month, e.lookback_days, e.conversion_kind) = (f.month, f.lookback_days, f.conversion_kind))`,
  );
  expect(lacking).toEqual({ n: 0 });
});

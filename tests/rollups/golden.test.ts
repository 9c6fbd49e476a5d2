import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openDemo, runSql, type DataSet } from '../conformance/support/data-sets.ts';
import { startCube, type TestCube } from '../support/cube.ts';
import { ask, difference, type Served } from './support/answers.ts';
import { rollupsOn, whenBuilt } from './support/model-rollups.ts';
import { panelQuestions, type RestQuery } from './support/questions.ts';

jest.setTimeout(300_000);

/** A year that ends now, as Grafana sends it; the demo's as-of is pinned to the end of March 2026, which lies in it. */
const year: [string, string] = ['2025-04-01T00:00:00.000', '2026-04-10T13:14:15.678'];
const questions = panelQuestions(year);

/** What tables answer, and why: small results that jobs have stored, or what must not be minutes old. */
const fromTables = [
  'alerts',
  'feature_drift',
  'forecasts',
  'jobs',
  'partners',
  'payer_balance',
  'payer_value',
  'staffing',
  'usage',
];
/** Distinct customers of many cohorts together, which no cohort's count adds up to. */
const overCohorts = ['Cohort retention: Retention by channel', 'Cohort retention: Retention by payer'];

let set: DataSet;
let served: TestCube;
/** What was answered as soon as Cube was ready. */
let first: Served;
beforeAll(async () => {
  set = await openDemo();
  served = await startCube({ databaseUrl: set.databaseUrl, env: rollupsOn });
  first = await ask(served, { measures: ['customers.customers'] });
  await whenBuilt(set.databaseUrl);
});
afterAll(async () => {
  await served.stop();
  await set.stop();
});

/** Asks the tables and the rollups. */
async function both(query: object, role?: string) {
  const { measures = [] } = query as Partial<RestQuery>;
  const [raw, fromRollups] = [await ask(set.cube, query, role), await ask(served, query, role)];
  expect(raw.rollups).toEqual([]);
  return { ...fromRollups, raw, difference: difference(raw, fromRollups, measures) };
}

/** The same answer from tables and rollups, and which tables of rollups served it. */
async function same(query: object, role?: string): Promise<string[]> {
  const answer = await both(query, role);
  expect(answer.difference).toBeUndefined();
  expect(answer.status).toBe(200);
  return answer.rollups;
}

test('the SQL that is shown reads the tables, whatever serves the answer', async () => {
  const query = { measures: ['revenue.mrr'] };
  expect(await same(query)).not.toEqual([]);
  const { status, body } = await served.post('sql', { query }, served.token('data_steward'));
  expect(status).toBe(200);
  const shown = JSON.stringify(body);
  expect(shown).toContain('subscription_terms');
  expect(shown).not.toContain('rollups.');
});

describe('the dashboards', () => {
  test('show the same from rollups, which serve all but what is named here', async () => {
    const wrong: string[] = [];
    const notServed: string[] = [];
    for (const { name, view, query } of questions) {
      const answer = await both(query);
      expect(answer.status).toBe(200);
      expect(answer.rows.length).toBeGreaterThan(0);
      if (answer.difference !== undefined) wrong.push(`${name}: ${answer.difference}`);
      if (answer.rollups.length === 0 && !fromTables.includes(view)) notServed.push(name);
      if (answer.rollups.length > 0) expect(fromTables).not.toContain(view);
    }
    expect(wrong).toEqual([]);
    expect(notServed.sort()).toEqual(overCohorts);
  });

  test.each(['operations', 'marketing', 'clinical', 'analyst', 'on_call', 'payer'])(
    'show the role %s the same, or refuse it alike',
    async (role) => {
      const wrong: string[] = [];
      const statuses = new Set<number>();
      for (const { name, query } of questions) {
        const answer = await both(query, role);
        statuses.add(answer.status);
        if (answer.difference !== undefined) wrong.push(`${name}: ${answer.difference}`);
      }
      expect(wrong).toEqual([]);
      expect([...statuses].sort()).toEqual([200, 403]);
    },
  );
});

describe('what rollups know nothing of', () => {
  test('is any as-of but the present', async () => {
    const past = questions.filter(({ query }) => query.timeDimensions[0].dimension.endsWith('.as_of'));
    expect(past.length).toBeGreaterThan(40);
    for (const { name, query } of past) {
      const [time] = query.timeDimensions;
      const answer = await both({ ...query, timeDimensions: [{ ...time, dateRange: ['2025-06-01', '2026-01-31'] }] });
      expect({ name, rollups: answer.rollups, difference: answer.difference }).toEqual({ name, rollups: [] });
    }
    // Both ways to choose it.
    const filters = [{ member: 'revenue.as_of', operator: 'beforeOrOnDate', values: ['2026-01-31'] }];
    expect(await same({ measures: ['revenue.mrr'], filters })).toEqual([]);
    expect(await same({ measures: ['revenue.mrr'], dimensions: ['revenue.as_of'] })).toEqual([]);
  });

  test('is an as-of beside a range of events', async () => {
    for (const view of ['net_revenue', 'lab_tests', 'attribution']) {
      const measure =
        { net_revenue: 'net_revenue', lab_tests: 'tests_completed', attribution: 'conversions' }[view] ?? '';
      const query = {
        measures: [`${view}.${measure}`],
        timeDimensions: [
          { dimension: `${view}.date`, granularity: 'month', dateRange: ['2025-01-01', '2026-03-31'] },
          { dimension: `${view}.as_of`, dateRange: ['2025-12-31', '2025-12-31'] },
        ],
      };
      expect(await same(query)).toEqual([]);
      const present = { dimension: `${view}.as_of`, dateRange: ['2026-03-31', '2026-03-31'] };
      expect(await same({ ...query, timeDimensions: [query.timeDimensions[0], present] })).not.toEqual([]);
    }
  });

  test.each([
    ['lookback_days', '7', '30'],
    ['conversion_kind', 'sign_up', 'first_payment'],
    ['value_days', '365', '180'],
  ])('is any %s but that which is chosen without asking', async (selector, other, preset) => {
    const choose = (value: string) => ({
      measures: ['attribution.conversions', 'attribution.time_decay', 'attribution.value_time_decay'],
      dimensions: ['attribution.channel'],
      filters: [{ member: `attribution.${selector}`, operator: 'equals', values: [value] }],
    });
    // The gross margin is the same whatever is chosen.
    expect((await same(choose(other))).filter((rollup) => rollup !== 'rollups.margin_months_rows')).toEqual([]);
    expect(await same(choose(preset))).toContain('rollups.channel_results_rows');
    expect((await both(choose(other))).rows).not.toEqual((await both(choose(preset))).rows);
  });

  test('is a single table of the health of all', async () => {
    const filters = [{ member: 'data_health.table_name', operator: 'equals', values: ['customers'] }];
    expect(await same({ measures: ['data_health.row_count'], filters })).toEqual([]);
  });
});

describe('ranges', () => {
  const [day, month, quarter] = ['day', 'month', 'quarter'];
  test.each([
    ['whole days of the past', ['2025-05-03', '2025-07-19'], undefined, true],
    ['whole days by day', ['2025-05-03', '2025-07-19'], day, true],
    ['days that cut months', ['2025-05-03', '2025-07-19'], month, true],
    ['whole quarters', ['2025-04-01', '2025-12-31'], quarter, true],
    ['the present', ['2025-04-01', '2026-03-31T23:59:59.999'], month, true],
    ['hours', ['2025-05-03T06:00:00', '2025-07-19T17:59:59'], undefined, false],
    ['hours until the end of the pinned day', ['2025-05-03T06:00:00', '2026-03-31'], month, false],
    ['an end before the present', ['2025-05-03', '2026-03-31T12:00:00'], undefined, false],
    ['nothing but the future', ['2026-04-02', '2026-05-31'], undefined, true],
  ] as [string, [string, string], string | undefined, boolean][])(
    '%s',
    async (_name, dateRange, granularity, isServed) => {
      for (const [measure, ...dimensions] of [
        ['net_revenue.net_revenue', 'net_revenue.revenue_source'],
        ['signups.new_customers'],
        ['lab_tests.tests_completed', 'lab_tests.lab_name'],
        ['system_health.error_rate', 'system_health.component'],
      ] as const) {
        const dimension = `${measure.split('.')[0] ?? ''}.${measure.startsWith('system') ? 'sampled_at' : 'date'}`;
        const rollups = await same({
          measures: [measure],
          dimensions,
          timeDimensions: [{ dimension, granularity, dateRange }],
        });
        // The events of labs lie in a table of their own, whichever hours are asked for.
        if (!measure.startsWith('lab_tests')) expect(rollups.length > 0).toBe(isServed);
      }
    },
  );

  test.each([undefined, 'month', 'quarter', 'year'])('of movements by %s', async (granularity) => {
    const query = (dateRange: [string, string], measures: string[]) => ({
      measures: measures.map((name) => `mrr_movements.${name}`),
      timeDimensions: [{ dimension: 'mrr_movements.month', granularity, dateRange }],
    });
    const sums = ['mrr_new', 'mrr_churn', 'nrr', 'subscriber_churn_rate'];
    expect(await same(query(['2025-03-05', '2026-02-10'], sums))).not.toEqual([]);
    const balances = ['mrr_opening', 'mrr_closing', 'nrr_12m'];
    expect((await same(query(['2025-04-01', '2026-03-31'], balances))).length > 0).toBe(granularity === 'month');
  });
});

describe('filters', () => {
  const query = (view: string, measures: string[], member: string, operator: string, ...values: string[]) => ({
    measures: measures.map((name) => `${view}.${name}`),
    filters: [{ member: `${view}.${member}`, operator, values }],
  });

  test.each([
    ['one', 'equals', 'commercial_insurance'],
    ['several', 'equals', 'commercial_insurance', 'medicare'],
    ['all but one', 'notEquals', 'commercial_insurance'],
    ['a part of a word', 'contains', 'med'],
    ['none', 'equals', 'nobody'],
  ])('on %s of the payer types', async (_name, operator, ...values) => {
    expect(await same(query('revenue', ['mrr', 'subscribers', 'arpa'], 'payer_type', operator, ...values))).not.toEqual(
      [],
    );
    expect(
      await same(query('customers', ['customers', 'active_customers_30d'], 'payer_type', operator, ...values)),
    ).not.toEqual([]);
    expect(
      await same(
        query(
          'churn_risk',
          ['scored_customers', 'churn_probability', 'mrr_at_risk'],
          'payer_type',
          operator,
          ...values,
        ),
      ),
    ).not.toEqual([]);
    expect(await same(query('net_revenue', ['net_revenue'], 'payer_type', operator, ...values))).not.toEqual([]);
  });

  test('that let nothing through count 0, and sum to nothing', async () => {
    const counted = await both(query('customers', ['customers'], 'payer_type', 'equals', 'nobody'));
    expect(counted.rows).toEqual([{ 'customers.customers': '0' }]);
    expect(counted.rollups).not.toEqual([]);
    const summed = await both(query('revenue', ['mrr'], 'payer_type', 'equals', 'nobody'));
    expect(summed.rows).toEqual([{ 'revenue.mrr': null }]);
    expect(summed.rollups).not.toEqual([]);
  });

  test('on a figure', async () => {
    const filters = [{ member: 'lab_sla.tests_due', operator: 'gte', values: ['20'] }];
    const measures = ['lab_sla.sla_compliance', 'lab_sla.sla_target', 'lab_sla.tests_due'];
    expect(await same({ measures, dimensions: ['lab_sla.lab_name'], filters })).not.toEqual([]);
  });
});

test('limit, offset and order hold', async () => {
  const query = {
    measures: ['net_revenue.net_revenue'],
    dimensions: ['net_revenue.revenue_source'],
    timeDimensions: [{ dimension: 'net_revenue.date', granularity: 'day', dateRange: year }],
    order: [
      ['net_revenue.date', 'desc'],
      ['net_revenue.revenue_source', 'asc'],
    ],
    limit: 7,
    offset: 3,
  };
  const answer = await both(query);
  expect(answer.rollups).not.toEqual([]);
  expect(answer.rows).toEqual(answer.raw.rows);
  expect(answer.rows).toHaveLength(7);
});

test('tables answer before the first rollup is built', async () => {
  expect(first).toEqual(await ask(set.cube, { measures: ['customers.customers'] }));
  expect(first.rows).toHaveLength(1);
});

test('new rows are served as soon as the rollups are built anew', async () => {
  const query = { measures: ['signups.new_customers'] };
  const before = await both(query);
  expect(before.rollups).toEqual(['rollups.customer_signups_by_day']);
  await runSql(
    set.databaseUrl,
    `insert into customers (id, created_at, acquisition_channel)
     select gen_random_uuid(), timestamptz '2026-03-15 12:00:00+00', (select min(channel) from marketing_channels) from generate_series(1, 3)`,
  );
  const count = (rows: Record<string, unknown>[]) => Number(rows[0]?.['signups.new_customers']);
  const deadline = Date.now() + 60_000;
  let after = await ask(served, query);
  while (count(after.rows) !== count(before.rows) + 3 && Date.now() < deadline) {
    // What is shown meanwhile is what was there, not something in between.
    expect(count(after.rows)).toBe(count(before.rows));
    await sleep(250);
    after = await ask(served, query);
  }
  expect(count(after.rows)).toBe(count(before.rows) + 3);
  expect(after.rollups).toEqual(['rollups.customer_signups_by_day']);
});

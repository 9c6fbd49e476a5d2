/** @jest-environment ./ml-service/test-support/environment.mjs */
import { measuredImpact, readEffects } from '@fair-underwriting/ml-service/src/interventions/effects.ts';
import { readInterventionTypes } from '@fair-underwriting/ml-service/src/interventions/catalogue.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { startWorld, type World } from './world.ts';

jest.setTimeout(120_000);

let world: World;
let database: pg.Pool;

beforeAll(async () => {
  world = await startWorld();
  database = new pg.Pool({ connectionString: world.url });
  await world.sql(
    `insert into churn_models (version, kind, uses_genotype, first_snapshot, last_snapshot, training_rows, test_rows,
       test_events, file_sha256)
     values ('m', 'boosting', false, '2026-01-31', '2026-06-30', 1, 1, 0, repeat('0', 64))`,
  );
});
afterAll(async () => {
  await database.end();
  await world.stop();
});
beforeEach(async () => {
  await world.sql(`delete from churn_runs`);
  await world.sql(`delete from customers where created_at = '2020-01-01'`);
});

async function addRun(day: string, isPublished = true): Promise<string> {
  const [row] = await world.sql<{ id: string }>(
    `insert into churn_runs (model_version, day, snapshot_at, started_at, published_at, customers)
     values ('m', $1::date, $1::date, '2026-01-01', case when $2 then now() end, case when $2 then 1 end) returning id`,
    [day, isPublished],
  );
  return row?.id ?? '';
}

interface Group {
  run: string;
  count: number;
  churned: boolean | null;
  heldOut?: boolean;
  /** When a call was made. */
  called?: string;
  proposed?: string[];
}

/** Customers of one kind with their predictions; returns their ids. */
async function addGroup(group: Group, ids?: string[]): Promise<string[]> {
  const { run, count, churned, heldOut = false, called, proposed = ['phone_call'] } = group;
  const rows =
    ids?.map((id) => ({ id })) ??
    (await world.sql<{ id: string }>(
      `insert into customers (created_at) select '2020-01-01' from generate_series(1, $1) returning id`,
      [count],
    ));
  const customers = rows.map(({ id }) => id);
  await world.sql(
    `insert into churn_predictions
       (customer_id, run_id, churn_probability, risk_level, features, model_version, is_hold_out, customer_churned, interventions)
     select unnest($1::uuid[]), $2, 0.9, 'critical', '{}', 'm', $3, $4, $5`,
    [customers, run, heldOut, churned, JSON.stringify(proposed.map((type) => ({ type })))],
  );
  if (called !== undefined) {
    await world.sql(
      `insert into customer_interventions (customer_id, intervention_type, sent_at, sent_by, idempotency_key)
       select id, 'phone_call', $2, 'ada', id::text from unnest($1::uuid[]) id`,
      [customers, called],
    );
  }
  return customers;
}

/** 200 held out of whom 100 churned; 400 assigned of whom 140 churned, 200 of them called, of whom 40 churned. */
async function addTrial(): Promise<void> {
  const run = await addRun('2026-03-01');
  await addGroup({ run, count: 100, churned: true, heldOut: true });
  await addGroup({ run, count: 100, churned: false, heldOut: true });
  await addGroup({ run, count: 100, churned: true });
  await addGroup({ run, count: 100, churned: false });
  await addGroup({ run, count: 40, churned: true, called: '2026-03-02' });
  await addGroup({ run, count: 160, churned: false, called: '2026-05-29' });
}

const counts = {
  type: 'phone_call',
  heldOut: 200,
  heldOutChurned: 100,
  assigned: 400,
  assignedChurned: 140,
  treated: 200,
  treatedChurned: 40,
};

/** Newcombe (1998), method 10, from the formula of the article: Wilson's limits of each share. */
function newcombe([x1, n1]: [number, number], [x2, n2]: [number, number]) {
  const z = 1.959963984540054;
  const wilson = (x: number, n: number, side: 1 | -1) =>
    (2 * x + z ** 2 + side * z * Math.sqrt(z ** 2 + 4 * x * (1 - x / n))) / (2 * (n + z ** 2));
  const [p1, p2] = [x1 / n1, x2 / n2];
  return {
    difference: p1 - p2,
    lower: p1 - p2 - Math.hypot(p1 - wilson(x1, n1, -1), wilson(x2, n2, 1) - p2),
    upper: p1 - p2 + Math.hypot(wilson(x1, n1, 1) - p1, p2 - wilson(x2, n2, -1)),
  };
}

test("the interval is Newcombe's: the article's example of 56/70 and 48/80", () => {
  // Newcombe 1998, table II, (a): 0.0524 to 0.3339.
  const { lower, upper } = newcombe([56, 70], [48, 80]);
  expect([lower.toFixed(4), upper.toFixed(4)]).toEqual(['0.0524', '0.3339']);
});

describe('the effect of an intervention', () => {
  test('is the churn of those held out less that of all the others to whom it was proposed', async () => {
    await addTrial();
    const [effect, ...others] = await readEffects(database);
    const interval = newcombe([100, 200], [140, 400]);
    expect(others).toEqual([]);
    expect(effect).toMatchObject(counts);
    expect(effect?.difference).toBeCloseTo(0.15, 12);
    expect(effect?.lower).toBeCloseTo(interval.lower, 12);
    expect(effect?.upper).toBeCloseTo(interval.upper, 12);
  });

  test('is measured on the treated: they account for the whole difference', async () => {
    await addTrial();
    const types = await readInterventionTypes(database);
    // 0.15 / (200 / 400) = 0.3 less churn of the treated, who would have churned at 0.2 + 0.3.
    expect(types.find(({ type }) => type === 'phone_call')).toMatchObject({ basis: 'measured' });
    expect(types.find(({ type }) => type === 'phone_call')?.expectedImpact).toBeCloseTo(0.6, 12);
    expect(types.find(({ type }) => type === 'genetic_counseling')).toMatchObject({
      basis: 'assumption',
      expectedImpact: 0.25,
    });
  });

  test('counts each customer once, by the first published proposal', async () => {
    const [first, later, hidden] = [
      await addRun('2026-03-01'),
      await addRun('2026-04-01'),
      await addRun('2026-02-01', false),
    ];
    const ids = await addGroup({ run: first, count: 3, churned: false });
    await addGroup({ run: later, count: 3, churned: true }, ids);
    await addGroup({ run: hidden, count: 3, churned: true }, ids);
    expect(await readEffects(database)).toMatchObject([{ assigned: 3, assignedChurned: 0 }]);
  });

  test('leaves out who has no outcome yet, to whom it was not proposed, and calls that came too late or before', async () => {
    const run = await addRun('2026-03-01');
    await addGroup({ run, count: 5, churned: null });
    await addGroup({ run, count: 5, churned: true, proposed: [] });
    await addGroup({ run, count: 2, churned: false, called: '2026-02-28' });
    await addGroup({ run, count: 2, churned: false, called: '2026-05-30' });
    await addGroup({ run, count: 1, churned: false, called: '2026-05-29T23:00Z' });
    const [effect] = await readEffects(database);
    expect(effect).toMatchObject({ assigned: 5, treated: 1, heldOut: 0, difference: null, lower: null, upper: null });
  });

  test('without any prediction there is none', async () => {
    expect(await readEffects(database)).toEqual([]);
    expect((await readInterventionTypes(database)).map(({ basis }) => basis)).toEqual(Array(4).fill('assumption'));
  });
});

describe('the measured impact', () => {
  const effect = { ...counts, difference: 0.15, lower: 0.06, upper: 0.23 };

  test.each([
    [{ heldOut: 99 }, null],
    [{ treated: 99 }, null],
    [{ heldOutChurned: 10, assignedChurned: 19 }, null],
    [{ difference: null }, null],
    [{}, 0.6],
    // More churn among those who received it: it does not help.
    [{ difference: -0.1 }, 0],
    // Nobody would have been left to churn.
    [{ treatedChurned: 0 }, 1],
    [{ treatedChurned: 0, difference: 0 }, 0],
  ])('%j gives %p', (change, expected) => {
    const impact = measuredImpact({ ...effect, ...change });
    if (expected === null) expect(impact).toBeNull();
    else expect(impact).toBeCloseTo(expected, 12);
  });
});

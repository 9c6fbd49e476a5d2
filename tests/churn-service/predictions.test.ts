/** @jest-environment ./ml-service/test-support/environment.mjs */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { addModel } from './model.ts';
import { startService, token, type RunningService } from './running.ts';
import { asOf, startWorld, type World } from './world.ts';

jest.setTimeout(120_000);

let world: World;
let service: RunningService;

beforeAll(async () => {
  world = await startWorld();
  service = await startService(world.url);
  await addModel(world.url, service.models, 'plain');
  await service.service.models.check();
});
afterAll(async () => {
  await service.stop();
  await world.stop();
});

const get = (path: string, role: string | string[] = 'clinical') => service.call('GET', path, { token: token(role) });
const post = (path: string, body: unknown, role: string | string[] = 'executive') =>
  service.call('POST', path, { token: token(role), body });
const churnOf = (id: string) => `/v1/customers/${id}/churn`;
const nobody = '99999999-0000-4000-8000-000000000000';

const noCounselling = {
  feature: 'counseling_attended',
  title: 'Counselling attended',
  value: false,
  contribution: expect.closeTo(1.5, 9),
  sentence: 'No counselling attended: raises the risk',
};
const neverActive = {
  feature: 'days_since_last_activity',
  title: 'Days since last activity',
  value: null,
  contribution: expect.closeTo(0.5, 9),
  sentence: 'No activity so far: raises the risk',
};

describe('a customer', () => {
  test('who is likely to leave: probability, reasons in words, what may help, and when', async () => {
    const { status, body } = await get(churnOf(world.customers.leaving));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      customerId: world.customers.leaving,
      asOf,
      modelVersion: 'plain',
      // 1 / (1 + exp(-2))
      probability: 0.8808,
      riskLevel: 'critical',
      factors: [noCounselling, neverActive, { feature: 'plan', value: 'plus', contribution: 0 }],
      // Half of such customers have left after 90 ln 2 / -ln(1 - 0.8808) = 29.3 days; the period that runs then ends on
      // the 11th of December.
      predictedChurnDate: '2026-12-11',
      holdOut: false,
    });
    const { interventions } = body as { interventions: Record<string, unknown>[] };
    expect(interventions.map(({ type, expectedImpact, basis }) => [type, expectedImpact, basis])).toEqual([
      ['phone_call', 0.3, 'assumption'],
      ['genetic_counseling', 0.25, 'assumption'],
      ['reengagement_email', 0.15, 'assumption'],
      ['app_download_email', 0.1, 'assumption'],
    ]);
  });

  test('who is likely to stay needs nothing, and no date is expected', async () => {
    const { body } = await get(churnOf(world.customers.staying));
    expect(body).toMatchObject({
      // 1 / (1 + exp(2))
      probability: 0.1192,
      riskLevel: 'low',
      factors: [
        { contribution: expect.closeTo(-1.5, 9), value: true },
        { contribution: expect.closeTo(-0.5, 9) },
        { contribution: 0 },
      ],
      interventions: [],
      predictedChurnDate: null,
    });
  });

  test('who is held out gets no interventions', async () => {
    const { body } = await get(churnOf(world.customers.heldOut));
    expect(body).toMatchObject({ probability: 0.8808, holdOut: true, interventions: [] });
  });

  test('is found whatever the case of the id', async () => {
    expect((await get(churnOf(world.customers.leaving.toUpperCase()))).status).toBe(200);
  });

  test('who gave notice is nothing to predict', async () => {
    const { status, body } = await get(churnOf(world.customers.underNotice));
    expect([status, body]).toEqual([
      404,
      {
        error: 'Nothing to predict: the customer has no paid subscription, or has given notice already.',
        field: 'params/id',
      },
    ]);
  });

  test('who is unknown is said to be', async () => {
    for (const path of [churnOf(nobody), `${churnOf(nobody)}/history`]) {
      const { status, body } = await get(path);
      expect([status, body]).toEqual([404, { error: 'There is no such customer.', field: 'params/id' }]);
    }
  });

  test('deleted meanwhile is unknown from then on, with the interventions that were recorded', async () => {
    const id = '88888888-0000-4000-8000-000000000000';
    await world.sql(`insert into customers (id, created_at) values ($1, '2026-01-01')`, [id]);
    expect((await get(`${churnOf(id)}/history`)).body).toEqual({ predictions: [] });
    await world.sql(
      `insert into customer_interventions (customer_id, intervention_type, sent_by, idempotency_key)
       values ($1, 'phone_call', 'eve', 'k')`,
      [id],
    );
    await world.sql('delete from customers where id = $1', [id]);
    expect((await get(`${churnOf(id)}/history`)).status).toBe(404);
    expect((await get(`/v1/interventions?customerId=${id}`)).body).toEqual({ interventions: [] });
    expect((await post('/v1/scores', { customerIds: [id] })).body).toMatchObject({ scores: [], notFound: [id] });
  });
});

describe('many customers', () => {
  test('are scored at once; those without a prediction are named', async () => {
    const { leaving, staying, heldOut, underNotice } = world.customers;
    const { status, body } = await post('/v1/scores', {
      customerIds: [staying, leaving.toUpperCase(), heldOut, underNotice, nobody],
    });
    expect(status).toBe(200);
    const { scores, ...rest } = body as { scores: { customerId: string }[] };
    expect(rest).toEqual({ asOf, modelVersion: 'plain', notFound: [underNotice, nobody] });
    expect(new Map(scores.map((score) => [score.customerId, score]))).toEqual(
      new Map([
        [leaving, { customerId: leaving, probability: 0.8808, riskLevel: 'critical', holdOut: false }],
        [staying, { customerId: staying, probability: 0.1192, riskLevel: 'low', holdOut: false }],
        [heldOut, { customerId: heldOut, probability: 0.8808, riskLevel: 'critical', holdOut: true }],
      ]),
    );
  });

  test('more than are scored on the event loop give the same', async () => {
    const ids = Array.from({ length: 130 }, (_, n) => `77777777-0000-4000-8000-${String(n).padStart(12, '0')}`);
    await world.sql(
      `with c as (insert into customers (id, created_at) select unnest($1::uuid[]), '2026-01-05' returning id),
       s as (insert into subscriptions (customer_id, started_at) select id, '2026-01-11' from c returning id, started_at)
       insert into subscription_terms (subscription_id, valid_from, plan_id, unit_amount, billing_interval)
       select id, started_at, 'basic', 10, 'month' from s`,
      [ids],
    );
    const { body } = await post('/v1/scores', { customerIds: ids });
    const { scores, notFound } = body as { scores: { probability: number }[]; notFound: string[] };
    expect(notFound).toEqual([]);
    expect(scores.map(({ probability }) => probability)).toEqual(ids.map(() => 0.8808));
  });

  const many = Array.from({ length: 501 }, (_, n) => nobody.slice(0, -3) + String(n).padStart(3, '0'));
  test.each<[string, unknown, string]>([
    ['empty', { customerIds: [] }, 'body/customerIds'],
    ['too long', { customerIds: many }, 'body/customerIds'],
    ['with one twice', { customerIds: [nobody, nobody] }, 'body/customerIds'],
    ['with a number', { customerIds: [nobody, 7] }, 'body/customerIds/1'],
    ['with null', { customerIds: [null] }, 'body/customerIds/0'],
    ['with what is no id', { customerIds: ['x'] }, 'body/customerIds/0'],
    ['missing', {}, 'body/customerIds'],
    ['with more beside it', { customerIds: [nobody], more: 1 }, 'body/more'],
  ])('a list that is %s is refused and the field named', async (_, body, field) => {
    const answer = await post('/v1/scores', body);
    expect([answer.status, (answer.body as { field: string }).field]).toEqual([400, field]);
  });
});

describe('the past', () => {
  test('holds published predictions, newest first, with what happened', async () => {
    const { leaving } = world.customers;
    const run = (day: string, published: boolean) =>
      world.sql<{ id: string }>(
        `insert into churn_runs (model_version, day, snapshot_at, started_at, published_at, customers)
         values ('plain', $1::date, $1::date + interval '23 hours', now(), case when $2 then now() end, case when $2 then 1 end)
         returning id`,
        [day, published],
      );
    for (const [day, published, probability, level, churned] of [
      ['2026-05-31', true, 0.1, 'low', false],
      ['2026-06-30', true, 0.55, 'high', null],
      ['2026-07-31', false, 0.9, 'critical', null],
    ] as const) {
      const [row] = await run(day, published);
      await world.sql(
        `insert into churn_predictions (customer_id, run_id, churn_probability, risk_level, features, model_version, customer_churned)
         values ($1, $2, $3, $4, '{}', 'plain', $5)`,
        [leaving, row?.id, probability, level, churned],
      );
    }
    expect((await get(`${churnOf(leaving)}/history`)).body).toEqual({
      predictions: [
        {
          asOf: '2026-06-30T23:00:00.000Z',
          probability: 0.55,
          riskLevel: 'high',
          modelVersion: 'plain',
          outcome: null,
        },
        {
          asOf: '2026-05-31T23:00:00.000Z',
          probability: 0.1,
          riskLevel: 'low',
          modelVersion: 'plain',
          outcome: 'retained',
        },
      ],
    });
  });
});

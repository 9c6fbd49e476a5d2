/** @jest-environment ./ml-service/test-support/environment.mjs */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startService, token, type RunningService } from './running.ts';
import { asOf, startWorld, type World } from './world.ts';

jest.setTimeout(120_000);

let world: World;
let service: RunningService;

beforeAll(async () => {
  world = await startWorld();
  service = await startService(world.url);
});
afterAll(async () => {
  await service.stop();
  await world.stop();
});

interface Wanted {
  body: unknown;
  key?: string;
  role?: string;
  user?: string;
}

const send = ({ body, key, role = 'operations', user = 'ada' }: Wanted) =>
  service.call('POST', '/v1/interventions', {
    token: token(role, user),
    body,
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  });
const list = async (customerId: string, role = 'operations') =>
  (await service.call('GET', `/v1/interventions?customerId=${customerId}`, { token: token(role) })).body as {
    interventions: Record<string, unknown>[];
  };

describe('an intervention', () => {
  test('is recorded with who, when and why, and marks the prediction that it answers', async () => {
    const { leaving } = world.customers;
    await world.sql(
      `with m as (
         insert into churn_models (version, kind, uses_genotype, first_snapshot, last_snapshot, training_rows, test_rows,
           test_events, file_sha256)
         values ('m', 'boosting', false, '2026-01-31', '2026-06-30', 1, 1, 0, repeat('0', 64)) returning version
       ), r as (
         insert into churn_runs (model_version, day, snapshot_at, published_at, customers)
         select version, '2026-10-30', '2026-10-30T23:00Z', now(), 1 from m returning id
       )
       insert into churn_predictions (customer_id, run_id, churn_probability, risk_level, features, model_version)
       select $1, id, 0.9, 'critical', '{}', 'm' from r`,
      [leaving],
    );
    const { status, body } = await send({
      body: { customerId: leaving, type: 'phone_call', note: 'called' },
      key: 'a',
    });
    expect(status).toBe(201);
    const recorded = {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      customerId: leaving,
      type: 'phone_call',
      title: 'Personal call',
      note: 'called',
      sentAt: asOf,
      sentBy: 'ada',
    };
    expect(body).toEqual(recorded);
    expect(await list(leaving)).toEqual({ interventions: [recorded] });
    expect(await list(leaving, 'analyst')).toEqual({ interventions: [{ ...recorded, note: null }] });
    expect(
      await world.sql('select intervention_sent, intervention_type from churn_predictions where customer_id = $1', [
        leaving,
      ]),
    ).toEqual([{ intervention_sent: true, intervention_type: 'phone_call' }]);
  });

  test('sent again with the same key is recorded once, also when sent at the same time', async () => {
    const body = { customerId: world.customers.staying, type: 'reengagement_email' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send({ body, key: 'same' })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await list(world.customers.staying)).interventions).toHaveLength(1);
  });

  test('with the key of another one is refused', async () => {
    const { staying, leaving } = world.customers;
    await send({ body: { customerId: staying, type: 'phone_call' }, key: 'taken' });
    for (const body of [
      { customerId: staying, type: 'genetic_counseling' },
      { customerId: leaving, type: 'phone_call' },
      { customerId: staying, type: 'phone_call', note: 'other' },
    ]) {
      const answer = await send({ body, key: 'taken' });
      expect([answer.status, (answer.body as { field: string }).field]).toEqual([422, 'headers/idempotency-key']);
    }
  });

  test('with the key that somebody else used is another one', async () => {
    const body = { customerId: world.customers.staying, type: 'phone_call' };
    const [one, two] = [await send({ body, key: 'k', user: 'ada' }), await send({ body, key: 'k', user: 'bob' })];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect((one.body as { id: string }).id).not.toBe((two.body as { id: string }).id);
  });

  test('for a customer who is held out is refused and not recorded', async () => {
    const { heldOut } = world.customers;
    const { status, body } = await send({ body: { customerId: heldOut, type: 'phone_call' }, key: 'h' });
    expect([status, body]).toEqual([
      409,
      { error: 'This customer is held out at random and must stay untreated, so that impact can be measured.' },
    ]);
    expect(await list(heldOut)).toEqual({ interventions: [] });
  });

  test.each<[string, unknown, string | undefined, number, string]>([
    [
      'of an unknown customer',
      { customerId: '99999999-0000-4000-8000-000000000000', type: 'phone_call' },
      'x',
      404,
      'body/customerId',
    ],
    ['of an unknown type', { customerId: '99999999-0000-4000-8000-000000000000', type: 'gift' }, 'x', 400, 'body/type'],
    ['without a type', { customerId: '99999999-0000-4000-8000-000000000000' }, 'x', 400, 'body/type'],
    [
      'without a key',
      { customerId: '99999999-0000-4000-8000-000000000000', type: 'phone_call' },
      undefined,
      400,
      'headers/idempotency-key',
    ],
    [
      'with spaces in the key',
      { customerId: '99999999-0000-4000-8000-000000000000', type: 'phone_call' },
      'a b',
      400,
      'headers/idempotency-key',
    ],
    [
      'with a note that Postgres cannot hold',
      { customerId: '99999999-0000-4000-8000-000000000000', type: 'phone_call', note: 'a\u0000' },
      'x',
      400,
      'body/note',
    ],
    [
      'with a note that is too long',
      { customerId: '99999999-0000-4000-8000-000000000000', type: 'phone_call', note: 'a'.repeat(1_001) },
      'x',
      400,
      'body/note',
    ],
    [
      'with somebody as sender',
      { customerId: '99999999-0000-4000-8000-000000000000', type: 'phone_call', sentBy: 'x' },
      'x',
      400,
      'body/sentBy',
    ],
  ])('%s is refused and the field named', async (_, body, key, status, field) => {
    const answer = await send({ body, ...(key !== undefined && { key }) });
    expect([answer.status, (answer.body as { field: string }).field]).toEqual([status, field]);
  });

  test('that is switched off is neither recommended nor recorded', async () => {
    await world.sql(`update intervention_types set is_offered = false where type = 'app_download_email'`);
    const body = { customerId: world.customers.staying, type: 'app_download_email' };
    expect((await send({ body, key: 'off' })).body).toEqual({
      error: 'body/type must be one of genetic_counseling, phone_call, reengagement_email.',
      field: 'body/type',
    });
  });

  test('is never in the log with its customer or note', () => {
    expect(service.log()).not.toMatch(/called|00000000-0000-4000/);
  });
});

/** @jest-environment ./ml-service/test-support/environment.mjs */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { addModel } from './model.ts';
import { startService, token, type RunningService } from './running.ts';
import { startWorld, type World } from './world.ts';

jest.setTimeout(120_000);

let world: World;
let service: RunningService;

beforeAll(async () => {
  world = await startWorld();
  service = await startService(world.url);
  await addModel(world.url, service.models, 'full', { usesGenotype: true });
  await service.service.models.check();
});
afterAll(async () => {
  await service.stop();
  await world.stop();
});

interface Prediction {
  probability: number;
  factors: { feature: string; value: unknown; contribution: number }[];
  interventions: { type: string }[];
}

const ask = (body: unknown, role = 'clinical') => service.call('POST', '/v1/what-if', { token: token(role), body });
const namesOf = ({ factors }: Prediction) => factors.map(({ feature }) => feature);

describe('what if', () => {
  test('the customer had been counselled: before and after', async () => {
    const { status, body } = await ask({
      customerId: world.customers.leaving,
      changes: { counseling_attended: true },
    });
    const { before, after } = body as { before: Prediction; after: Prediction };
    expect(status).toBe(200);
    // 1 / (1 + exp(-(1.5 + 0.5 + 0.25))) and 1 / (1 + exp(-(-1.5 + 0.5 + 0.25)))
    expect([before.probability, after.probability]).toEqual([0.9047, 0.3208]);
    expect(before.interventions.map(({ type }) => type)).toContain('genetic_counseling');
    expect(after.interventions.map(({ type }) => type)).toEqual(['reengagement_email', 'app_download_email']);
    expect(after.factors.find(({ feature }) => feature === 'counseling_attended')).toMatchObject({ value: true });
  });

  test('nothing changed gives the same', async () => {
    const { body } = await ask({ customerId: world.customers.staying });
    const { before, after } = body as { before: Prediction; after: Prediction };
    expect(after).toEqual(before);
  });

  test('null is missing, not 0', async () => {
    const days = async (value: number | null) => {
      const { body } = await ask({
        customerId: world.customers.staying,
        changes: { days_since_last_activity: value },
      });
      return (body as { after: Prediction }).after.probability;
    };
    // 0 days: 1 / (1 + exp(1.5 + 0.5 + 0.25)); missing goes the way of those who were never active.
    expect([await days(0), await days(null)]).toEqual([0.0953, 0.2227]);
  });

  test('features alone: those left out are missing', async () => {
    const { status, body } = await ask({ features: { counseling_attended: true, days_since_last_activity: 3 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      after: {
        customerId: null,
        // Without a genotype the stump's missing way counts: + 0.25.
        probability: 0.148,
        holdOut: false,
        predictedChurnDate: null,
        modelVersion: 'full',
      },
    });
    expect(body).not.toHaveProperty('before');
  });
});

describe('the genotype', () => {
  const { leaving } = { leaving: () => world.customers.leaving };

  test.each(['clinical'])('is a factor that %s sees, with what follows from it', async (role) => {
    const { body } = await service.call('GET', `/v1/customers/${leaving()}/churn`, { token: token(role) });
    expect(namesOf(body as Prediction)).toContain('genotype');
    expect((body as Prediction).interventions.map(({ type }) => type)).toContain('app_download_email');
    const listed = await service.call('GET', '/v1/features', { token: token(role) });
    expect((listed.body as { features: { name: string }[] }).features.map(({ name }) => name)).toContain('genotype');
  });

  test.each(['executive', 'operations', 'analyst'])('is kept from %s in every answer', async (role) => {
    const prediction = await service.call('GET', `/v1/customers/${leaving()}/churn`, { token: token(role) });
    const listed = await service.call('GET', '/v1/features', { token: token(role) });
    const asked = await ask({ customerId: leaving(), changes: { counseling_attended: true } }, role);
    for (const { status, text } of [prediction, listed, asked]) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/genotype|MZ|app_download_email/i);
    }
  });

  test.each(['executive', 'operations', 'analyst'])('cannot be found out by %s by asking what if', async (role) => {
    for (const body of [{ customerId: leaving(), changes: { genotype: 'MM' } }, { features: { genotype: 'MM' } }]) {
      const answer = await ask(body, role);
      expect([answer.status, (answer.body as { error: string }).error]).toEqual([
        403,
        `body/${'changes' in body ? 'changes' : 'features'}/genotype is not allowed for your role.`,
      ]);
    }
  });
});

describe('a wrong question', () => {
  test.each<[unknown, string, string]>([
    [{ features: { counseling_attended: 1 } }, 'body/features/counseling_attended', 'must be true or false, or null'],
    [{ features: { counseling_attended: 'true' } }, 'body/features/counseling_attended', 'must be true or false'],
    [{ features: { days_since_last_activity: -1 } }, 'body/features/days_since_last_activity', 'not below 0'],
    [{ features: { days_since_last_activity: '3' } }, 'body/features/days_since_last_activity', 'a number not below 0'],
    [{ features: { plan: 'gold' } }, 'body/features/plan', 'must be one of basic, plus, or null for missing'],
    [{ features: { genotype: 'XX' } }, 'body/features/genotype', 'must be one of ZZ, SZ, MZ, MM, MS, SS'],
    [{ features: { nps_score: 3 } }, 'body/features/nps_score', 'is not a feature here'],
    [{ features: { constructor: 3 } }, 'body/features/constructor', 'is not a feature here'],
    [{ features: [] }, 'body/features', 'must be object'],
    [{ features: {}, changes: {} }, 'body/changes', 'it needs customerId'],
    [{}, 'body', 'send customerId with changes, or features'],
    [{ customerId: 'x' }, 'body/customerId', 'must match pattern'],
    [{ customerId: null }, 'body/customerId', 'must be string'],
    [{ features: {}, extra: 1 }, 'body/extra', 'is not known here'],
    [null, 'body', 'must be object'],
    [[], 'body', 'must be object'],
  ])('%j names the field', async (body, field, words) => {
    const answer = await ask(body);
    expect([answer.status, answer.body]).toEqual([400, { error: expect.stringContaining(words), field }]);
  });

  test('with both customer and features is refused', async () => {
    const answer = await ask({ customerId: world.customers.leaving, features: {} });
    expect([answer.status, (answer.body as { field: string }).field]).toEqual([400, 'body/features']);
  });

  test.each([
    '{"features": {"days_since_last_activity": NaN}}',
    '{',
    '',
    '{"features":{"days_since_last_activity":1e999}}',
  ])('that is no valid JSON or number is refused: %s', async (body) => {
    expect((await ask(body)).status).toBe(400);
  });
});

test('the list of features says what values they take', async () => {
  const { body } = await service.call('GET', '/v1/features', { token: token('clinical') });
  const { modelVersion, features } = body as { modelVersion: string; features: { name: string }[] };
  expect(modelVersion).toBe('full');
  expect(features.map(({ name }) => name)).toEqual([
    'days_since_last_activity',
    'counseling_attended',
    'plan',
    'genotype',
  ]);
  expect(features[0]).toEqual({
    name: 'days_since_last_activity',
    title: 'Days since last activity',
    description: 'Days since the customer last did anything; missing if never.',
    type: 'number',
    unit: 'days',
    minimum: 0,
    maximum: null,
    levels: null,
  });
  expect(features[2]).toMatchObject({ type: 'category', levels: ['basic', 'plus'] });
});

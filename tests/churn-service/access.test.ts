/** @jest-environment ./ml-service/test-support/environment.mjs */
import { createHmac } from 'node:crypto';
import { roles } from '@fair-underwriting/cube/src/auth/roles.ts';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { addModel } from './model.ts';
import { secret, startService, token, type RunningService } from './running.ts';
import { startWorld, type World } from './world.ts';

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

const readers = ['executive', 'operations', 'clinical', 'analyst'];
const actors = ['executive', 'operations', 'clinical'];

interface Endpoint {
  name: string;
  method: string;
  path: () => string;
  body?: (() => unknown) | undefined;
  allowed: string[];
  success: number;
}

const id = () => world.customers.leaving;
const endpoints: Endpoint[] = [
  { method: 'GET', name: 'a prediction', path: () => `/v1/customers/${id()}/churn`, allowed: readers, success: 200 },
  {
    method: 'GET',
    name: 'the past',
    path: () => `/v1/customers/${id()}/churn/history`,
    allowed: readers,
    success: 200,
  },
  {
    method: 'POST',
    name: 'scores',
    path: () => '/v1/scores',
    body: () => ({ customerIds: [id()] }),
    allowed: readers,
    success: 200,
  },
  {
    method: 'POST',
    name: 'what if',
    path: () => '/v1/what-if',
    body: () => ({ features: {} }),
    allowed: readers,
    success: 200,
  },
  { method: 'GET', name: 'features', path: () => '/v1/features', allowed: readers, success: 200 },
  {
    method: 'GET',
    name: 'the interventions',
    path: () => `/v1/interventions?customerId=${id()}`,
    allowed: readers,
    success: 200,
  },
  {
    method: 'POST',
    name: 'recording',
    path: () => '/v1/interventions',
    body: () => ({ customerId: id(), type: 'phone_call' }),
    allowed: actors,
    success: 201,
  },
];

const call = ({ method, path, body }: Endpoint, bearer?: string) =>
  service.call(method, path(), {
    ...(bearer !== undefined && { token: bearer }),
    ...(body && { body: body() }),
    headers: { 'idempotency-key': 'key' },
  });

const matrix = roles.flatMap((role) =>
  endpoints.map((endpoint) => ({
    role,
    endpoint,
    status: endpoint.allowed.includes(role) ? endpoint.success : 403,
  })),
);

test.each(matrix)('$role: $endpoint.name is $status', async ({ role, endpoint, status }) => {
  const answer = await call(endpoint, token(role));
  expect(answer.status).toBe(status);
  if (status === 403) expect(answer.body).toEqual({ error: expect.stringContaining('Not allowed for your role') });
});

describe('a token that is', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: 'eve', roles: ['executive'], exp: 4_000_000_000 };
  const soon = () => ({ ...claims, exp: Math.floor(Date.now() / 1_000) + 600 });
  const forged: [string, () => string | undefined][] = [
    ['missing', () => undefined],
    ['no token', () => 'abc'],
    ['signed with another secret', () => signToken({ user: 'eve', roles: ['executive'] }, `${secret}!`)],
    ['without a signature (alg none)', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(soon())}.`],
    [
      'signed with another algorithm',
      () => {
        const text = `${part({ alg: 'HS512', typ: 'JWT' })}.${part(soon())}`;
        return `${text}.${createHmac('sha512', secret).update(text).digest('base64url')}`;
      },
    ],
    [
      'expired',
      () => {
        const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, exp: 1_700_000_000 })}`;
        return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
      },
    ],
    [
      'changed',
      () => {
        const [head = '', , signature = ''] = signToken({ user: 'eve', roles: ['analyst'] }, secret).split('.');
        return `${head}.${part(soon())}.${signature}`;
      },
    ],
  ];

  test.each(forged)('%s is refused everywhere, before the body is looked at', async (_, make) => {
    for (const endpoint of endpoints) {
      const answer = await call({ ...endpoint, body: endpoint.body && (() => ({ nonsense: true })) }, make());
      expect([endpoint.method, answer.status]).toEqual([endpoint.method, 401]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });
});

test('health, figures and documentation need no token', async () => {
  for (const path of ['/livez', '/readyz', '/metrics', '/docs/json']) {
    expect([path, (await service.call('GET', path)).status]).toEqual([path, 200]);
  }
  const { body } = await service.call('GET', '/docs/json');
  expect(Object.keys((body as { paths: object }).paths)).toEqual(
    expect.arrayContaining([
      '/v1/customers/{id}/churn',
      '/v1/scores',
      '/v1/what-if',
      '/v1/features',
      '/v1/interventions',
    ]),
  );
});

test('the figures count scores by kind and name the model', async () => {
  await call(endpoints[0] as Endpoint, token());
  const { text } = await service.call('GET', '/metrics');
  expect(text).toMatch(/ml_scores_total\{kind="single"\} [1-9]/);
  expect(text).toContain('ml_model_info{version="plain"} 1');
  expect(text).toMatch(
    /http_request_duration_seconds_count\{method="GET",route="\/v1\/customers\/:id\/churn",status="200"\}/,
  );
  expect(text).not.toContain(id());
});

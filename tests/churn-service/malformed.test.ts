/** @jest-environment ./ml-service/test-support/environment.mjs */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { addModel } from './model.ts';
import { secret, startService, token, type RunningService } from './running.ts';
import { startWorld, type World } from './world.ts';

jest.setTimeout(300_000);

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

interface Malformed {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** Values that parsers, validators and databases have stumbled over. */
const awkward = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    '',
    '\u0000',
    '\ud800',
    "'; drop table customers; --",
    '../../etc/passwd',
    '{{7*7}}',
    'NaN',
    -0,
    1e308,
    -1e308,
    2 ** 53 + 2,
    'x'.repeat(5_000),
    Array(600).fill(null),
    { __proto__: null, constructor: { prototype: { admin: true } } },
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const names = [
  'customerId',
  'customerIds',
  'changes',
  'features',
  'type',
  'note',
  'counseling_attended',
  'plan',
  'genotype',
];
const object = fc.dictionary(fc.oneof(fc.constantFrom(...names, '__proto__'), fc.string({ maxLength: 12 })), awkward, {
  maxKeys: 5,
});
const broken = fc
  .tuple(object, fc.nat({ max: 200 }), fc.constantFrom('', '}', '"', ',', '\u0000', '{"a":'.repeat(3_000)))
  .map(([value, cut, tail]) => JSON.stringify(value).slice(0, cut) + tail);
const body = fc.oneof(
  { weight: 5, arbitrary: object.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: awkward.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: broken },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

const segment = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => encodeURIComponent(text)),
  fc.constantFrom('%00', '%ff', '%2e%2e', '..;', 'x'.repeat(300), '%', '00000000-0000-4000-8000-00000000000'),
);
const path = fc.oneof(
  segment.map((id) => `/v1/customers/${id}/churn`),
  segment.map((id) => `/v1/customers/${id}/churn/history`),
  fc.tuple(segment, segment).map(([name, value]) => `/v1/interventions?${name}=${value}&customerId=${value}`),
  fc.constantFrom('/v1/scores', '/v1/what-if', '/v1/interventions', '/v1/features?x=1', '/v1/nothing'),
);

const bearer = fc.oneof(
  { weight: 9, arbitrary: fc.constant(`Bearer ${token('executive')}`) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.constantFrom('Bearer', 'Bearer a.b.c', `Basic ${token()}`, `Bearer ${token()}x`, 'Bearer e30.e30.e30'),
      fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
    ),
  },
);
const malformed = fc.oneof(
  fc
    .record({
      method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
      path: fc.oneof(path, fc.constantFrom('/v1/scores', '/v1/what-if', '/v1/interventions')),
      authorization: bearer,
      type: fc.constantFrom(
        'application/json',
        'application/json',
        'application/json',
        'text/plain',
        'text/xml',
        '',
        'a;b',
      ),
      key: fc.oneof(fc.uuid(), fc.string({ unit: 'grapheme-ascii', maxLength: 300 })),
      body,
    })
    .map(({ method, path: to, authorization, type, key, body: sent }): Malformed => ({
      method,
      path: to,
      headers: { authorization, 'content-type': type, 'idempotency-key': key },
      body: sent,
    })),
  fc
    .tuple(path, bearer)
    .map(([to, authorization]): Malformed => ({ method: 'GET', path: to, headers: { authorization } })),
);

/** What no answer and no log may hold: secrets, people, the inside of the service. */
function leaksOf(text: string): string[] {
  const { password, port } = new URL(world.url);
  const inside = ['Secret Name', 'node_modules', 'select ', 'relation "', 'postgres://', '    at ', '/src/'];
  return [secret, password, `:${port}`, service.models, ...inside].filter((each) => text.includes(each));
}

test('10,000 malformed requests: each is refused with words, none fails the service, none gets anything out of it', async () => {
  const requests = fc.sample(malformed, { numRuns: 10_000, seed: 20_261_124 });
  const statuses = new Map<number, number>();
  const wrong: unknown[] = [];
  const send = async (request: Malformed) => {
    const { method, path: to, headers, body: sent } = request;
    const answer = await service.call(method, to, { headers, ...(sent !== undefined && { body: sent }) });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const error: unknown = (answer.body as { error?: unknown } | undefined)?.error;
    // What happens to be valid (an empty question of what if, say) is answered.
    const isFine = answer.status < 300 || (answer.status < 500 && typeof error === 'string' && error.length < 500);
    if (!isFine || leaksOf(answer.text).length > 0) wrong.push({ request, status: answer.status, text: answer.text });
  };
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    for (let i = lane; i < requests.length; i += 4) await send(requests[i] as Malformed);
  });
  await Promise.all(lanes);
  expect(wrong.slice(0, 5)).toEqual([]);
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
  // The generator reaches every refusal, not one of them 10,000 times.
  for (const status of [400, 401, 404, 415])
    expect([status, (statuses.get(status) ?? 0) > 100]).toEqual([status, true]);
  expect(leaksOf(service.log()).filter((leak) => leak !== '/src/' && leak !== '    at ')).toEqual([]);
  expect((await service.call('GET', '/readyz')).status).toBe(200);
  expect(await world.sql('select count(*)::int as n from customers')).toEqual([{ n: 4 }]);
});

test('what is not even HTTP is answered or cut off, and does no harm', async () => {
  const port = Number(new URL(service.url).port);
  const bytes = fc.sample(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 200 })), {
    numRuns: 200,
    seed: 7,
  });
  for (const sent of [...bytes, 'GET / HTTP/9.9\r\n\r\n', 'POST /v1/scores HTTP/1.1\r\nContent-Length: -1\r\n\r\n']) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(sent));
      socket.on('data', (data) => expect(data.toString()).toMatch(/^HTTP\/1\.1 [45]0\d /));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  }
  expect((await service.call('GET', '/readyz')).status).toBe(200);
});

import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { listen, type CallOptions, type Listening } from '../test-support/listen.ts';
import { identityOf } from './access.ts';
import { createApplication } from './application.ts';
import { HttpError } from './errors.ts';

const tokenSecret = 'only-for-this-test-only-for-this-test';
const token = (role: string) => signToken({ user: 'ada', roles: [role] }, tokenSecret);

let app: FastifyInstance;
let service: Listening;
let lines: string[];
let trouble: string | undefined;
let release: () => void;

beforeEach(async () => {
  lines = [];
  trouble = undefined;
  app = createApplication({
    title: 'Test',
    description: 'A service for this test.',
    tokenSecret,
    mostAtOnce: 2,
    bodyLimit: 1_000,
    readiness: () => Promise.resolve(trouble),
    logger: { stream: { write: (line: string) => void lines.push(line) } },
    routes: (routes) => {
      const body = Type.Object(
        { amount: Type.Union([Type.Number(), Type.Null()]), kind: Type.Enum(['a', 'b']) },
        { additionalProperties: false },
      );
      routes.post('/v1/amounts/:id', { config: { access: ['analyst'] }, schema: { body } }, (request) => ({
        by: identityOf(request).sub,
        ...request.body,
      }));
      routes.get('/v1/failures/:how', { config: { access: ['analyst'] } }, (request) => {
        const { how } = request.params as { how: string };
        if (how === 'refused') throw new HttpError(409, 'It is closed.', { field: 'status', retryAfter: 3 });
        const code = how === 'database' ? { code: 'ECONNREFUSED' } : {};
        throw Object.assign(new Error('value "Ada Lovelace" is not unique'), code);
      });
      routes.get('/v1/slow', { config: { access: ['analyst'] } }, async () => {
        await new Promise<void>((resolve) => (release = resolve));
        return { slow: true };
      });
    },
  });
  service = await listen(app);
});
afterEach(() => app.close());

const post = (body: unknown, more: CallOptions = { token: token('analyst') }) =>
  service.call('POST', '/v1/amounts/7', { body, ...more });
const get = (path: string) => service.call('GET', path, { token: token('analyst') });

describe('validation', () => {
  test('passes on what was sent, null included', async () => {
    expect((await post({ amount: null, kind: 'a' })).body).toEqual({ by: 'ada', amount: null, kind: 'a' });
  });

  test.each([
    [{ amount: '7', kind: 'a' }, 'body/amount', 'body/amount must be number.'],
    [{ kind: 'a' }, 'body/amount', 'body/amount is missing.'],
    [{ amount: 1, kind: 'c' }, 'body/kind', 'body/kind must be one of a, b.'],
    [{ amount: 1, kind: 'a', more: 1 }, 'body/more', 'body/more is not known here.'],
    [[], 'body', 'body must be object.'],
  ])('of %j names the field', async (payload, field, error) => {
    const answer = await post(payload);
    expect([answer.status, answer.body]).toEqual([400, { error, field }]);
  });

  test.each([
    ['{', {}, 400, 'The body is not valid JSON.'],
    ['', {}, 400, 'The body is empty: send JSON.'],
    ['{}', { 'content-type': 'text/plain' }, 415, 'The body must be JSON, with Content-Type: application/json.'],
    [`"${'x'.repeat(2_000)}"`, {}, 413, 'The body is larger than this service accepts.'],
  ])('of the body %# is refused', async (body, headers, status, error) => {
    const answer = await post(body, { token: token('analyst'), headers });
    expect([answer.status, answer.body]).toEqual([status, { error }]);
  });
});

describe('access', () => {
  test('needs a token of a role that the route names, before the body is looked at', async () => {
    const none = await post('{', {});
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await post('{', { token: 'x' })).body).toEqual({ error: 'The token is not valid.' });
    const wrong = await post('{', { token: token('payer') });
    expect([wrong.status, wrong.body]).toEqual([
      403,
      { error: 'Not allowed for your role: this needs one of analyst.' },
    ]);
  });

  test('a route that names none keeps the service from starting', async () => {
    const careless = createApplication({
      title: 'Test',
      description: '',
      tokenSecret,
      readiness: () => Promise.resolve(undefined),
      routes: (routes) => {
        routes.get('/v1/open', () => 'secret');
      },
    });
    await expect(careless.ready()).rejects.toThrow('/v1/open names no access');
  });
});

describe('a failure', () => {
  test('that the service foresaw says what to do', async () => {
    const answer = await get('/v1/failures/refused');
    expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
      409,
      '3',
      { error: 'It is closed.', field: 'status' },
    ]);
  });

  test('of the database is passing', async () => {
    const answer = await get('/v1/failures/database');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  });

  test('that nobody foresaw tells nothing, and the log no values', async () => {
    const { status, body, text } = await get('/v1/failures/surprise');
    expect(status).toBe(500);
    expect(lines.join('')).toContain((body as { requestId: string }).requestId);
    expect(text + lines.join('')).not.toContain('Lovelace');
    expect(lines.join('')).not.toContain(token('analyst').slice(0, 40));
  });
});

test('health, readiness, metrics and documentation need no token', async () => {
  const open = (path: string) => service.call('GET', path);
  trouble = 'There is no model yet.';
  expect((await open('/livez')).body).toEqual({ status: 'alive' });
  const readiness = await open('/readyz');
  expect([readiness.status, readiness.body]).toEqual([503, { status: 'not ready', reason: trouble }]);
  trouble = undefined;
  expect((await open('/readyz')).status).toBe(200);
  await post({ amount: 1, kind: 'a' });
  expect((await open('/metrics')).text).toContain(
    'http_request_duration_seconds_count{method="POST",route="/v1/amounts/:id",status="200"} 1',
  );
  const { paths } = (await open('/docs/json')).body as { paths: object };
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/amounts/{id}', '/readyz']));
  expect((await open('/nowhere')).status).toBe(404);
  expect((await open('/v1/%zz')).status).toBe(400);
});

test('too many requests at once are refused, health is not, and places come back', async () => {
  const gone = request(`${service.url}/v1/slow`, { headers: { authorization: token('analyst') } });
  gone.on('error', () => undefined).end();
  await once(gone, 'socket');
  const slow = get('/v1/slow');
  await until(async () => (await get('/v1/failures/refused')).status === 503);
  expect((await get('/livez')).status).toBe(200);
  gone.destroy();
  await until(async () => (await get('/v1/failures/refused')).status === 409);
  release();
  expect((await slow).body).toEqual({ slow: true });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

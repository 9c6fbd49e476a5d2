import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { generateKeyPairSync, createHmac } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { startShop, type Shop } from './shop.ts';

// Generous, because test files share the machine.
jest.setTimeout(60_000);

const secret = 'a-secret-of-this-test-a-secret-of-this-test';
let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ CUBEJS_API_SECRET: secret });
}, 90_000);
afterAll(() => shop.stop(), 30_000);

const count = { measures: ['sales.count'] };

async function ask(query: unknown, role: string | string[] = 'marketing', path = 'load') {
  return shop.cube.post(path, { query, queryType: 'multi' }, shop.cube.token(role));
}

describe('tokens', () => {
  const claims = { sub: 'someone', roles: ['executive'] };
  const soon = Math.floor(Date.now() / 1_000) + 600;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  /** Signs what no library would. */
  const forge = (header: object, payload: object, key: string | Buffer = secret) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part(header)}.${part(payload)}`;
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };
  const sign = (payload: object, options: jwt.SignOptions = {}) => jwt.sign(payload, secret, options);

  test('that are whole open the data', async () => {
    expect((await shop.cube.post('load', { query: count }, sign({ ...claims, exp: soon }))).status).toBe(200);
    expect((await shop.cube.post('load', { query: count }, `Bearer ${sign({ ...claims, exp: soon })}`)).status).toBe(
      200,
    );
  });

  test.each<[string, string | undefined]>([
    ['missing', undefined],
    ['without an expiry', sign(claims)],
    ['expired', sign({ ...claims, exp: soon - 1_200 })],
    ['without a user', sign({ roles: ['executive'], exp: soon })],
    ['of algorithm none', jwt.sign({ ...claims, exp: soon }, '', { algorithm: 'none' })],
    ['of HS512', sign({ ...claims, exp: soon }, { algorithm: 'HS512' })],
    ['of RS256', jwt.sign({ ...claims, exp: soon }, privateKey, { algorithm: 'RS256' })],
    ['of an HMAC with a public key', forge({ alg: 'HS256', typ: 'JWT' }, { ...claims, exp: soon }, pem)],
    ['of an algorithm in other letters', forge({ alg: 'hs256', typ: 'JWT' }, { ...claims, exp: soon })],
    ['without an algorithm', forge({ typ: 'JWT' }, { ...claims, exp: soon })],
    ['signed in the future', sign({ ...claims, iat: soon, exp: soon + 60 })],
    ['signed at no time', forge({ alg: 'HS256' }, { ...claims, iat: 'now', exp: soon })],
    ['valid in the future', sign({ ...claims, exp: soon + 60, nbf: soon })],
    ['valid for years', sign({ ...claims, exp: soon + 10_000_000 })],
    ['of an expiry in words', forge({ alg: 'HS256' }, { ...claims, exp: 'never' })],
    ['of a user that is no text', forge({ alg: 'HS256' }, { ...claims, sub: 7, exp: soon })],
    ['without a signature', sign({ ...claims, exp: soon }).replace(/[^.]+$/, '')],
    [
      'with a signature of another',
      `${forge({ alg: 'HS256' }, { ...claims, exp: soon }).replace(/[^.]+$/, '')}${sign({ ...claims, exp: soon - 1 }).split('.')[2] ?? ''}`,
    ],
    ['of another secret', jwt.sign({ ...claims, exp: soon }, `${secret}!`)],
    ['tampered with', sign({ ...claims, exp: soon }).replace(/\.[^.]+\./, `.${btoa('{"roles":["executive"]}')}.`)],
    ['garbage', 'x.y.z'],
  ])('that are %s are refused', async (_what, token) => {
    for (const path of ['load', 'dry-run', 'subscribe']) {
      const { status, body } = await shop.cube.post(path, { query: count }, token);
      expect([path, status]).toEqual([path, 401]);
      expect(Object.keys(body)).toEqual(['error']);
    }
    expect((await shop.cube.get('meta', token)).status).toBe(401);
  });

  test.each([[[]], [['root']], [['executive', 'root']], [undefined], ['executive']])(
    'with roles %j are refused',
    async (roles) => {
      const token = sign({ sub: 'someone', roles, exp: soon });
      expect((await shop.cube.post('load', { query: count }, token)).status).toBe(403);
    },
  );

  test('never reach the log', () => {
    expect(shop.cube.output()).not.toContain('eyJ');
    expect(shop.cube.output()).not.toContain(secret);
  });
});

describe('members that the caller may not see', () => {
  // marketing sees status, ordered_at, count and gifts of sales; pay is not for it at all.
  const hidden = 'sales.country';
  const uses: [string, object][] = [
    ['a measure', { measures: ['sales.revenue'] }],
    ['a dimension', { ...count, dimensions: [hidden] }],
    ['a filter', { ...count, filters: [{ member: hidden, operator: 'equals', values: ['DE'] }] }],
    ['a filter that matches nothing', { ...count, filters: [{ member: hidden, operator: 'equals', values: ['-'] }] }],
    ['a filter by its old name', { ...count, filters: [{ dimension: hidden, operator: 'set' }] }],
    ['a nested filter', { ...count, filters: [{ or: [{ and: [{ member: hidden, operator: 'set' }] }] }] }],
    ['a measure filter', { ...count, filters: [{ member: 'sales.revenue', operator: 'gt', values: ['1'] }] }],
    ['a segment', { ...count, segments: ['sales.country'] }],
    ['a time dimension without granularity', { ...count, timeDimensions: [{ dimension: hidden }] }],
    ['another view', { measures: ['pay.total'] }],
    ['a cube under the views', { measures: ['salaries.total'] }],
    ['a cube under its own view', { measures: ['orders.count'] }],
  ];

  test.each(uses)('are refused in %s, on every path', async (_what, query) => {
    for (const path of ['load', 'dry-run', 'subscribe']) {
      expect([path, (await ask(query, 'marketing', path)).status]).toEqual([path, 403]);
    }
    expect((await ask([count, query])).status).toBe(403);
    const text = encodeURIComponent(JSON.stringify(query));
    expect((await shop.cube.get(`load?query=${text}`, shop.cube.token('marketing'))).status).toBe(403);
    expect((await shop.cube.post('load', { query: JSON.stringify(query) }, shop.cube.token('marketing'))).status).toBe(
      403,
    );
  });

  test('look the same as members that do not exist', async () => {
    const refusal = async (name: string) => {
      const { status, body } = await ask({ ...count, dimensions: [`sales.${name}`] });
      return [status, body.error?.replaceAll(name, 'X')];
    };
    expect(await refusal('country')).toEqual(await refusal('nonsense'));
  });

  test('are not reached through the filter of another view', async () => {
    const across = { ...count, filters: [{ member: 'pay.total', operator: 'gt', values: ['1'] }] };
    expect((await ask(across)).status).toBe(400);
    expect((await ask(across, 'executive')).status).toBe(400);
  });

  test('are not in the meta data', async () => {
    const { body } = await shop.cube.get('meta', shop.cube.token('marketing'));
    const text = JSON.stringify(body);
    expect(text).toContain('sales.count');
    for (const name of ['sales.country', 'sales.revenue', 'pay.total', 'salaries']) expect(text).not.toContain(name);
  });

  test('are allowed to those who may', async () => {
    const query = { ...count, filters: [{ member: hidden, operator: 'equals', values: ['DE'] }] };
    expect((await ask(query, 'executive')).body.results).toMatchObject([{ data: [{ 'sales.count': '160' }] }]);
    expect((await ask(query, ['marketing', 'executive'])).status).toBe(200);
  });
});

describe('masks and row rules', () => {
  test('a masked dimension shows its mask in groups, filters and order', async () => {
    const query = { ...count, dimensions: ['sales.email'], order: { 'sales.email': 'asc' } };
    expect((await ask(query, 'analyst')).body.results).toMatchObject([
      { data: [{ 'sales.email': '***', 'sales.count': '240' }] },
    ]);
    const guess = { ...query, filters: [{ member: 'sales.email', operator: 'equals', values: ['anna@example.org'] }] };
    expect((await ask(guess, 'analyst')).body.results).toMatchObject([{ data: [] }]);
  });

  test('a query of nothing but masks is refused with a word on what to do', async () => {
    const { status, body } = await ask({ dimensions: ['sales.email'] }, 'analyst');
    expect(status).toBe(400);
    expect(body.error).toContain('Select another member too');
  });

  test('a row rule holds whatever the caller filters by', async () => {
    const all = { measures: ['sales.count'], dimensions: ['sales.country'] };
    expect((await ask(all, 'payer')).body.results).toMatchObject([
      { data: [{ 'sales.country': 'DE', 'sales.count': '160' }] },
    ]);
    const either = {
      or: [
        { member: 'sales.country', operator: 'equals', values: ['US'] },
        { member: 'sales.country', operator: 'set' },
      ],
    };
    expect((await ask({ ...count, filters: [either] }, 'payer')).body.results).toMatchObject([
      { data: [{ 'sales.count': '160' }] },
    ]);
  });
});

describe('a row rule by the payer of the token', () => {
  const soon = Math.floor(Date.now() / 1_000) + 600;
  const as = (payer: unknown, roles = ['payer']) => jwt.sign({ sub: 'someone', roles, payer, exp: soon }, secret);
  const query = { measures: ['regions.count'], dimensions: ['regions.country'], order: { 'regions.country': 'asc' } };
  const rows = async (token: string, of: object = query) => {
    const { status, body } = await shop.cube.post('load', { query: of }, token);
    return status === 200 ? (body.data as Record<string, unknown>[]).map((row) => row['regions.country']) : status;
  };

  test('shows its rows only, one caller after the other', async () => {
    for (const payer of ['DE', 'US', 'DE']) expect(await rows(as(payer))).toEqual([payer]);
    expect(await rows(shop.cube.token('executive'))).toContain('US');
  });

  test.each([undefined, '', 'nobody', 'D%', "DE' or '1' = '1", '{ securityContext.sub }'])(
    'shows nothing for the payer %j, whatever the caller filters by',
    async (payer) => {
      expect(await rows(as(payer))).toEqual([]);
      const member = 'regions.country';
      const either = [
        { member, operator: 'set' },
        { member, operator: 'notSet' },
        { member, operator: 'equals', values: ['DE'] },
      ];
      expect(await rows(as(payer), { ...query, filters: [{ or: either }] })).toEqual([]);
      const { body } = await shop.cube.post('load', { query: { measures: ['regions.count'] } }, as(payer));
      expect(body.data).toEqual([{ 'regions.count': '0' }]);
    },
  );

  test.each([[['DE', 'US']], [{ $ne: '' }], [7], [true], [null]])('is refused for the payer %j', async (payer) => {
    expect(await rows(as(payer))).toBe(401);
  });

  test('holds beside a role without it, which sees all rows or none of the view', async () => {
    expect(await rows(as('DE', ['payer', 'marketing']))).toEqual(['DE']);
    expect(await rows(as('DE', ['marketing']))).toBe(403);
    expect(await rows(as('DE', ['payer', 'executive']))).toContain('US');
  });
});

describe('what is closed', () => {
  test.each([
    ['GET', 'sql?query=%7B%22measures%22%3A%5B%22sales.count%22%5D%7D'],
    ['POST', 'cubesql'],
    ['POST', 'convert-query'],
    ['POST', 'graphql-to-json'],
    ['POST', 'pre-aggregations/jobs'],
    ['POST', 'pre-aggregations/can-use'],
    ['POST', '../graphql'],
    ['GET', '../graphql?query=%7B__schema%7Btypes%7Bname%7D%7D%7D'],
    ['GET', 'meta?extended'],
    ['GET', 'meta?extended=true'],
    ['GET', 'LOAD?query=%7B%22measures%22%3A%5B%22pay.total%22%5D%7D'],
    ['POST', 'load/'],
    ['PUT', 'load'],
  ])('%s %s answers 403', async (method, path) => {
    const response = await fetch(new URL(`${shop.cube.url}/cubejs-api/v1/${path}`), {
      method,
      headers: { authorization: shop.cube.token('executive'), 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify({ query: count }) }),
    });
    expect(response.status).toBe(403);
    expect(Object.keys((await response.json()) as object)).toEqual(['error']);
  });

  test.each([
    ['executive', 200],
    ['data_steward', 200],
    ['clinical', 403],
    ['analyst', 403],
    ['payer', 403],
    ['on_call', 403],
  ])('the SQL of a query, asked as %s, answers %i', async (role, expected) => {
    const { status, body } = await shop.cube.post(
      'sql',
      { query: { measures: ['sequence.count'] } },
      shop.cube.token(role),
    );
    expect(status).toBe(expected);
    if (expected === 200) expect(JSON.stringify(body['sql'])).toMatch(/count\(/i);
    else expect(Object.keys(body)).toEqual(['error']);
  });

  test('no SQL is shown for what the caller may not ask', async () => {
    for (const query of [{ measures: ['pay.total'] }, count]) {
      const { status, body } = await shop.cube.post('sql', { query }, shop.cube.token('data_steward'));
      expect(status).toBe(403);
      expect(body['sql']).toBeUndefined();
    }
    const free = { format: 'sql', query: 'select 1' };
    expect((await shop.cube.post('sql', free, shop.cube.token('data_steward'))).status).toBe(400);
  });

  test('the server listens on the loopback interface only', async () => {
    const { networkInterfaces } = await import('node:os');
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const address = others.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.2';
    const { port } = new URL(shop.cube.url);
    await expect(fetch(`http://${address}:${port}/livez`)).rejects.toThrow('fetch failed');
  });
});

describe('errors of the database', () => {
  test('do not reach the caller, but the log under an id', async () => {
    const { status, body } = await ask({ measures: ['sales.broken'] }, 'executive');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/division|sales|orders|select/i);
    expect(shop.cube.output()).toContain(String(body['errorId']));
    expect(shop.cube.output()).toContain('division by zero');
  });
});

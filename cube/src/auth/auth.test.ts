import { describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { checkSqlAuthWith, contextToApiScopes, contextToGroups } from './cube-auth.ts';
import { parseLifetime, signToken } from './token.ts';
import { AuthError, tokenFromHeader, verifyToken } from './verify.ts';

const secret = 'only-for-this-test-only-for-this-test';

describe('a signed token', () => {
  test('verifies as what was asked, and lives an hour by default', () => {
    const token = signToken({ user: 'eve', roles: ['payer', 'payer', 'analyst'] }, secret);
    const { sub, roles, exp } = verifyToken(token, secret);
    expect({ sub, roles }).toEqual({ sub: 'eve', roles: ['payer', 'analyst'] });
    expect(exp - Date.now() / 1_000).toBeCloseTo(3_600, -1);
  });

  test('names the payer whose rows it may see; another role than payer has none', () => {
    const token = signToken({ user: 'eve', roles: ['payer', 'analyst'], payer: 'Anthem' }, secret);
    expect(verifyToken(token, secret).payer).toBe('Anthem');
    expect(verifyToken(signToken({ user: 'eve', roles: ['payer'] }, secret), secret).payer).toBe('');
  });

  test.each([
    [{ user: 'eve', roles: ['analyst'], payer: 'Anthem' }, 'role payer only'],
    [{ user: 'eve', roles: ['payer'], payer: ' ' }, 'by its name'],
    [{ user: ' ', roles: ['payer'] }, 'user'],
    [{ user: 'eve', roles: [] }, 'at least one role'],
    [{ user: 'eve', roles: ['root'] }, 'root'],
    [{ user: 'eve', roles: ['payer'], lifetime: 86_401 }, '24 hours'],
    [{ user: 'eve', roles: ['payer'], lifetime: 0 }, '24 hours'],
    [{ user: 'eve', roles: ['payer'], lifetime: Number.NaN }, '24 hours'],
  ])('is not made for %j', (request, message) => {
    expect(() => signToken(request, secret)).toThrow(message);
  });
});

describe('a refusal', () => {
  const caught = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };

  test('of a bad token is 401 and does not say which check failed', () => {
    const wrong = jwt.sign({ sub: 'eve', roles: ['payer'] }, `${secret}!`, { expiresIn: 60 });
    expect(caught(() => verifyToken(wrong, secret))).toMatchObject({ status: 401, message: 'The token is not valid.' });
    expect(caught(() => verifyToken('x', secret))).toMatchObject({ status: 401, message: 'The token is not valid.' });
    expect(caught(() => verifyToken(undefined, secret))).toBeInstanceOf(AuthError);
  });

  test('that lives longer than a day is 401', () => {
    const sign = (seconds: number) => jwt.sign({ sub: 'eve', roles: ['analyst'] }, secret, { expiresIn: seconds });
    expect(caught(() => verifyToken(sign(10_000_000), secret))).toMatchObject({ status: 401 });
    expect(verifyToken(sign(86_400), secret)).toMatchObject({ sub: 'eve' });
  });

  test.each([[['Anthem', 'Aetna']], [{ name: 'Anthem' }], [1], [null]])('of the payer %j is 401', (payer) => {
    const token = jwt.sign({ sub: 'eve', roles: ['payer'], payer }, secret, { expiresIn: 60 });
    expect(caught(() => verifyToken(token, secret))).toMatchObject({ status: 401 });
  });

  test('of unknown roles is 403', () => {
    const token = jwt.sign({ sub: 'eve', roles: ['__proto__'] }, secret, { expiresIn: 60 });
    expect(caught(() => verifyToken(token, secret))).toMatchObject({ status: 403 });
  });
});

describe('the SQL API', () => {
  const check = checkSqlAuthWith(() => secret);
  const token = signToken({ user: 'ada', roles: ['analyst'] }, secret);

  test('takes a token of the user as password, with the same roles', async () => {
    await expect(check({}, 'ada', token)).resolves.toMatchObject({
      password: token,
      superuser: false,
      securityContext: { sub: 'ada', roles: ['analyst'], via: 'sql_api' },
    });
  });

  test.each([
    ['eve', token],
    [null, token],
    ['ada', null],
    ['ada', undefined],
    ['ada', `${token}x`],
    ['ada', signToken({ user: 'ada', roles: ['analyst'] }, `${secret}!`)],
  ])('refuses %j with %j', (user, password) => {
    expect(() => check({}, user, password)).toThrow(AuthError);
  });
});

test('lifetimes are read in seconds, minutes and hours', () => {
  expect(['90s', '15m', '2h'].map(parseLifetime)).toEqual([90, 900, 7_200]);
  for (const text of ['', '1', '1d', '-1h', '1.5h', 'h']) expect(() => parseLifetime(text)).toThrow('Not a lifetime');
});

test('the header is taken with and without Bearer', () => {
  expect(['Bearer abc', 'bearer  abc', 'abc', '', undefined].map(tokenFromHeader)).toEqual([
    'abc',
    'abc',
    'abc',
    undefined,
    undefined,
  ]);
});

test('groups are the roles; few get SQL, nobody GraphQL', () => {
  expect(contextToGroups({ securityContext: { roles: ['payer'] } })).toEqual(['payer']);
  expect(contextToGroups({ securityContext: null })).toEqual([]);
  for (const role of ['marketing', 'clinical', 'analyst', 'payer', 'on_call'] as const) {
    expect(contextToApiScopes({ roles: [role] })).toEqual(['data', 'meta']);
  }
  expect(contextToApiScopes(null)).toEqual(['data', 'meta']);
  for (const role of ['executive', 'operations', 'data_steward'] as const) {
    expect(contextToApiScopes({ roles: ['analyst', role] })).toEqual(['data', 'meta', 'sql']);
  }
});

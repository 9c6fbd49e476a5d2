import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../support/cube.ts';
import { startShop, type Shop } from './shop.ts';
import { comparing, confused, injections, mostly, query, several, tree } from './support/random-queries.ts';

// Generous, because test files share the machine.
jest.setTimeout(120_000);

/** Milliseconds after which an answer counts as none. */
const patience = 15_000;

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
}, 90_000);
afterAll(() => shop.stop(), 30_000);

const count = { measures: ['sales.count'] };

async function ask(asked: unknown, role = 'executive', more: object = {}): Promise<Answer> {
  const started = performance.now();
  const answer = await shop.cube.post('load', { query: asked, ...more }, shop.cube.token(role));
  expect(performance.now() - started).toBeLessThan(patience);
  return answer;
}

/** A refusal says what is wrong and nothing of what lies behind. */
function expectClear({ status, body }: Answer): void {
  if (status === 200) return;
  expect([400, 403]).toContain(status);
  expect(Object.keys(body)).toEqual(['error']);
  expect(body.error).toMatch(/^.{10,500}$/s);
  expect(body.error).not.toMatch(/select .* from|syntax|relation|\.js:|Error:/i);
}

describe('random queries are answered or refused with a clear word, never with a failure', () => {
  test.each<[string, fc.Arbitrary<unknown>, object, number, number]>([
    ['one', mostly(query, fc.jsonValue()), {}, 400, 50],
    ['with a value of another kind', confused, {}, 300, 3],
    ['several', several, { queryType: 'multi' }, 60, 5],
    ['comparing periods', comparing, { queryType: 'multi' }, 60, 5],
  ])('%s', async (_what, arbitrary, more, numRuns, leastAnswered) => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(arbitrary, async (random) => {
        const answer = await ask(random, 'executive', more);
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        expectClear(answer);
      }),
      { numRuns, seed: 20240101 },
    );
    // Both ways were taken.
    expect(seen.get(200)).toBeGreaterThan(leastAnswered);
    expect(seen.get(400)).toBeGreaterThan(numRuns / 12);
  });

  test('bodies that are no query at all', async () => {
    const token = shop.cube.token('executive');
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map(String)), async (text) => {
        const answers = [
          await shop.cube.post('load', text, token),
          await shop.cube.get(`load?query=${encodeURIComponent(text)}`, token),
        ];
        for (const answer of answers) {
          expect(answer.status).toBe(400);
          expectClear(answer);
        }
      }),
      { numRuns: 100, seed: 20240101 },
    );
  });
});

describe('trees of filters', () => {
  test.each([
    [1, 150, 200],
    [4, 3, 200],
    [8, 1, 400],
    [6, 2, 200],
    [9, 1, 400],
    [7, 2, 400],
    [5, 4, 400],
    [2, 60, 413],
    [2_000, 1, 400],
  ])('%i levels of %i branches answer %i', async (levels, branches, expected) => {
    const answer = await ask({ ...count, filters: [tree(levels, branches, false)] });
    expect(answer.status).toBe(expected);
    if (expected !== 413) expectClear(answer);
  });
});

describe('values', () => {
  const orders = async (condition: string) =>
    Number((await shop.sql(`select count(*) n from orders where ${condition}`))[0]?.['n']);
  const literal = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const counted = async (operator: string, value: string) => {
    const { status, body } = await ask({ ...count, filters: [{ member: 'sales.status', operator, values: [value] }] });
    expect(status).toBe(200);
    return Number((body.data as Record<string, unknown>[])[0]?.['sales.count']);
  };

  test.each([1e300, -6.35e31, 9_007_199_254_740_994, 0.1])('the number %j compares as it is written', async (value) => {
    const filters = [{ member: 'sales.amount', operator: 'lte', values: [value] }];
    const { status, body } = await ask({ ...count, filters });
    expect(status).toBe(200);
    expect(Number((body.data as Record<string, unknown>[])[0]?.['sales.count'])).toBe(
      await orders(`amount <= ${value}`),
    );
  });

  test.each(injections)('%j is text and nothing else', async (value) => {
    expect(await counted('equals', value)).toBe(await orders(`status = ${literal(value)}`));
    expect(await counted('contains', value)).toBe(
      await orders(`position(lower(${literal(value)}) in lower(status)) > 0`),
    );
    expect(await counted('notEquals', value)).toBe(await orders(`status <> ${literal(value)}`));
  });

  test('any text counts the rows that hold it', async () => {
    const total = await orders('true');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000')),
        async (value) => {
          expect(await counted('equals', value)).toBe(await orders(`status = ${literal(value)}`));
        },
      ),
      { numRuns: 60, seed: 20240101 },
    );
    expect(await orders('true')).toBe(total);
  });
});

describe('random queries of a role', () => {
  const all = [
    ...['count', 'revenue', 'average', 'gifts', 'status', 'is_gift', 'amount', 'ordered_at', 'country', 'email'].map(
      (name) => `sales.${name}`,
    ),
    'pay.total',
    'pay.person',
    'orders.count',
    'salaries.total',
  ];
  /** As the fixture's policies say. */
  const visible: Record<string, string[]> = {
    marketing: ['status', 'ordered_at', 'count', 'gifts'],
    payer: ['status', 'country', 'ordered_at', 'count', 'revenue'],
    analyst: ['status', 'is_gift', 'ordered_at', 'count', 'gifts', 'country', 'email'],
    on_call: [],
  };
  const name = fc.constantFrom(...all);
  const condition = fc.record({
    member: name,
    operator: fc.constantFrom('set', 'notSet', 'equals', 'contains', 'gt'),
    values: fc.constantFrom(undefined, ['DE'], ['US'], ['1'], ['anna@example.org']),
  });
  const random = fc.record({
    measures: fc.uniqueArray(fc.constantFrom('sales.count', 'sales.count', ...all), { maxLength: 2 }),
    dimensions: fc.uniqueArray(name, { maxLength: 2 }),
    segments: fc.constantFrom([], [], ['sales.gifts']),
    timeDimensions: fc.array(fc.record({ dimension: name, granularity: fc.constantFrom(undefined, 'day') }), {
      maxLength: 1,
    }),
    filters: fc.array(fc.oneof(condition, fc.record({ or: fc.array(condition, { minLength: 1, maxLength: 2 }) })), {
      maxLength: 2,
    }),
  });
  const namesOf = (value: unknown): string[] =>
    typeof value === 'string'
      ? all.filter((member) => member === value)
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(namesOf)
        : [];

  test.each(Object.keys(visible))('%s is never answered with what it may not see', async (role) => {
    const allowed = new Set(visible[role]?.map((member) => `sales.${member}`));
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(random, async (asked) => {
        const answer = await ask(asked, role);
        expectClear(answer);
        if (namesOf(asked).some((member) => !allowed.has(member))) expect(answer.status).not.toBe(200);
        if (answer.status !== 200) return;
        answered++;
        for (const row of answer.body.data as Record<string, unknown>[]) {
          for (const [member, value] of Object.entries(row)) {
            expect(allowed).toContain(member.split('.').slice(0, 2).join('.'));
            if (role === 'payer' && member === 'sales.country') expect(value).toBe('DE');
            if (role === 'payer' && member === 'sales.count') expect(Number(value)).toBeLessThanOrEqual(160);
            if (member === 'sales.email') expect(value).toBe('***');
          }
        }
      }),
      { numRuns: 150, seed: 20240101 },
    );
    expect(answered > 0).toBe(role !== 'on_call');
  });
});

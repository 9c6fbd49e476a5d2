import { roles, type Role } from '@fair-underwriting/cube/src/auth/roles.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { openFixture, type DataSet } from '../conformance/support/data-sets.ts';
import { injections, mostly } from '../portable/support/random-queries.ts';
import { maySee } from './who-sees-what.ts';

// Generous, because test files share the machine.
jest.setTimeout(240_000);

/** Milliseconds after which an answer counts as none. */
const patience = 20_000;
const payer = 'Acme Health';

interface Member {
  name: string;
  type: string;
}
interface View {
  name: string;
  measures: Member[];
  dimensions: Member[];
}

let set: DataSet;
/** Every view with what any role sees of it. */
let views: View[];
beforeAll(async () => {
  set = await openFixture('UTC');
  const { body } = await set.cube.get('meta', set.cube.token([...roles]));
  views = (body as unknown as { cubes: View[] }).cubes;
}, 300_000);
afterAll(() => set.stop(), 30_000);

/** Draws from a list that is known only when the tests run. */
const pick = <T>(items: readonly T[], at: number): T => {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const oddNames = [
  'revenue.nothing',
  'month_end_mrr.closing',
  'customers.id',
  '__proto__.x',
  'revenue',
  '',
  'clock.as_of',
];
const values = [
  ...injections,
  'MZ',
  'Anthem',
  payer,
  '2024-02-29',
  '1',
  '-1',
  'true',
  '',
  '\u0000',
  '1e999',
  'infinity',
];
const operators = ['equals', 'notEquals', 'contains', 'gt', 'lte', 'set', 'notSet', 'inDateRange', 'afterDate', 'like'];

interface Leaf {
  member: number;
  operator: string;
  values?: string[];
}
type Tree = Leaf | { or: Tree[] } | { and: Tree[] };
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ member: fc.nat(), operator: fc.constantFrom('set', 'notSet') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      member: fc.nat(),
      operator: fc.constantFrom(...operators),
      values: fc.array(fc.constantFrom(...values), { maxLength: 2 }),
    }),
  },
);
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ or: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ and: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
}));
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 11, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** Positions in lists of members; now and then a name of nothing, or of another view. */
const plan = fc.record({
  view: fc.nat(),
  measures: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
  dimensions: fc.array(fc.nat(), { maxLength: 2 }),
  filters: fc.array(tree, { maxLength: 2 }),
  odd: seldom(fc.constantFrom(...oddNames)),
  other: seldom(fc.nat()),
  limit: mostly(fc.constantFrom(1, 10, 50_000), fc.constantFrom(50_001, 1e12, -1, 0.5, '1', null)),
  offset: mostly(fc.constantFrom(0, 7), fc.constantFrom(-1, 1e15)),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

function queryOf(drawn: Plan) {
  const view = pick(views, drawn.view);
  const members = [...view.measures, ...view.dimensions];
  const filterOf = (node: Tree): object =>
    'member' in node
      ? { ...node, member: pick(members, node.member).name }
      : Object.fromEntries(Object.entries(node).map(([kind, nodes]) => [kind, nodes.map(filterOf)]));
  const others = drawn.other === undefined ? [] : [pick(pick(views, drawn.other).measures, drawn.other).name];
  return {
    measures: [...drawn.measures.map((at) => pick(view.measures, at).name), ...others],
    dimensions: [
      ...drawn.dimensions.map((at) => pick(view.dimensions, at).name),
      ...(drawn.odd === undefined ? [] : [drawn.odd]),
    ],
    filters: drawn.filters.map(filterOf),
    limit: drawn.limit,
    offset: drawn.offset,
  };
}

/** Every name in a query. */
function namesOf({ measures, dimensions, filters }: ReturnType<typeof queryOf>): string[] {
  const inFilter = (node: object): string[] =>
    'member' in node
      ? [String(node.member)]
      : Object.values(node).flatMap((nodes) => (nodes as object[]).flatMap(inFilter));
  return [...measures, ...dimensions, ...filters.flatMap(inFilter)];
}

async function ask(query: object, role: Role) {
  const started = performance.now();
  const token = set.cube.token(role, 'tester', role === 'payer' ? payer : undefined);
  const answer = await set.cube.post('load', { query }, token);
  expect(performance.now() - started).toBeLessThan(patience);
  if (answer.status !== 200) {
    expect([400, 403]).toContain(answer.status);
    expect(Object.keys(answer.body)).toEqual(['error']);
    expect(answer.body.error).toMatch(/^.{10,500}$/s);
    expect(answer.body.error).not.toMatch(/select .* from|syntax|relation|\.js:|Error:/i);
  }
  return answer;
}

describe('random queries of the product’s views', () => {
  test.each(roles)('as %s are answered with what it may see, or refused with a clear word', async (role) => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(plan, async (drawn) => {
        const query = queryOf(drawn);
        const { status, body } = await ask(query, role);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        const isAllowed = drawn.odd === undefined && namesOf(query).every((name) => maySee(role, name));
        if (!isAllowed) expect(status).not.toBe(200);
        if (status !== 200) return;
        for (const row of body.data as Record<string, unknown>[]) {
          for (const [name, value] of Object.entries(row)) {
            expect(maySee(role, name)).toBe(true);
            if (role === 'payer' && /\.payer$/.test(name)) expect(value).toBe(payer);
          }
        }
      }),
      { numRuns: 100, seed: 20240101 },
    );
    expect(seen.get(400) ?? 0).toBeGreaterThan(0);
    expect(seen.get(403) ?? 0).toBeGreaterThan(0);
    // The views of the payer and of on-call are drawn too seldom.
    if (!['payer', 'on_call'].includes(role)) expect(seen.get(200) ?? 0).toBeGreaterThan(3);
  });

  test('what a payer may ask for is its own, whatever it filters by', async () => {
    const own = views.filter(({ name }) => name === 'payer_value' || name === 'payer_balance');
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.nat(), { maxLength: 2 }),
        fc.array(tree, { maxLength: 2 }),
        async (at, more, filters) => {
          const view = pick(own, at);
          const visible = view.dimensions.filter(({ name }) => maySee('payer', name) && !name.endsWith('.as_of'));
          const named = (node: Tree): object =>
            'member' in node
              ? { ...node, member: pick(visible, node.member).name }
              : Object.fromEntries(Object.entries(node).map(([kind, nodes]) => [kind, nodes.map(named)]));
          const dimensions = [`${view.name}.payer`, ...more.map((place) => pick(visible, place).name)];
          const { status, body } = await ask({ dimensions, filters: filters.map(named) }, 'payer');
          if (status !== 200) return;
          for (const row of body.data as Record<string, unknown>[]) {
            expect(row[`${view.name}.payer`]).toBe(payer);
            rows += 1;
          }
        },
      ),
      { numRuns: 80, seed: 20240101 },
    );
    expect(rows).toBeGreaterThan(10);
  });
});

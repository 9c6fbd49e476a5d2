import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startShop, type Shop } from './shop.ts';

// Generous, because test files share the machine.
jest.setTimeout(60_000);

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
}, 90_000);
afterAll(() => shop.stop(), 30_000);

const count = { measures: ['sales.count'] };
const ask = (query: unknown) => shop.cube.post('load', { query }, shop.cube.token('executive'));

describe('limits on rows', () => {
  const all = { dimensions: ['sequence.n'], responseFormat: 'columnar' };
  const rowCount = (data: unknown) => (data as { columns: unknown[][] }).columns[0]?.length;

  test('without a limit the largest applies, and the answer shows it', async () => {
    const { body } = await ask(all);
    expect(body.query).toMatchObject({ limit: 50_000 });
    expect(rowCount(body.data)).toBe(50_000);
  });

  test('a limit of 10,001 is served, which Cube by itself cuts without one', async () => {
    expect(rowCount((await ask({ ...all, limit: 10_001 })).body.data)).toBe(10_001);
    expect((await ask({ ...all, limit: 0 })).status).toBe(200);
  });

  test('more is refused with a word on what to do', async () => {
    const { status, body } = await ask({ ...all, limit: 50_001 });
    expect(status).toBe(400);
    expect(body.error).toContain('at most 50000 rows');
  });

  test('the rest comes by offset', async () => {
    expect(rowCount((await ask({ ...all, offset: 50_000 })).body.data)).toBe(5);
  });
});

describe('queries that make no sense', () => {
  const filter = (operator: string, values?: unknown[], member = 'sales.amount') => ({
    ...count,
    filters: [{ member, operator, ...(values ? { values } : {}) }],
  });
  const ranged = (dateRange: unknown) => ({ ...count, timeDimensions: [{ dimension: 'sales.ordered_at', dateRange }] });
  const deep = (levels: number) =>
    '{"or":['.repeat(levels) + '{"member":"sales.status","operator":"set"}' + ']}'.repeat(levels);

  test.each<[unknown, string]>([
    [{ ...count, order: { 'sales.nonsense': 'asc' } }, 'sales.nonsense'],
    [{ ...count, order: { 'sales.status': 'asc' } }, 'sales.status'],
    [{ ...count, order: [['sales.count', 'up']] }, 'asc, desc'],
    [{ ...count, timezone: 'Mars/Olympus' }, 'Mars/Olympus'],
    [{ ...count, timezone: "UTC'; drop table orders --" }, 'timezone'],
    [{ ...count, limit: -1 }, 'limit'],
    [{ ...count, limit: '5' }, 'limit'],
    [{ ...count, colour: 'red' }, 'colour'],
    [{ ...count, maskedMembers: [] }, 'maskedMembers'],
    [{ ...count, subqueryJoins: [] }, 'subqueryJoins'],
    [{}, 'selects nothing'],
    [[], '1 to 10'],
    ['{"measures":', 'JSON'],
    [{ measures: ['sales.constructor.prototype'] }, 'plain names'],
    [{ measures: [{ expression: ['return 1'], cubeName: 'sales', name: 'x' }] }, 'plain names'],
    [
      { measures: ['{"cubeName":"sales","alias":"x","expr":{"type":"SqlFunction","cubeParams":[],"sql":"1"}}'] },
      'plain names',
    ],
    [
      {
        measures: [
          {
            expression: {
              type: 'PatchMeasure',
              sourceMeasure: 'pay.total',
              replaceAggregationType: null,
              addFilters: [],
            },
            cubeName: 'sales',
            name: 'x',
          },
        ],
      },
      'plain names',
    ],
    [filter('constructor', ['1']), 'constructor'],
    [filter('measureFilter'), 'measureFilter'],
    [filter('equals'), 'needs values'],
    [filter('gt', ['1', '2']), 'exactly one'],
    [filter('gt', ['many']), 'many'],
    [filter('equals', ['many']), 'many'],
    [filter('contains', ['1']), 'type number'],
    [filter('set', ['1']), 'no values'],
    [filter('inDateRange', ['2024-01-01', '2024-02-30'], 'sales.ordered_at'), '2024-02-30'],
    [filter('equals', ['infinity'], 'sales.ordered_at'), 'infinity'],
    [filter('inDateRange', ['2024-02-02', '2024-02-01'], 'sales.ordered_at'), 'ends before it begins'],
    [filter('gte', ['2024-02-02T10:00:00+02:00'], 'sales.ordered_at'), 'names a zone'],
    [{ ...count, ungrouped: true }, 'ungrouped'],
    [ranged(['2024-03-01T23:00:00', '2024-03-01T01:00:00']), 'ends before it begins'],
    [ranged(['2024-03-01T00:00:00Z', '2024-03-02T00:00:00Z']), 'names a zone'],
    [ranged('from abc to def'), 'from abc to def'],
    [ranged('last 99999 years'), 'last 99999 years'],
    [{ ...count, timeDimensions: [{ dimension: 'sales.ordered_at', compareDateRange: [['2024-01-01']] }] }, 'multi'],
    [[count, count], 'blended by time'],
    [filter('equals', ['a\u0000b'], 'sales.status'), 'null character'],
    [
      { ...count, timeDimensions: [{ dimension: 'sales.ordered_at', dateRange: ['2024-01-02', '2024-01-01'] }] },
      'before it begins',
    ],
    [
      { ...count, timeDimensions: [{ dimension: 'sales.ordered_at', dateRange: 'the good old days' }] },
      'the good old days',
    ],
    [
      { ...count, timeDimensions: [{ dimension: 'sales.ordered_at', dateRange: ['10000-01-01', '10000-01-02'] }] },
      '10000-01-01',
    ],
    [{ ...count, timeDimensions: [{ dimension: 'sales.ordered_at', granularity: 'decade' }] }, 'decade'],
    [{ ...count, timeDimensions: [{ dimension: 'sales.status', granularity: 'day' }] }, 'not a time dimension'],
    [{ ...count, segments: ['sales.count'] }, 'segment'],
    [{ ...count, filters: [JSON.parse(deep(9))] }, 'deeper'],
    [
      {
        ...count,
        filters: [
          {
            or: [
              { member: 'sales.count', operator: 'gt', values: [1] },
              { member: 'sales.status', operator: 'set' },
            ],
          },
        ],
      },
      'mix measures and dimensions',
    ],
    [{ ...count, filters: [{ or: Array(201).fill({ member: 'sales.status', operator: 'set' }) }] }, '200'],
    [JSON.parse('{"measures":["sales.count"],"__proto__":{"limit":1}}'), '__proto__'],
  ])('%j is refused naming the fault', async (query, named) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body.error).toContain(named);
    expect(body['errorId']).toBeUndefined();
  });

  test('filters 3,000 levels deep are refused like those 9 levels deep', async () => {
    const { status, body } = await ask(`{"measures":["sales.count"],"filters":[${deep(3_000)}]}`);
    expect([status, body.error]).toEqual([400, 'filters are nested deeper than 8 levels.']);
  });

  test('a body that is no JSON, or too large, is refused as such', async () => {
    const post = (body: string) => shop.cube.post('load', body, shop.cube.token('executive'));
    expect(await post('{"query": {')).toMatchObject({ status: 400, body: { error: 'The request is not valid JSON.' } });
    expect(await post('"text"')).toMatchObject({ status: 400 });
    const large = JSON.stringify({
      query: { ...count, filters: [{ member: 'sales.status', operator: 'equals', values: ['x'.repeat(110_000)] }] },
    });
    expect(await post(large)).toMatchObject({ status: 413 });
  });

  test('10,000 conditions are refused at once and delay nobody', async () => {
    // Short enough for the size limit, so that only their number counts.
    const many = Array(1_900).fill({ member: 'sales.status', operator: 'set' });
    const started = performance.now();
    const [refusal, alive] = await Promise.all([
      ask({ ...count, filters: [{ or: many }] }),
      fetch(`${shop.cube.url}/livez`),
    ]);
    expect(refusal.status).toBe(400);
    expect(alive.status).toBe(200);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('the connection stays open after a refusal', async () => {
    const response = await fetch(`${shop.cube.url}/cubejs-api/v1/load`, { method: 'POST', body: '{' });
    expect(response.headers.get('connection')).toBe('keep-alive');
    await response.text();
  });
});

describe('every operator', () => {
  const where = async (operator: string, member: string, values?: unknown[]) => {
    const filters = [{ member, operator, ...(values ? { values } : {}) }];
    const [row] = await shop.cube.load({ ...count, filters });
    return Number(row?.['sales.count']);
  };
  const sqlCount = async (condition: string) =>
    Number(
      (await shop.sql(`select count(*) n from orders join customers c on c.id = customer_id where ${condition}`))[0]?.[
        'n'
      ],
    );

  test.each<[string, string, unknown[] | undefined, string]>([
    ['equals', 'sales.status', ['open'], `status = 'open'`],
    ['equals', 'sales.status', ['open', 'paid'], `status in ('open', 'paid')`],
    ['notEquals', 'sales.status', ['open'], `status <> 'open'`],
    ['in', 'sales.amount', [1, '2'], 'amount in (1, 2)'],
    ['notIn', 'sales.amount', [1, 2], 'amount not in (1, 2)'],
    ['contains', 'sales.status', ['pe'], `status like '%pe%'`],
    ['contains', 'sales.status', ['%'], 'false'],
    ['notContains', 'sales.status', ['pe'], `status not like '%pe%'`],
    ['startsWith', 'sales.status', ['op'], `status like 'op%'`],
    ['notStartsWith', 'sales.status', ['op'], `status not like 'op%'`],
    ['endsWith', 'sales.status', ['en'], `status like '%en'`],
    ['notEndsWith', 'sales.status', ['en'], `status not like '%en'`],
    ['gt', 'sales.amount', ['10'], 'amount > 10'],
    ['gte', 'sales.amount', [10], 'amount >= 10'],
    ['lt', 'sales.amount', ['10.5'], 'amount < 10.5'],
    ['lte', 'sales.amount', [10], 'amount <= 10'],
    ['set', 'sales.email', undefined, 'email is not null'],
    ['notSet', 'sales.email', undefined, 'email is null'],
    ['equals', 'sales.is_gift', [true], 'is_gift'],
    ['equals', 'sales.is_gift', [null], 'is_gift is null'],
    [
      'inDateRange',
      'sales.ordered_at',
      ['2024-01-02', '2024-01-03'],
      `ordered_at >= '2024-01-02' and ordered_at < '2024-01-04'`,
    ],
    ['inDateRange', 'sales.ordered_at', ['2024-01-02'], `ordered_at >= '2024-01-02' and ordered_at < '2024-01-03'`],
    [
      'notInDateRange',
      'sales.ordered_at',
      ['2024-01-02', '2024-01-03'],
      `not (ordered_at >= '2024-01-02' and ordered_at < '2024-01-04')`,
    ],
    ['onTheDate', 'sales.ordered_at', ['2024-01-02'], `ordered_at >= '2024-01-02' and ordered_at < '2024-01-03'`],
    ['beforeDate', 'sales.ordered_at', ['2024-01-02'], `ordered_at < '2024-01-02'`],
    ['beforeOrOnDate', 'sales.ordered_at', ['2024-01-02'], `ordered_at < '2024-01-03'`],
    ['afterDate', 'sales.ordered_at', ['2024-01-02'], `ordered_at >= '2024-01-03'`],
    ['afterOrOnDate', 'sales.ordered_at', ['2024-01-02'], `ordered_at >= '2024-01-02'`],
    ['equals', 'sales.ordered_at', ['2024-01-02'], `ordered_at >= '2024-01-02' and ordered_at < '2024-01-03'`],
    ['equals', 'sales.ordered_at', ['2024-01-02T10:30:00'], `ordered_at = '2024-01-02 10:30:00+00'`],
    ['equals', 'sales.ordered_at', [null, '2024-01-02'], `ordered_at >= '2024-01-02' and ordered_at < '2024-01-03'`],
    [
      'in',
      'sales.ordered_at',
      ['2024-01-02', '2024-01-05'],
      `ordered_at >= '2024-01-02' and ordered_at < '2024-01-03' or ordered_at >= '2024-01-05' and ordered_at < '2024-01-06'`,
    ],
    ['notEquals', 'sales.ordered_at', ['2024-01-02'], `ordered_at < '2024-01-02' or ordered_at >= '2024-01-03'`],
    ['notEquals', 'sales.ordered_at', ['2024-01-02', null], `ordered_at < '2024-01-02' or ordered_at >= '2024-01-03'`],
    [
      'notIn',
      'sales.ordered_at',
      ['2024-01-02', '2024-01-03'],
      `ordered_at < '2024-01-02' or ordered_at >= '2024-01-04'`,
    ],
    ['gt', 'sales.ordered_at', ['2024-01-02'], `ordered_at >= '2024-01-03'`],
    ['gt', 'sales.ordered_at', ['2024-01-02T10:30:00'], `ordered_at > '2024-01-02 10:30:00+00'`],
    ['gte', 'sales.ordered_at', ['2024-01-02'], `ordered_at >= '2024-01-02'`],
    ['lt', 'sales.ordered_at', ['2024-01-02'], `ordered_at < '2024-01-02'`],
    ['lte', 'sales.ordered_at', ['2024-01-02'], `ordered_at < '2024-01-03'`],
  ])('%s on %s with %j agrees with SQL', async (operator, member, values, condition) => {
    expect(await where(operator, member, values)).toBe(await sqlCount(condition));
  });
});

test('a day is a day of the zone of the query, whichever operator names it', async () => {
  const berlin = `(ordered_at at time zone 'Europe/Berlin')::date`;
  for (const [operator, sign] of Object.entries({
    equals: '=',
    notEquals: '<>',
    gt: '>',
    gte: '>=',
    lt: '<',
    lte: '<=',
  })) {
    const filters = [{ member: 'sales.ordered_at', operator, values: ['2024-01-02'] }];
    const [row] = await shop.cube.load({ ...count, filters, timezone: 'Europe/Berlin' });
    const [expected] = await shop.sql(`select count(*)::int n from orders where ${berlin} ${sign} '2024-01-02'`);
    expect([operator, Number(row?.['sales.count'])]).toEqual([operator, expected?.['n']]);
  }
});

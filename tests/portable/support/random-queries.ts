import fc from 'fast-check';

/** Mostly sensible, so that many queries get past the guard; sometimes anything. */
export const mostly = <T>(sensible: fc.Arbitrary<T>, odd: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 19, arbitrary: sensible }, { weight: 1, arbitrary: odd });
const oddName = fc.constantFrom('sales.x', 'pay.total', '', 'a', '__proto__.x', 'sales.gifts', null, 1);
const oddValue = fc.oneof(fc.string(), fc.constantFrom('1e999', "'; --", '\u0000', 'infinity', '-1', true, null));
const measure = mostly(fc.constantFrom('sales.count', 'sales.revenue', 'sales.average'), oddName);
const dimension = mostly(fc.constantFrom('sales.status', 'sales.is_gift', 'sales.amount', 'sales.country'), oddName);
const leaf = fc.oneof(
  fc.record({
    member: fc.constantFrom('sales.amount', 'sales.revenue'),
    operator: mostly(fc.constantFrom('equals', 'notEquals', 'gt', 'lte', 'set'), fc.constant('toString')),
    values: mostly(
      fc.array(fc.oneof(fc.integer(), fc.double({ noNaN: true }).map(String)), { minLength: 1, maxLength: 1 }),
      fc.array(oddValue),
    ),
  }),
  fc.record({
    member: fc.constantFrom('sales.status', 'sales.country'),
    operator: fc.constantFrom('equals', 'notIn', 'contains', 'endsWith'),
    values: fc.array(mostly(fc.string(), oddValue), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    member: fc.constant('sales.ordered_at'),
    operator: fc.constantFrom('inDateRange', 'afterDate', 'beforeOrOnDate', 'onTheDate', 'equals', 'notEquals', 'lt'),
    values: fc.array(mostly(fc.constantFrom('2024-01-02', '2024-02-29T12:00:00', 'last 3 days'), oddValue), {
      minLength: 1,
      maxLength: 1,
    }),
  }),
);
const { filter } = fc.letrec((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
  ),
}));
export const query = fc.record(
  {
    measures: fc.array(measure, { minLength: 1, maxLength: 2 }),
    dimensions: fc.array(dimension, { maxLength: 2 }),
    segments: fc.constantFrom([], ['sales.gifts']),
    timeDimensions: fc.array(
      fc.record(
        {
          dimension: mostly(fc.constant('sales.ordered_at'), oddName),
          granularity: mostly(fc.constantFrom('day', 'month', 'half_day'), fc.constantFrom('x', null, 1)),
          dateRange: mostly(
            fc.constantFrom('last 3 months', 'today', ['2024-01-01', '2024-01-05']),
            fc.array(oddValue),
          ),
        },
        { requiredKeys: ['dimension'] },
      ),
      { maxLength: 2 },
    ),
    filters: fc.array(filter, { maxLength: 2 }),
    order: mostly(fc.constantFrom({}, { 'sales.count': 'desc' }, [['sales.count', 'asc']]), fc.jsonValue()),
    limit: mostly(fc.integer({ min: 0, max: 100 }), fc.oneof(fc.double(), fc.string())),
    offset: mostly(fc.nat(10), fc.double()),
    total: fc.boolean(),
    ungrouped: mostly(fc.constant(false), fc.boolean()),
    timezone: mostly(fc.constantFrom('UTC', 'Europe/Berlin'), fc.string()),
    responseFormat: mostly(fc.constantFrom('compact', 'columnar', 'default'), fc.string()),
  },
  { requiredKeys: ['measures'] },
);

/** A query in which one value, however deep, is something else. */
export const confused = fc.tuple(query, fc.jsonValue({ maxDepth: 3 }), fc.nat()).map(([sound, odd, place]) => {
  const copy = structuredClone(sound) as unknown;
  const places: (() => void)[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push(() => ((value as Record<string, unknown>)[key] = odd));
      visit((value as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  places[place % places.length]?.();
  return copy;
});

/** Several queries at once, some of which can be blended. */
export const several = fc.array(
  fc.tuple(query, fc.boolean()).map(([one, isBlended]) =>
    isBlended
      ? {
          ...one,
          timeDimensions: [
            { dimension: 'sales.ordered_at', granularity: 'day', dateRange: ['2024-01-01', '2024-01-05'] },
          ],
        }
      : one,
  ),
  { maxLength: 4 },
);

/** A query that compares periods. */
export const comparing = fc
  .tuple(query, fc.array(mostly(fc.constantFrom('last 3 days', ['2024-01-01', '2024-01-05']), oddValue)))
  .map(([one, ranges]) => ({
    ...one,
    timeDimensions: [{ dimension: 'sales.ordered_at', granularity: 'day', compareDateRange: ranges }],
  }));

/** A filter of so many levels, each an "and" or an "or" of so many branches. */
export const tree = (levels: number, branches: number, isAnd: boolean): object =>
  levels === 0
    ? { member: 'sales.status', operator: 'equals', values: ['open'] }
    : { [isAnd ? 'and' : 'or']: Array.from({ length: branches }, () => tree(levels - 1, branches, !isAnd)) };

/** What people try to get past a filter with. */
export const injections = [
  "' or '1'='1",
  "'; drop table orders; --",
  "open') or true --",
  "' union select person, amount::text from salaries --",
  '$1',
  '${{sales.email}}',
  '{CUBE}.email',
  '%',
  '_pen',
  '\\',
  "\\' or 1=1 --",
  '"sales"."email"',
  '$$',
  "E'\\x27'",
];

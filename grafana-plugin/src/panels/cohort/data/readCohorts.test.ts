import { createDataFrame, FieldType, type DataFrame } from '@grafana/data';
import type { CohortOptions } from '../options';
import { DataProblem } from './model';
import { LIMITS, readCohorts } from './readCohorts';

const january = Date.UTC(2026, 0, 1);
const february = Date.UTC(2026, 1, 1);

const long = (fields: Record<string, unknown[]>, units: Record<string, string> = {}): DataFrame =>
  createDataFrame({
    fields: Object.entries(fields).map(([name, values]) => ({
      name,
      type: /month$/.test(name) ? FieldType.time : undefined,
      config: { unit: units[name] },
      values,
    })),
  });

const read = (frames: DataFrame[], options: Partial<CohortOptions> = {}, timeZone = 'utc') =>
  readCohorts(frames, { measure: 'percent', ...options }, timeZone);

const problem = (frames: DataFrame[], options: Partial<CohortOptions> = {}): string => {
  try {
    read(frames, options);
  } catch (error) {
    if (error instanceof DataProblem) {
      return error.message;
    }
    throw error;
  }
  return 'none';
};

const payingView = long({
  cohort_month: [february, january, january, january],
  period: [0, 0, 1, 2],
  is_mature: [false, true, true, false],
  cohort_size: [50, 200, 200, 200],
  paying: [50, 200, 150, 140],
  retention_rate: [null, 1, 0.75, null],
  retention_low: [null, 0.981, 0.686, null],
  retention_high: [null, 1, 0.805, null],
  revenue_retention: [null, 1, 0.8, null],
});

test("reads Cube's view of paying cohorts by its member names", () => {
  const model = read([payingView]);
  expect(model.cohorts.map(({ label, size }) => [label, size])).toEqual([
    ['Jan 2026', 200],
    ['Feb 2026', 50],
  ]);
  expect(model.periods).toEqual([0, 1, 2]);
  expect([model.quantity, model.basis, model.periodName, model.notes]).toEqual(['share', 'customers', 'month', []]);
  const [first, second, third] = model.cohorts[0]?.cells ?? [];
  expect(second).toMatchObject({
    shown: 0.75,
    count: 150,
    size: 200,
    lower: 0.686,
    upper: 0.805,
    mature: true,
    row: 2,
  });
  expect(first?.mature).toBe(true);
  // Unfinished: the view gives no rate yet, the counts give the standing so far.
  expect(third).toMatchObject({ shown: 0.7, count: 140, mature: false, lower: null });
  expect(model.cohorts[1]?.cells).toHaveLength(3);
  expect(model.cohorts[1]?.cells[1]).toBeUndefined();
});

test('shows counts, and the revenue that is left', () => {
  expect(read([payingView], { measure: 'count' }).cohorts[0]?.cells.map((cell) => cell?.shown)).toEqual([
    200, 150, 140,
  ]);
  const revenue = read([payingView], { measure: 'revenue' });
  expect([revenue.quantity, revenue.basis]).toEqual(['share', 'money']);
  expect(revenue.cohorts[0]?.cells.map((cell) => cell?.shown)).toEqual([1, 0.8, null]);
  // Bounds of the customers' share are not those of the revenue's.
  expect(revenue.cohorts[0]?.cells[1]).toMatchObject({ lower: null, upper: null });
});

test('amounts are shares of the first period’s amount', () => {
  const frame = long(
    { cohort: ['A', 'A', 'B', 'B'], period: [0, 1, 0, 1], value: [1000, 1250.5, -3, 5] },
    { value: 'currencyUSD' }
  );
  const model = read([frame], { measure: 'revenue' });
  expect(model.quantity).toBe('amount');
  expect(model.cohorts[0]?.cells[1]).toMatchObject({ shown: 1250.5, share: 1.2505, weight: 1000 });
  // There is no share of a negative amount.
  expect(model.cohorts[1]?.cells[1]).toMatchObject({ shown: 5, share: null });
});

test.each([
  ['counts', [10, 4], undefined, 0.4],
  ['fractions', [1, 0.4], undefined, 0.4],
  ['percent of 100', [100, 40], 'percent', 0.4],
])('takes a field named value for %s by its numbers and unit', (_what, value, unit, share) => {
  const frame = long({ cohort: ['A', 'A'], period: [0, 1], size: [10, 10], value }, unit ? { value: unit } : {});
  expect(read([frame]).cohorts[0]?.cells[1]?.share).toBeCloseTo(share, 12);
});

test('reads the wide form; empty cells are periods not reached', () => {
  const frame = long({ Plan: ['Monthly', 'Yearly'], 'Month 0': [80, 40], 'Month 1': [60, 39], 'Month 2': [50, null] });
  const model = read([frame]);
  expect(model.periods).toEqual([0, 1, 2]);
  expect(model.cohorts.map(({ size, cells }) => [size, ...cells.map((cell) => cell?.share)])).toEqual([
    [80, 1, 0.75, 0.625],
    [40, 1, 0.975, undefined],
  ]);
});

test('puts several frames together', () => {
  const part = (cohort: string) =>
    long({ cohort: [cohort, cohort], period: [0, 1], size: [10, 10], retained: [10, 5] });
  expect(read([part('A'), part('B'), createDataFrame({ fields: [] })]).cohorts.map(({ label }) => label)).toEqual([
    'A',
    'B',
  ]);
});

test('names months by the zone that they begin in, whatever zone the dashboard has', () => {
  expect(read([payingView], {}, 'America/New_York').cohorts[0]?.label).toBe('Jan 2026');
  const newYork = long({ cohort_month: [january + 5 * 3_600_000], period: [0], size: [1], retained: [1] });
  expect(read([newYork], {}, 'America/New_York').cohorts[0]?.label).toBe('Jan 2026');
});

test('weekly and yearly cohorts are named by their day and year', () => {
  const days = (values: number[]) =>
    read([
      long({
        cohort_month: values,
        period: values.map(() => 0),
        size: values.map(() => 1),
        retained: values.map(() => 1),
      }),
    ]);
  const weeks = days([Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 12)]);
  expect([weeks.cohorts[0]?.label, weeks.periodName]).toEqual(['2026-01-05', 'week']);
  const years = days([Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1)]);
  expect([years.cohorts[0]?.label, years.periodName]).toEqual(['2025', 'year']);
});

test('a field chosen in the options comes before the names', () => {
  const frame = long({ cohort: ['A', 'A'], period: [0, 1], size: [10, 10], retained: [10, 5], kept: [10, 8] });
  expect(read([frame], { fields: { retained: 'kept' } }).cohorts[0]?.cells[1]?.share).toBe(0.8);
});

test('leaves out rows without a cohort or with a period below 0, and says so', () => {
  const frame = long({ cohort: ['A', null, 'A'], period: [0, 1, -1], size: [10, 10, 10], retained: [10, 5, 4] });
  const { cohorts, notes } = read([frame]);
  expect(cohorts).toHaveLength(1);
  expect(notes[0]).toBe('2 rows without a cohort or with a period below 0 left out.');
});

test('negative, impossible and huge numbers are told, not computed with', () => {
  const frame = long({
    cohort: ['A', 'B', 'C', 'D'],
    period: [0, 0, 0, 0],
    size: [-5, 10, 10, 1e308],
    retained: [1, -2, 11, 1e308],
  });
  const { cohorts, notes } = read([frame]);
  expect(cohorts.map(({ cells }) => cells[0]?.share)).toEqual([null, null, 1.1, 1]);
  expect(notes[0]).toMatch(/^3 rows with a negative size or count/);
});

test.each<[string, DataFrame[], Partial<CohortOptions>, RegExp]>([
  ['no frames', [], {}, /^There is no data/],
  ['an empty frame', [createDataFrame({ fields: [] })], {}, /^There is no data/],
  ['no cohort', [long({ cpu: [1, 2] })], {}, /^There is no cohort: .*Give one row for each cohort and period/],
  ['no period', [long({ cohort: ['A'], size: [3], retained: [3] })], {}, /^There is no period/],
  ['nothing to show', [long({ cohort: ['A'], period: [0], name: ['x'] })], {}, /^There is nothing to show/],
  ['counts without a size', [long({ cohort: ['A'], period: [0], retained: [3] })], {}, /needs the size of the cohort/],
  [
    'no revenue',
    [payingView, payingView].slice(0, 1),
    { measure: 'revenue', fields: { revenueShare: 'nope' } },
    /"nope", chosen as revenueShare, is not in the data. There are: cohort_month/,
  ],
  [
    'a chosen field of the wrong type',
    [long({ cohort: ['A'], period: [0], size: [1], x: ['y'] })],
    { fields: { retained: 'x' } },
    /"x", chosen as retained, holds strings/,
  ],
  [
    'a divided cell',
    [long({ cohort: ['A', 'A'], period: [0, 0], size: [1, 1], retained: [1, 1] })],
    {},
    /^A has more than one row for period 0: another field divides it/,
  ],
  ['only impossible rows', [long({ cohort: ['A'], period: [-1], size: [1], retained: [1] })], {}, /^No row has both/],
])('says what is wrong with %s', (_what, frames, options, words) => {
  expect(problem(frames, options)).toMatch(words);
});

test('says that there is too much', () => {
  const many = LIMITS.periods + 1;
  const periods = long({
    cohort: Array.from({ length: many }, () => 'A'),
    period: Array.from({ length: many }, (_, k) => k),
    size: Array.from({ length: many }, () => 1),
    retained: Array.from({ length: many }, () => 1),
  });
  expect(problem([periods])).toMatch(/^1,001 periods are more/);
  const rows = createDataFrame({ fields: [] });
  rows.length = LIMITS.rows + 1;
  expect(problem([rows])).toMatch(/^500,001 rows are more/);
});

test('reads 10,000 cohorts', () => {
  const index = Array.from({ length: 130_000 }, (_, row) => row);
  const frame = long({
    cohort: index.map((row) => `c${Math.floor(row / 13)}`),
    period: index.map((row) => row % 13),
    size: index.map(() => 100),
    retained: index.map((row) => 100 - (row % 13)),
  });
  const { cohorts } = read([frame]);
  expect(cohorts).toHaveLength(10_000);
  expect(cohorts[9_999]?.cells[12]?.share).toBe(0.88);
});

import { expect, jest, test } from '@jest/globals';
import { studentQuantile } from './oracle/statistics.ts';
import { migratedDatabase } from '../support/migrated-database.ts';

jest.setTimeout(60_000);

const db = migratedDatabase();

async function value(call: string, values: unknown[]): Promise<unknown> {
  const { rows } = await db.client.query<{ value: unknown }>(`select reporting.${call} as value`, values);
  return rows[0]?.value;
}

// Weeks of remission of children with leukaemia (Freireich et al. 1963); those below 0 were still in remission.
const treated = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];
const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];

test.each([
  ['the published median with treatment', treated, 0.5, 23],
  ['its quartile', treated, 0.25, 13],
  ['what the curve does not come to', treated, 0.9, null],
  ['the published median without', placebo, 0.5, 8],
  ['a share that the curve meets exactly', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
  ['an event at the time of a loss', [5, -5], 0.5, 5],
  ['only losses', [-1, -2], 0.5, null],
  ['nothing', [], 0.5, null],
])('Kaplan-Meier: %s', async (_what, weeks, share, expected) => {
  const durations = weeks.map(Math.abs);
  const isEvent = weeks.map((week) => week > 0);
  expect(await value('survival_quantile($1, $2, $3)', [durations, isEvent, share])).toBe(expected);
});

test('average precision weighs precision by the recall that it adds, ties together', async () => {
  const probabilities = [0.9, 0.8, 0.8, 0.3, 0.1];
  const call = 'average_precision($1, $2)';
  // 1 of 1 found with the first third, 2 of 3 with the second, 3 of 5 with the last.
  expect(await value(call, [probabilities, [true, true, false, false, true]])).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 3, 12);
  expect(await value(call, [probabilities, [true, true, true, true, true]])).toBe(1);
  expect(await value(call, [probabilities, [false, false, false, false, false]])).toBeNull();
  expect(await value(call, [[], []])).toBeNull();
});

test('the lift takes a tenth of the rows, and of ties at its border a part', async () => {
  const call = 'top_decile_lift($1, $2)';
  const rows = Array.from({ length: 20 }, (_, i) => 1 - i / 100);
  const events = (...at: number[]) => rows.map((_, i) => at.includes(i));
  // Two rows of twenty: one of two events is there.
  expect(await value(call, [rows, events(1, 7)])).toBeCloseTo(1 / 2 / (2 / 20), 12);
  // The second place is shared by two, of whom one is an event.
  const tied = rows.map((row, i) => (i === 2 ? (rows[1] ?? 0) : row));
  expect(await value(call, [tied, events(1, 7)])).toBeCloseTo(1 / 2 / 2 / (2 / 20), 12);
  expect(await value(call, [rows, events()])).toBeNull();
  expect(await value(call, [rows.slice(0, 9), events(0).slice(0, 9)])).toBeNull();
});

// Tables of Student's t (Abramowitz and Stegun, table 26.10).
test.each([
  [0.975, 1, 12.706204736],
  [0.975, 2, 4.30265273],
  [0.975, 9, 2.262157163],
  [0.975, 28, 2.048407142],
  [0.95, 5, 2.015048373],
  [0.995, 10, 3.169272673],
  [0.9995, 3, 12.923978637],
  [0.025, 19, -2.093024054],
  [0.5, 7, 0],
  [0.975, 1e6, 1.959966],
])("Student's t below which %p lies with %p degrees of freedom", async (p, degrees, expected) => {
  expect(await value('student_t_quantile($1, $2)', [p, degrees])).toBeCloseTo(expected, 6);
});

test.each([6.5, 9.3, 17.77, 27.999, 120.25])(
  'with %p degrees of freedom it is what integration gives',
  async (degrees) => {
    expect(await value('student_t_quantile(0.975, $1)', [degrees])).toBeCloseTo(studentQuantile(0.975, degrees), 8);
  },
);

test.each([
  [0, 5],
  [1, 5],
  [0.5, 0],
])('it has none for a probability of %p with %p degrees of freedom', async (p, degrees) => {
  await expect(value('student_t_quantile($1, $2)', [p, degrees])).rejects.toThrow('has no quantile');
});

// Student's sleep data: t = -1.8608 with 17.776 degrees of freedom, 95% from -3.3654832 to 0.2054832 (R's t.test).
const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

test.each([
  [drug1, drug2, -1, -3.3654832],
  [drug1, drug2, 0, -1.58],
  [drug1, drug2, 1, 0.2054832],
  [[4, 4, 4], [6, 6], 1, -2],
])("Welch's interval of %j less %j, side %p", async (a, b, side, expected) => {
  expect(await value('welch_bound($1, $2, $3)', [a, b, side])).toBeCloseTo(expected, 7);
});

test.each([
  [[1], [2, 3]],
  [[], [2, 3]],
  [null, [2, 3]],
])("Welch's interval needs two numbers on each side: %j, %j", async (a, b) => {
  expect(await value('welch_bound($1, $2, 1)', [a, b])).toBeNull();
});

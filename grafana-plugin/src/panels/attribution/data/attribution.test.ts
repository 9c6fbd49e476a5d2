import { readAttribution, type Attribution } from './attribution';
import { evaluate } from './evaluate';
import { frameOf } from './testFrames';

function read(...args: Parameters<typeof readAttribution>): Required<Attribution>['channels'] {
  const attribution = readAttribution(...args);
  if (typeof attribution === 'string' || !attribution.channels) {
    throw new Error(`no channels: ${JSON.stringify(attribution)}`);
  }
  return attribution.channels;
}

const wide = frameOf({
  channel: ['ads', 'email', '(unattributed)'],
  first_touch: [10, 2, 3],
  linear: [7.5, 4.5, 3],
  spend: [500, 90, null],
  cac_linear: [66.67, 20, null],
  value: [800, 90, 60],
});

test('reads a field per model, in the usual order of models', () => {
  const { rows, models } = read([wide], {});
  expect(models).toEqual([
    { id: 'first_touch', title: 'First touch' },
    { id: 'linear', title: 'Linear' },
  ]);
  expect(rows.map(({ name, values }) => [name, values.get('credit:linear'), values.get('spend')])).toEqual([
    ['ads', 7.5, 500],
    ['email', 4.5, 90],
    ['(unattributed)', 3, null],
  ]);
});

test('takes what is given and works out the rest', () => {
  const [ads, email, none] = read([wide], {}).rows;
  expect(evaluate(ads, 'cac', 'linear')).toBe(66.67);
  expect(evaluate(ads, 'cac', 'first_touch')).toBe(50);
  expect(evaluate(ads, 'roas', 'linear')).toBe(1.6);
  expect(evaluate(ads, 'roi', 'linear')).toBe(0.6);
  expect(evaluate(email, 'roi', 'linear')).toBe(0);
  expect(evaluate(none, 'roi', 'linear')).toBeNull();
  expect(evaluate(none, 'cac', 'first_touch')).toBeNull();
  expect(evaluate(ads, 'ltv', 'linear')).toBeNull();
});

test('adds up a row for all: sums, and ratios of sums', () => {
  const { total } = read([wide, frameOf({ conversions: [15] })], {});
  expect(evaluate(total, 'credit', 'first_touch')).toBe(15);
  expect(evaluate(total, 'spend', 'linear')).toBe(590);
  expect(evaluate(total, 'cac', 'linear')).toBeCloseTo(590 / 15, 12);
  expect(evaluate(total, 'roas', 'linear')).toBeCloseTo(950 / 590, 12);
  expect(evaluate(total, 'conversions', 'linear')).toBe(15);
});

test('does not add up conversions, which count a customer in every channel', () => {
  const { total } = read([frameOf({ channel: ['a', 'b'], linear: [1, 1], conversions: [2, 2] })], {});
  expect(evaluate(total, 'conversions', 'linear')).toBeNull();
});

test('reads a row per channel and model, taking the spend once', () => {
  const long = frameOf({
    channel: ['ads', 'ads', 'email', 'email'],
    model: ['First touch', 'My model', 'First touch', 'My model'],
    credit: [10, 4, 2, 8],
    value: [100, 40, 20, 80],
    spend: [500, 500, 90, 90],
  });
  const { rows, models } = read([long], {});
  expect(models).toEqual([
    { id: 'first_touch', title: 'First touch' },
    { id: 'my_model', title: 'My model' },
  ]);
  const [ads, email] = rows;
  expect([evaluate(ads, 'credit', 'my_model'), evaluate(ads, 'spend', 'my_model')]).toEqual([4, 500]);
  expect([evaluate(email, 'value', 'first_touch'), evaluate(email, 'value', 'my_model')]).toEqual([20, 80]);
  expect(ads.sources).toEqual([0, 1]);
});

test('puts rows of one name together and works ratios out anew', () => {
  const monthly = frameOf({
    channel: ['ads', 'email', 'ads'],
    linear: [2, 5, 6],
    spend: [100, 10, 300],
    cac: [50, 2, 50],
    is_mature: [true, true, false],
  });
  const [ads, email] = read([monthly], {}).rows;
  expect([evaluate(ads, 'credit', 'linear'), evaluate(ads, 'cac', 'linear'), ads.mature]).toEqual([8, 50, false]);
  expect([evaluate(email, 'cac', 'linear'), email.mature]).toEqual([2, true]);
});

test('names campaigns with their channel, and channels by choice', () => {
  const frame = frameOf({
    channel: ['ads', 'ads'],
    campaign: ['spring', null],
    linear: [1, 2],
    status: ['active', 'paused'],
  });
  expect(read([frame], {}).rows).toMatchObject([
    { name: 'spring', group: 'ads', status: 'active' },
    { name: '(no campaign)', group: 'ads', status: 'paused' },
  ]);
  expect(read([frame], { name: 'channel' }).rows).toMatchObject([{ name: 'ads', sources: [0, 1] }]);
});

test('takes chosen fields before known names', () => {
  const frame = frameOf({ region: ['n', 's'], kunden: [3, 4], kosten: [9, 8], linear: [1, 1] });
  const { rows, models } = read([frame], { name: 'region', credits: ['kunden'], spend: 'kosten' });
  expect(models).toEqual([{ id: 'kunden', title: 'kunden' }]);
  expect(rows.map((row) => [row.name, evaluate(row, 'credit', 'kunden'), evaluate(row, 'spend', 'kunden')])).toEqual([
    ['n', 3, 9],
    ['s', 4, 8],
  ]);
});

test('takes a single credit of no named model', () => {
  expect(read([frameOf({ channel: ['a'], credit: [5] })], {}).models).toEqual([{ id: 'credit', title: 'credit' }]);
});

test('tells undefined numbers from 0', () => {
  const [row] = read([frameOf({ channel: ['a'], linear: [NaN], spend: [Infinity] })], {}).rows;
  expect([...row.values]).toEqual([
    ['credit:linear', null],
    ['spend', null],
  ]);
});

test.each([
  [[], 'The query gave no data.'],
  [[frameOf({ time: [1], mrr: [2] })], 'no text field'],
  [[frameOf({ lab: ['x'], tests: [2] })], 'no number field with the credit of a model'],
  [[frameOf({ channel: [], linear: [] }, {})], 'no text field'],
])('says what is wrong with %#', (frames, expected) => {
  expect(readAttribution(frames, {})).toContain(expected);
});

test('says when there are no rows', () => {
  const empty = frameOf({ channel: ['a'], linear: [1] });
  const none = { ...empty, length: 0, fields: empty.fields.map((field) => ({ ...field, values: [] })) };
  expect(readAttribution([none], {})).toContain('no rows');
});

test('names the first fields of a wide frame only', () => {
  const columns = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, [1]]));
  expect(readAttribution([frameOf(columns)], {})).toContain('f11 (number) and 8 more.');
});

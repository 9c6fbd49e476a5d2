import { colorManipulator, createTheme, MappingType } from '@grafana/data';
import { blend, differenceColor, textOn } from './colors';
import { averages } from './data/averages';
import { compareWithBenchmark } from './data/benchmark';
import { describeAverage, describeCell } from './data/describe';
import { createFormats, points } from './format';
import { modelOf, type Standing } from './testSupport';

const theme = createTheme();
const standings: Standing[] = [
  { cohort: 'Jan', size: 1500, retained: [1500, 900, 700], unfinished: 1 },
  { cohort: 'Feb', size: 1600, retained: [1600, 600] },
];

test('shares are percent with one decimal; counts and sizes have separators', () => {
  const formats = createFormats(modelOf(standings), theme, 'utc');
  expect([formats.shown(0.42857).text, formats.share(1), formats.size(1500), formats.noValue]).toEqual([
    '42.9%',
    '100.0%',
    '1,500',
    '–',
  ]);
  expect(createFormats(modelOf(standings, 'count'), theme, 'utc').shown(900).text).toBe('900');
});

test('unit, decimals, mappings and the word for no value come from the field', () => {
  const formats = createFormats(
    modelOf(standings, 'percent', {
      unit: 'percent',
      decimals: 0,
      noValue: 'none',
      mappings: [{ type: MappingType.ValueToText, options: { '100': { text: 'all' } } }],
    }),
    theme,
    'utc'
  );
  expect([formats.shown(0.4286).text, formats.shown(1).text, formats.noValue]).toEqual(['43%', 'all', 'none']);
});

test('colours follow the scheme over the range of the shown values', () => {
  const formats = createFormats(modelOf(standings, 'count', { color: { mode: 'continuous-RdYlGr' } }), theme, 'utc');
  const [least, most] = [formats.shown(600), formats.shown(1600)].map(({ style: { backgroundColor: background } }) =>
    colorManipulator.asHexString(background)
  );
  expect(least).toBe(
    colorManipulator.asHexString(colorManipulator.asRgbString(theme.visualization.getColorByName('red')))
  );
  expect(most).toBe(
    colorManipulator.asHexString(colorManipulator.asRgbString(theme.visualization.getColorByName('green')))
  );
});

test('text reads on every colour', () => {
  for (const background of ['#ffffff', '#000000', '#777777', 'rgb(255, 0, 0)', '#fde725', '#440154', '#21918c']) {
    expect(colorManipulator.getContrastRatio(textOn(background), background)).toBeGreaterThanOrEqual(4.5);
  }
});

test('differences are signed points, stronger in colour the larger they are', () => {
  expect([points(0.0534), points(-0.0534), points(0.0004), points(-0.0004)]).toEqual(['+5.3', '−5.3', '±0.0', '±0.0']);
  expect(blend('#ffffff', '#000000', 0.5)).toBe('rgb(128, 128, 128)');
  const { primary } = theme.colors.background;
  const distance = (difference: number) =>
    colorManipulator.getContrastRatio(differenceColor(difference, 0.2, theme), primary);
  expect(distance(0)).toBe(1);
  expect(distance(0.2)).toBeGreaterThan(distance(0.1));
});

test('a cell is told with its counts, interval and comparison', () => {
  const model = modelOf(standings);
  const formats = createFormats(model, theme, 'utc');
  const totals = averages(model);
  const benchmark = compareWithBenchmark(model, 1);
  const describe = (cohort: number, period: number) =>
    describeCell(model, formats, { cohort, period }, totals[period], benchmark);
  expect(describe(0, 1)).toEqual({
    title: 'Jan, period 1',
    lines: [
      { name: 'Retention', value: '60.0%' },
      { name: 'Customers', value: '900 of 1,500' },
      // Wilson, by statsmodels: 0.574983 to 0.624506.
      { name: '95% interval', value: '57.5% to 62.5%' },
      { name: 'All others', value: '37.5%' },
      { name: 'Difference', value: '+22.5 points' },
      // Newcombe, by statsmodels: 0.190336 to 0.258881.
      { name: 'Its 95% interval', value: '+19.0 to +25.9' },
      { name: 'Adjusted p', value: 'under 0.001, above' },
    ],
  });
  expect(describe(0, 2)?.lines).toEqual([
    { name: 'Retention', value: '46.7%' },
    { name: 'Customers', value: '700 of 1,500' },
    { name: 'Unfinished', value: 'this period has not ended' },
  ]);
  expect(describe(1, 2)).toBeUndefined();
  const [, average] = totals;
  expect(average && describeAverage(model, formats, 1, average).lines).toEqual([
    { name: 'Retention', value: '48.4%' },
    { name: 'Customers', value: '3,100' },
    { name: 'Cohorts that have ended it', value: '2' },
  ]);
});

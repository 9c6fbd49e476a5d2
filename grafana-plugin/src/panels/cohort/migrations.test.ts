import { migrateOptions } from './migrations';
import { defaultOptions } from './options';

test('options that are missing or no options at all become the defaults', () => {
  for (const options of [{}, undefined, null, 'heatmap', []]) {
    expect(migrateOptions({ options })).toEqual({ ...defaultOptions, fields: {} });
  }
});

test('usable options stay, unusable ones take their default, unknown ones go', () => {
  const options = {
    view: 'lines',
    measure: 'euros',
    benchmarkPeriod: 6,
    sortPeriod: -1,
    frozenColumns: 7,
    showSize: false,
    descending: 'yes',
    fields: { cohort: 'Month', period: 3, colour: 'red', size: '' },
    palette: 'hot',
  };
  expect(migrateOptions({ options })).toEqual({
    ...defaultOptions,
    view: 'lines',
    benchmarkPeriod: 6,
    frozenColumns: 2,
    showSize: false,
    fields: { cohort: 'Month' },
  });
});

import { adHocFilters, tagDimension, tagKeys, withFilter } from './adHoc';
import type { Meta } from './meta';
import { emptyQuery, type CubeQuery } from './query';

const meta: Meta = {
  views: [
    {
      name: 'labs',
      title: 'Labs',
      measures: [],
      dimensions: [
        { name: 'labs.lab_name', title: 'Lab', shortTitle: 'Lab', type: 'string' },
        { name: 'labs.state', title: 'State', shortTitle: 'State', type: 'string' },
        { name: 'labs.date', title: 'Date', shortTitle: 'Date', type: 'time' },
      ],
      segments: [],
    },
    {
      name: 'revenue',
      title: 'Revenue',
      measures: [],
      dimensions: [{ name: 'revenue.state', title: 'State', shortTitle: 'State', type: 'string' }],
      segments: [],
    },
  ],
};
const query: CubeQuery = { ...emptyQuery, refId: 'A', view: 'revenue' };

test('a dashboard is filtered by the dimensions of the views that it asks', () => {
  expect(tagKeys(meta)).toEqual([
    { value: 'lab_name', text: 'Lab' },
    { value: 'state', text: 'State' },
  ]);
  expect(tagKeys(meta, [query])).toEqual([{ value: 'state', text: 'State' }]);
});

test('values come from an asked view where it has the dimension', () => {
  expect(tagDimension(meta, 'state', [query])).toBe('revenue.state');
  expect(tagDimension(meta, 'state')).toBe('labs.state');
  expect(tagDimension(meta, 'lab_name', [query])).toBe('labs.lab_name');
  expect(tagDimension(meta, 'nothing')).toBeUndefined();
});

test('several values stay several', () => {
  expect(
    adHocFilters([
      { key: 'state', operator: '=|', value: 'NY', values: ['NY', 'CA, the'] },
      { key: 'state', operator: '=~', value: 'N.*' },
    ])
  ).toEqual([
    { key: 'state', operator: '=|', values: ['NY', 'CA, the'] },
    { key: 'state', operator: '=~', values: ['N.*'] },
  ]);
  expect(adHocFilters()).toEqual([]);
});

test('a cell that was clicked becomes a filter, the last click deciding', () => {
  const [, revenue] = meta.views;
  const click = (from: CubeQuery, type: string, value: string) =>
    withFilter(from, revenue!, { type, options: { key: 'State', value } });
  const once = click(query, 'ADD_FILTER', 'NY');
  expect(once.filters).toEqual([{ member: 'revenue.state', operator: 'equals', values: ['NY'] }]);
  expect(click(once, 'ADD_FILTER_OUT', 'CA').filters).toEqual([
    { member: 'revenue.state', operator: 'notEquals', values: ['CA'] },
  ]);
  expect(click(query, 'SOMETHING', 'CA')).toBe(query);
});

import { againstDimension, againstFilter, againstMeasure, orderable } from './compatibility';
import type { Member, View } from './meta';
import { groupedOptions, isFound, memberOptions, withChosen } from './options';
import { emptyQuery, type CubeQuery } from './query';

const member = (name: string, part: Partial<Member> = {}): Member => ({
  name,
  title: name,
  shortTitle: name.slice(2),
  ...part,
});
const view: View = {
  name: 'v',
  title: 'View',
  measures: [member('v.count', { type: 'number', unit: 'tests' }), member('v.best', { type: 'string' })],
  dimensions: [
    member('v.name', { type: 'string' }),
    member('v.day', { type: 'time' }),
    member('v.lookback', { type: 'number', selector: true }),
  ],
  segments: [],
};
const other: View = { ...view, name: 'w', title: 'Other', measures: [member('w.sum')] };
const query = (part: Partial<CubeQuery>): CubeQuery => ({ ...emptyQuery, refId: 'A', view: 'v', ...part });
const [count, best] = view.measures as [Member, Member];
const [name, day, lookback] = view.dimensions as [Member, Member, Member];

test('text is no series', () => {
  expect(againstMeasure(query({ format: 'time_series' }), best)).toContain('in a table only');
  expect(againstMeasure(query({ format: 'time_series' }), count)).toBeUndefined();
  expect(againstMeasure(query({ format: 'table' }), best)).toBeUndefined();
});

test('the time column is no second dimension', () => {
  const byMonth = query({ timeDimension: { dimension: 'v.day', granularity: 'month' } });
  expect(againstDimension(byMonth, day)).toContain('already');
  expect(againstDimension(byMonth, name)).toBeUndefined();
  expect(againstDimension(query({ timeDimension: { dimension: 'v.day' } }), day)).toBeUndefined();
});

test('an “any of” mixes neither kinds nor choices', () => {
  const onName = { member: 'v.name', operator: 'set' as const };
  expect(againstFilter(view, [onName], true, count)).toContain('cannot mix');
  expect(againstFilter(view, [onName], true, name)).toBeUndefined();
  expect(againstFilter(view, [onName], false, count)).toBeUndefined();
  expect(againstFilter(view, [], true, lookback)).toContain('by itself');
  expect(againstFilter(view, [], false, lookback)).toBeUndefined();
});

test('rows are ordered by what is selected', () => {
  const selected = query({ measures: ['v.count'], dimensions: ['v.gone'], timeDimension: { dimension: 'v.day' } });
  expect(orderable(selected, view).map((one) => one.name)).toEqual(['v.count', 'v.gone']);
});

test('members of other views are found by title, greyed with the reason', () => {
  const groups = groupedOptions({ views: [view, other] }, view, 'measures', memberOptions(view.measures));
  expect(groups.map(({ label }) => label)).toEqual(['View', 'Other']);
  expect(groups[0]?.options[0]).toEqual({ value: 'v.count', label: 'count (tests)', description: undefined });
  expect(groups[1]?.options[0]).toEqual({
    value: 'w.sum',
    label: 'sum',
    description: 'In the view “Other”: a query asks one view',
    isDisabled: true,
  });
});

test('what the model lacks stays among the options', () => {
  expect(withChosen(memberOptions(view.measures), ['v.gone']).at(-1)).toMatchObject({
    value: 'v.gone',
    description: 'Not in the model',
  });
});

test('members are found by title and name, not by the name of their view', () => {
  const option = { value: 'lab_tests.date_of_order', label: 'Ordered on' };
  expect(['ordered', ' Date_of', 'on'].map((text) => isFound(option, text))).toEqual([true, true, true]);
  expect(isFound(option, 'lab')).toBe(false);
});

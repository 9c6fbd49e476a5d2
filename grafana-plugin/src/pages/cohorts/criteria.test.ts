import { areDisjoint, criteriaFromText, criteriaToText, fromFilters, inWords, toFilters } from './criteria';

test('criteria survive the address', () => {
  const criteria = { state: ['OH', 'TX'], channel: ['seo & co'] };
  expect(criteriaFromText(criteriaToText(criteria) ?? null)).toEqual(criteria);
  expect(criteriaToText({ state: [] })).toBeUndefined();
});

test.each([
  null,
  '',
  '{',
  '[]',
  '"x"',
  'null',
  '{"as_of":["2025"]}',
  '{"state":"OH"}',
  '{"state":[1]}',
  '{"state":[]}',
])('the address %s chooses everybody', (text) => {
  expect(criteriaFromText(text)).toEqual({});
});

test('an overlong address chooses everybody', () => {
  expect(criteriaFromText(JSON.stringify({ state: ['x'.repeat(4_000)] }))).toEqual({});
});

test('filters name the members of the kind, and come back', () => {
  const filters = toFilters('sign_up', { state: ['OH'], payer_type: [], channel: ['seo', 'ads'] });
  expect(filters).toEqual([
    { member: 'cohorts_by_sign_up.state', operator: 'equals', values: ['OH'] },
    { member: 'cohorts_by_sign_up.channel', operator: 'equals', values: ['seo', 'ads'] },
  ]);
  expect(fromFilters(filters)).toEqual({ state: ['OH'], channel: ['seo', 'ads'] });
  expect(inWords(filters)).toBe('state OH · channel seo, ads');
});

test('filters that the builder cannot show are told apart', () => {
  const inOhio = { member: 'cohorts_paying.state', operator: 'equals' as const, values: ['OH'] };
  expect(fromFilters([{ or: [inOhio] }])).toBeUndefined();
  expect(fromFilters([{ ...inOhio, operator: 'notEquals' }])).toBeUndefined();
  expect(fromFilters([inOhio, inOhio])).toBeUndefined();
  expect(fromFilters([{ ...inOhio, member: 'cohorts_paying.cohort_month' }])).toBeUndefined();
  expect(inWords([{ or: [inOhio, { ...inOhio, operator: 'notEquals', values: ['TX'] }] }])).toBe(
    'state OH / state notEquals TX'
  );
});

test('two groups are disjoint when a dimension has no value in common', () => {
  expect(areDisjoint({ state: ['OH'] }, { state: ['TX', 'NY'] })).toBe(true);
  expect(areDisjoint({ state: ['OH', 'NY'] }, { state: ['TX', 'NY'] })).toBe(false);
  expect(areDisjoint({ state: ['OH'] }, { channel: ['seo'] })).toBe(false);
  expect(areDisjoint({}, {})).toBe(false);
});

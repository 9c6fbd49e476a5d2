import { isNamed, normalise, recognise } from './names';

test.each([
  ['attribution.first_touch', 'first_touch'],
  ['Conversions, first touch', 'conversions_first_touch'],
  ['  CAC (linear) ', 'cac_linear'],
  ['v1.2 cost', 'v1_2_cost'],
  ['Größe', 'größe'],
])('normalises %p', (name, expected) => {
  expect(normalise(name)).toBe(expected);
});

test.each([
  ['first_touch', { measure: 'credit', model: 'first_touch' }],
  ['Conversions, time decay', { measure: 'credit', model: 'time_decay' }],
  ['cac_position_based', { measure: 'cac', model: 'position_based' }],
  ['LTV realised, linear', { measure: 'ltv', model: 'linear' }],
  ['roi_linear_lower', { measure: 'roi_lower', model: 'linear' }],
  ['roi_lower_shapley', { measure: 'roi_lower', model: 'shapley' }],
  ['attribution.spend', { measure: 'spend' }],
  ['Cost', { measure: 'spend' }],
  ['credit', { measure: 'credit' }],
])('recognises %p', (name, expected) => {
  expect(recognise(name)).toEqual(expected);
});

test.each(['nonlinear', 'toString', 'constructor', 'mrr', '', 'first touch of paid search'])(
  'does not know %p',
  (name) => {
    expect(recognise(name)).toBeUndefined();
  }
);

test('knows parts by their usual names', () => {
  expect(isNamed('attribution.Campaign_Name', 'campaign')).toBe(true);
  expect(isNamed('campaign', 'channel')).toBe(false);
});

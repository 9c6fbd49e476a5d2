import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type DataSet, openFixture } from '../conformance/support/data-sets.ts';

jest.setTimeout(180_000);

let set: DataSet;
beforeAll(async () => {
  set = await openFixture('UTC');
});
afterAll(() => set.stop());

const name = (member: string) => `churn_risk.${member}`;
const query = (dimensions: string[]) => ({ measures: [name('scored_customers')], dimensions: dimensions.map(name) });
const fixtureId = (n: number) =>
  n
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

test('what may help is the first proposal that reveals no genotype, and nothing for those held out', async () => {
  const rows = await set.cube.load(query(['customer_id', 'intervention', 'is_hold_out']), 'clinical');
  const byId = new Map(rows.map((row) => [row[name('customer_id')], row]));
  const shown = (n: number) => byId.get(fixtureId(n))?.[name('intervention')];
  // Every third has a call after the app; the one after each, the app alone; multiples of ten are held out.
  expect([shown(3), shown(9), shown(4), shown(6), shown(2), shown(30)]).toEqual([
    'Call',
    'Call',
    null,
    'Call',
    null,
    null,
  ]);
  expect(byId.get(fixtureId(30))?.[name('is_hold_out')]).toBe(true);
});

describe('who sees', () => {
  const sees: Record<string, readonly string[]> = {
    customer_id: ['clinical', 'executive', 'operations'],
    genotype: ['clinical', 'data_steward'],
    factors: ['clinical', 'executive', 'operations'],
    intervention: ['clinical', 'executive', 'operations'],
    risk_level: ['clinical', 'executive', 'operations', 'data_steward', 'analyst', 'on_call'],
    plan: ['clinical', 'executive', 'operations', 'data_steward', 'analyst'],
  };
  const roles = ['executive', 'operations', 'marketing', 'clinical', 'analyst', 'payer', 'on_call', 'data_steward'];

  test.each(Object.keys(sees))('%s', async (member) => {
    const allowed: string[] = [];
    for (const role of roles) {
      const { status } = await set.cube.post('load', { query: query([member]) }, set.cube.token(role));
      expect([200, 403]).toContain(status);
      if (status === 200) allowed.push(role);
    }
    expect(allowed.sort()).toEqual([...(sees[member] ?? [])].sort());
  });

  test('a hidden member cannot be reached through a filter', async () => {
    const filtered = {
      ...query(['risk_level']),
      filters: [{ member: name('genotype'), operator: 'equals', values: ['MZ'] }],
    };
    const { status } = await set.cube.post('load', { query: filtered }, set.cube.token('executive'));
    expect(status).toBe(403);
  });
});

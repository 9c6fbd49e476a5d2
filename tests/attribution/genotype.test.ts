import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openFixture, type DataSet } from '../conformance/support/data-sets.ts';

jest.setTimeout(120_000);

let set: DataSet;
beforeAll(async () => {
  set = await openFixture('UTC');
});
afterAll(() => set.stop());

const splitsOf = async (view: string, role: string, filters: object[] = []) => {
  const query = { dimensions: [`${view}.split`], measures: [`${view}.cohort_size`], filters };
  const rows = await set.cube.load(query, role);
  return rows.map((row) => row[`${view}.split`]).sort();
};
const others = ['channel', 'insurance', 'payer_type'];
// No state has the subscribers that an interval takes.
const views = { cohort_benchmarks: [...others, 'state', 'cohort_month'], cohort_revenue: [...others, 'all'] };

describe.each(Object.entries(views))('%s', (view, splits) => {
  test.each(['executive', 'clinical', 'data_steward'])(
    '%s sees cohorts by genotype beside the others',
    async (role) => {
      expect(await splitsOf(view, role)).toEqual([...splits, 'genotype'].sort());
    },
  );

  test.each(['marketing', 'operations', 'analyst'])(
    '%s sees none by genotype, asked for by name or not',
    async (role) => {
      expect(await splitsOf(view, role)).toEqual(splits.toSorted());
      const genotype = { member: `${view}.split`, operator: 'equals', values: ['genotype'] };
      expect(await splitsOf(view, role, [genotype])).toEqual([]);
    },
  );
});

test.each(['payer', 'on_call'])('%s sees no benchmark and no profile', async (role) => {
  for (const measure of [
    'cohort_benchmarks.cohort_size',
    'cohort_revenue.cohort_size',
    'cohort_profiles.cohort_size',
    'channel_recommendations.spend',
  ]) {
    const answer = await set.cube.post('load', { query: { measures: [measure] } }, set.cube.token(role));
    expect(answer.status).toBe(403);
  }
});

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openFixture, type DataSet } from '../conformance/support/data-sets.ts';

jest.setTimeout(120_000);

let set: DataSet;
beforeAll(async () => {
  set = await openFixture('UTC');
});
afterAll(() => set.stop());

const splitsOf = async (role: string, filters: object[] = []) => {
  const query = { dimensions: ['cohort_benchmarks.split'], measures: ['cohort_benchmarks.cohort_size'], filters };
  const rows = await set.cube.load(query, role);
  return new Set(rows.map((row) => row['cohort_benchmarks.split']));
};

test.each(['executive', 'clinical', 'data_steward'])('%s sees cohorts by genotype beside the others', async (role) => {
  expect(await splitsOf(role)).toEqual(new Set(['genotype', 'payer_type', 'state', 'channel', 'cohort_month']));
});

test.each(['marketing', 'operations', 'analyst'])(
  '%s sees none by genotype, asked for by name or not',
  async (role) => {
    expect(await splitsOf(role)).toEqual(new Set(['payer_type', 'state', 'channel', 'cohort_month']));
    const genotype = { member: 'cohort_benchmarks.split', operator: 'equals', values: ['genotype'] };
    expect(await splitsOf(role, [genotype])).toEqual(new Set());
  },
);

test.each(['payer', 'on_call'])('%s sees no benchmark and no profile', async (role) => {
  for (const measure of [
    'cohort_benchmarks.cohort_size',
    'cohort_profiles.cohort_size',
    'channel_recommendations.spend',
  ]) {
    const answer = await set.cube.post('load', { query: { measures: [measure] } }, set.cube.token(role));
    expect(answer.status).toBe(403);
  }
});

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { oracles } from './oracle/all.ts';
import { checkInvariants } from './support/check-invariants.ts';
import { checkViews } from './support/check-views.ts';
import type { DataSet } from './support/data-sets.ts';
import { openFixture } from './support/data-sets.ts';

jest.setTimeout(180_000);

interface Meta {
  cubes: { name: string; type: string; public?: boolean; measures: { name: string }[] }[];
}

describe('data made to be difficult', () => {
  let set: DataSet;
  beforeAll(async () => {
    set = await openFixture('UTC');
  });
  afterAll(() => set.stop());

  // A running month, the middle of a month, a leap day, the end of a year.
  checkViews(() => set, [undefined, '2024-03-17', '2024-02-29', '2023-12-31'], ['2023-05-01', '2024-03-10']);
  checkInvariants(() => set);

  test('every public measure has an oracle', async () => {
    const answer = await set.cube.get('meta', set.cube.token('data_steward'));
    const { cubes } = answer.body as unknown as Meta;
    const published = cubes.flatMap((cube) => cube.measures.map((measure) => measure.name)).sort();
    const covered = oracles.flatMap((oracle) => oracle.measures.map((name) => `${oracle.view}.${name}`)).sort();
    expect(covered).toEqual(published);
  });
});

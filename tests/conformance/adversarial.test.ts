import { roles } from '@fair-underwriting/cube/src/auth/roles.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { oracles } from './oracle/all.ts';
import { cash } from './oracle/cash.ts';
import { checkInvariants } from './support/check-invariants.ts';
import { checkViews } from './support/check-views.ts';
import { differences } from './support/compare.ts';
import type { DataSet } from './support/data-sets.ts';
import { openFixture } from './support/data-sets.ts';

jest.setTimeout(180_000);

interface Meta {
  cubes: {
    name: string;
    type: string;
    public?: boolean;
    measures: { name: string }[];
    dimensions: { name: string }[];
  }[];
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

  test.each(['2023-02-09', '2023-02-10', '2023-04-29', '2023-04-30', '2023-05-01'])(
    'cash in the first months of the ledger, as of %s',
    async (asOf) => {
      expect(await differences(set, cash, { asOf, time: { granularity: 'month' } })).toEqual([]);
    },
  );

  test.each([
    ['cash', ['data_steward', 'executive']],
    ['cash_flows', ['data_steward', 'executive']],
    ['margins', ['data_steward', 'executive']],
    ['market_penetration', ['clinical', 'data_steward', 'executive']],
    ['partners', ['analyst', 'data_steward', 'executive', 'marketing']],
    ['payer_revenue', ['analyst', 'data_steward', 'executive', 'operations']],
    ['revenue_recognition', ['analyst', 'data_steward', 'executive', 'operations']],
    ['surveys', ['analyst', 'data_steward', 'executive', 'marketing', 'operations']],
    ['system_health', ['data_steward', 'executive', 'on_call', 'operations']],
    ['test_economics', ['analyst', 'data_steward', 'executive']],
    ['unit_economics', ['analyst', 'data_steward', 'executive', 'marketing']],
  ])('%s is for %p and nobody else', async (view, expected) => {
    const measures = oracles.find((oracle) => oracle.view === view)?.measures.map((name) => `${view}.${name}`);
    const allowed: string[] = [];
    for (const role of roles) {
      const { status } = await set.cube.post('load', { query: { measures } }, set.cube.token(role));
      expect([200, 403]).toContain(status);
      if (status === 200) allowed.push(role);
    }
    expect(allowed.sort()).toEqual(expected);
  });

  test('the last actions are those before paid access ended', async () => {
    const rows = await set.cube.load(
      {
        dimensions: ['cohorts_paying.last_action'],
        measures: ['cohorts_paying.churned_in_month'],
        filters: [
          { member: 'cohorts_paying.state', operator: 'equals', values: ['TX'] },
          { member: 'cohorts_paying.last_action', operator: 'set' },
        ],
      },
      'operations',
    );
    const counts = Object.fromEntries(
      rows.map((row) => [String(row['cohorts_paying.last_action']), Number(row['cohorts_paying.churned_in_month'])]),
    );
    // 201; 202, 207, 208 and 209; 204; 205; 206; 225; nothing of the other 15, among them 203.
    expect(counts).toEqual({
      view_results: 1,
      login: 4,
      opened_ticket: 1,
      missed_counseling: 1,
      attended_counseling: 1,
      download_app: 1,
      none: 15,
    });
  });

  test('every public measure has an oracle', async () => {
    const answer = await set.cube.get('meta', set.cube.token(['data_steward', 'clinical']));
    const { cubes } = answer.body as unknown as Meta;
    const published = cubes.flatMap((cube) => cube.measures.map((measure) => measure.name)).sort();
    const covered = oracles.flatMap((oracle) => oracle.measures.map((name) => `${oracle.view}.${name}`)).sort();
    expect(covered).toEqual(published);
  });

  test.each([
    ['executive', true],
    ['operations', true],
    ['clinical', true],
    ['analyst', false],
    ['on_call', false],
    ['data_steward', false],
  ])('%s sees counselling figures; names of counselors: %p', async (role, seesNames) => {
    const answer = await set.cube.get('meta', set.cube.token(role));
    const { cubes } = answer.body as unknown as Meta;
    for (const view of ['counseling', 'counseling_queue', 'counselor_weeks']) {
      const found = cubes.find(({ name }) => name === view);
      expect(found?.dimensions.map(({ name }) => name)).toContain(`${view}.counselor_id`);
      expect(found?.dimensions.some(({ name }) => name === `${view}.counselor`)).toBe(seesNames);
    }
    const query = { measures: ['counseling.no_shows'], filters: [{ member: 'counseling.counselor', operator: 'set' }] };
    expect((await set.cube.post('load', { query }, set.cube.token(role))).status).toBe(seesNames ? 200 : 403);
  });

  test.each(['marketing', 'payer'])('%s does not see counselling', async (role) => {
    const query = { measures: ['counseling.no_shows'] };
    expect((await set.cube.post('load', { query }, set.cube.token(role))).status).toBe(403);
  });
});

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { attribute } from '@fair-underwriting/ml-service/src/attribution/attribute.ts';
import { openDatabase, type ChurnDatabase } from '../churn/database.ts';
import { startCube, type TestCube } from '../support/cube.ts';

jest.setTimeout(240_000);

let db: ChurnDatabase;
let cube: TestCube;
beforeAll(async () => {
  db = await openDatabase({ customers: 2000, months: 24, seed: 1, end: '2026-03-31' });
  await attribute(db.client);
  await db.rows('create schema rollups');
  cube = await startCube({ databaseUrl: db.url });
});
afterAll(async () => {
  await cube.stop();
  await db.stop();
});

type Row = Record<string, string | null>;

async function ask(dimensions: string[], measures: string[], filters: Record<string, string>): Promise<Row[]> {
  const name = (member: string) => `channel_recommendations.${member}`;
  const rows = await cube.load(
    {
      dimensions: dimensions.map(name),
      measures: measures.map(name),
      filters: Object.entries(filters).map(([member, value]) => ({
        member: name(member),
        operator: 'equals',
        values: [value],
      })),
    },
    'marketing',
  );
  return rows.map((row) =>
    Object.fromEntries([...dimensions, ...measures].map((member) => [member, row[name(member)] as string | null])),
  );
}

test.each(['time_decay', 'linear', 'markov', 'shapley'])(
  'Facebook is to be paused and to get new creative; content marketing is not (%s)',
  async (model) => {
    const rows = await ask(['channel', 'recommendation'], [], { model, level: 'channel' });
    const of = (channel: string) =>
      rows
        .filter((row) => row['channel'] === channel)
        .map((row) => row['recommendation'])
        .sort();
    expect(of('facebook')).toEqual(['new_creative', 'pause']);
    expect(of('content_marketing')).not.toContain('pause');
    expect(of('organic_search')).toEqual(['increase']);
  },
);

test('each has evidence with its figures and an expected impact; where there is none, the reason', async () => {
  const rows = await ask(
    ['channel', 'campaign', 'topic', 'recommendation', 'evidence', 'expected_impact', 'campaign_status'],
    ['roi', 'spend'],
    {},
  );
  const [facebook] = rows.filter(
    (row) => row['channel'] === 'facebook' && row['campaign'] === null && row['topic'] === 'budget',
  );
  const percent = Math.round(100 * Number(facebook?.['roi']));
  expect(facebook?.['evidence']).toMatch(
    new RegExp(`^ROI ${percent}% \\(95% interval -\\d+% to -\\d+%\\) on [\\d,]+ USD of spend and [\\d.]+ credited`),
  );
  expect(facebook?.['expected_impact']).toContain(
    `Saves ${Math.round(Number(facebook?.['spend'])).toLocaleString('en')} USD`,
  );
  for (const row of rows) {
    expect(row['evidence']).toBeTruthy();
    expect(row['expected_impact'] === null).toBe(row['recommendation'] === null);
    if (row['campaign_status'] === 'completed' || row['campaign_status'] === 'paused')
      expect([row['recommendation'], row['evidence']]).toEqual([null, `The campaign is ${row['campaign_status']}.`]);
  }
  expect(rows.filter((row) => row['campaign_status'] === 'completed').length).toBeGreaterThan(0);
});

test('the figures are those of the view of attribution over the same months', async () => {
  const rows = await ask(['channel', 'period_from', 'period_to'], ['conversions', 'spend', 'value', 'roi'], {
    level: 'channel',
    model: 'markov',
    topic: 'budget',
  });
  const measures = ['markov', 'spend', 'value_markov', 'roi_markov', 'is_mature'];
  const answer = await cube.load({
    measures: measures.map((measure) => `attribution.${measure}`),
    dimensions: ['attribution.channel'],
    timeDimensions: [
      { dimension: 'attribution.date', dateRange: [rows[0]?.['period_from'] ?? '', rows[0]?.['period_to'] ?? ''] },
    ],
  });
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) {
    const same = answer.find((one) => one['attribution.channel'] === row['channel']);
    const close = (name: string, other: string, digits: number) =>
      expect(Number(row[name])).toBeCloseTo(Number(same?.[`attribution.${other}`]), digits);
    close('conversions', 'markov', 6);
    close('spend', 'spend', 2);
    // There each conversion is rounded to the cent.
    close('value', 'value_markov', 0);
    close('roi', 'roi_markov', 3);
    expect(same?.['attribution.is_mature']).toBe(true);
  }
});

test('none while too young: without a month whose value is complete there is nothing', async () => {
  await db.rows(`update reporting.settings set as_of = '2024-09-30T23:59:59Z'`);
  expect((await attribute(db.client)).returns).toBeGreaterThan(0);
  const periods = await db.rows(
    `select value_days, min(period_to)::text as until from channel_returns where day = '2024-09-30' group by 1 order by 1`,
  );
  // The demo begins in April 2024: nothing is 180 days old but its first weeks, and they are no whole month.
  expect(periods).toEqual([{ value_days: 90, until: '2024-06-30' }]);
});

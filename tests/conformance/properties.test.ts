import { attribute } from '@fair-underwriting/ml-service/src/attribution/attribute.ts';
import { withConnection } from '@fair-underwriting/ml-service/src/connection.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { attribution } from './oracle/attribution.ts';
import { customerJourneys } from './oracle/journeys.ts';
import { mrrMovements } from './oracle/mrr-movements.ts';
import type { Oracle, Slice } from './oracle/oracle.ts';
import { netRevenue } from './oracle/net-revenue.ts';
import { planMrrMovements } from './oracle/plan-mrr-movements.ts';
import { revenueRecognition } from './oracle/recognised-revenue.ts';
import { revenue } from './oracle/revenue.ts';
import { movementErrors } from './support/check-movements.ts';
import { ask, differences } from './support/compare.ts';
import type { DataSet } from './support/data-sets.ts';
import { openEmpty, runSql } from './support/data-sets.ts';
import { Fraction } from './support/decimal.ts';
import { loadRaw } from './support/load-raw.ts';
import { journeys, lives, sales } from './support/random-lives.ts';
import { journeysSql, livesSql, salesSql, sharedRows } from './support/random-sql.ts';

jest.setTimeout(240_000);

/** PROPERTY_SEED repeats a run; fast-check reports the seed of one that fails. PROPERTY_RUNS makes it longer. */
const seed = process.env['PROPERTY_SEED'];
const options = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 12),
  endOnFailure: false,
  interruptAfterTimeLimit: 150_000,
  markInterruptAsFailure: false,
  ...(seed === undefined ? {} : { seed: Number(seed) }),
};

const month = { granularity: 'month' } as const;
const credits = ['first_touch', 'last_touch', 'linear', 'time_decay', 'position_based', 'markov', 'shapley'];

/** Fits the chains of Markov attribution to the rows that are there. */
const refit = (databaseUrl: string) => withConnection(databaseUrl, (client) => attribute(client, { refit: true }));

describe('whatever the rows', () => {
  let set: DataSet;
  let run = 0;
  beforeAll(async () => {
    set = await openEmpty(sharedRows);
  });
  afterAll(() => set.stop());

  /** Writes a run's rows and compares; each run's queries differ in their limit, so that none comes from the cache. */
  async function written(sql: string, derive?: (databaseUrl: string) => Promise<unknown>) {
    await runSql(set.databaseUrl, sql);
    await derive?.(set.databaseUrl);
    run += 1;
    const limit = 20_000 + run;
    const setting = { cube: set.cube, data: await loadRaw(set.databaseUrl) };
    return {
      differences: (oracle: Oracle, slice: Slice) => differences(setting, oracle, slice, limit),
      rows: (oracle: Oracle, slice: Slice) => ask(setting, oracle, slice, limit),
    };
  }

  test('MRR and its movements are the oracle’s, and reconcile to the cent', async () => {
    await fc.assert(
      fc.asyncProperty(lives, fc.constantFrom('2024-02-29', '2023-07-31', '2023-11-05'), async (rows, asOf) => {
        const { differences, rows: answer } = await written(livesSql(rows));
        const slice = { dimensions: ['genotype', 'payer_type'], time: month };
        expect(await differences(mrrMovements, slice)).toEqual([]);
        expect(movementErrors(await answer(mrrMovements, slice))).toEqual([]);
        expect(await differences(mrrMovements, { asOf })).toEqual([]);
        expect(await differences(planMrrMovements, { dimensions: ['plan'], time: month })).toEqual([]);
        expect(await differences(revenue, { dimensions: ['genotype'], asOf })).toEqual([]);
      }),
      options,
    );
  });

  test('revenue is recognised as the oracle says, and in full by the end of the service', async () => {
    await fc.assert(
      fc.asyncProperty(sales, fc.constantFrom('2024-02-29', '2023-07-31', '2023-11-05'), async (rows, asOf) => {
        const { differences, rows: answer } = await written(salesSql(rows));
        expect(await differences(revenueRecognition, { dimensions: ['revenue_source'], time: month })).toEqual([]);
        expect(await differences(revenueRecognition, { time: month, asOf })).toEqual([]);
        const served = { filters: { revenue_source: 'clinical_trials' } };
        const [paid] = await answer(netRevenue, served);
        const [earned] = await answer(revenueRecognition, served);
        expect(String(Fraction.of(earned?.values['recognised_revenue'] ?? '0'))).toBe(
          String(Fraction.of(paid?.values['net_revenue'] ?? '0')),
        );
      }),
      options,
    );
  });

  test('credits are the oracle’s, and sum to the conversions', async () => {
    const lookbacks = fc.constantFrom('7', '30', '60', '90');
    await fc.assert(
      fc.asyncProperty(journeys, lookbacks, fc.boolean(), async (rows, lookback_days, signUp) => {
        const { differences, rows: answer } = await written(journeysSql(rows), refit);
        const filters = { lookback_days, conversion_kind: signUp ? 'sign_up' : 'first_payment' };
        expect(await differences(attribution, { dimensions: ['channel'], filters })).toEqual([]);
        expect(await differences(customerJourneys, { dimensions: ['path'], filters })).toEqual([]);
        const [total] = await answer(attribution, { filters });
        const conversions = Fraction.of(total?.values['conversions'] ?? '0');
        for (const model of credits) {
          expect(String(Fraction.of(total?.values[model] ?? '0'))).toBe(String(conversions));
        }
      }),
      options,
    );
  });
});

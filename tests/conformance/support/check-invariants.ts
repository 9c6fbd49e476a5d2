import { describe, expect, test } from '@jest/globals';
import { attribution, convertingChannels } from '../oracle/attribution.ts';
import { cash, cashFlows } from '../oracle/cash.ts';
import { cohortsByFirstPayment, cohortsByFirstTest, cohortsBySignUp } from '../oracle/cohorts.ts';
import { cohortProfiles } from '../oracle/cohort-profiles.ts';
import { cohortsPaying } from '../oracle/cohorts-paying.ts';
import { counseling, counselingQueue, counselorWeeks } from '../oracle/counseling.ts';
import { customers, signups } from '../oracle/customers.ts';
import { customerJourneys } from '../oracle/journeys.ts';
import { labPenalties, labSla } from '../oracle/lab-service.ts';
import { labTests } from '../oracle/lab-tests.ts';
import { margins } from '../oracle/margins.ts';
import { mrrMovements } from '../oracle/mrr-movements.ts';
import { netRevenue } from '../oracle/net-revenue.ts';
import type { Slice } from '../oracle/oracle.ts';
import { timeKey } from '../oracle/oracle.ts';
import { payerRevenue } from '../oracle/payer-revenue.ts';
import { planMrrMovements } from '../oracle/plan-mrr-movements.ts';
import { revenueRecognition } from '../oracle/recognised-revenue.ts';
import { revenue } from '../oracle/revenue.ts';
import { shapleyValues } from '../oracle/shapley.ts';
import { partners, surveys } from '../oracle/strategy.ts';
import { support, supportQueue } from '../oracle/support.ts';
import { systemHealth } from '../oracle/system-health.ts';
import { testEconomics } from '../oracle/test-economics.ts';
import { unitEconomics } from '../oracle/unit-economics.ts';
import type { Setting } from './compare.ts';
import { ask } from './compare.ts';
import { Fraction } from './decimal.ts';
import { checkMovements } from './check-movements.ts';
import { dayText, firstDay } from './zone.ts';

type Rows = Awaited<ReturnType<typeof ask>>;

/** What may be added up over slices, with a dimension that puts each fact into one slice. */
const additive: [typeof revenue, string, string[]][] = [
  [revenue, 'genotype', ['mrr', 'mrr_under_notice', 'arr', 'subscribers']],
  [customers, 'state', ['customers', 'active_customers_30d']],
  [signups, 'channel', ['new_customers']],
  [netRevenue, 'payer_type', ['net_revenue', 'refunds']],
  [
    labTests,
    'lab_name',
    [
      'tests_ordered',
      'tests_completed',
      'tests_received',
      'tests_rejected',
      'tests_due',
      'tests_on_time',
      'proficiency_samples',
    ],
  ],
  [payerRevenue, 'payer', ['payer_net_revenue']],
  [surveys, 'channel', ['nps_answers', 'promoters', 'detractors', 'awareness_answers']],
  [partners, 'kind', ['partner_count']],
  [cashFlows, 'activity', ['cash_flow', 'cash_in', 'cash_out']],
  [revenueRecognition, 'payer_type', ['recognised_revenue']],
  [margins, 'product', ['recognised_revenue', 'cost_of_revenue', 'variable_costs']],
  [testEconomics, 'payer', ['claims_adjudicated', 'claims_denied', 'reimbursement', 'test_costs', 'test_revenue']],
  [customerJourneys, 'path', ['journeys', 'conversions']],
  [labSla, 'lab_name', ['tests_in_progress', 'tests_overdue', 'tests_due', 'tests_on_time']],
  [
    support,
    'category',
    [
      'tickets_opened',
      'responses_due',
      'responses_in_time',
      'tickets_resolved',
      'first_contact_resolutions',
      'csat_ratings',
    ],
  ],
  [supportQueue, 'priority', ['tickets_open', 'tickets_unanswered', 'responses_overdue', 'tickets_overdue']],
  [systemHealth, 'component', ['downtime_minutes', 'samples_missing', 'requests', 'server_errors']],
  [
    counseling,
    'counselor_id',
    ['counseling_requests', 'sessions_completed', 'no_shows', 'cancellations', 'satisfaction_ratings'],
  ],
  [counselingQueue, 'counselor_id', ['waitlist', 'waitlist_unscheduled']],
  [counselorWeeks, 'counselor_id', ['sessions_completed', 'booked_minutes', 'available_minutes']],
  [labPenalties, 'lab_name', ['late_orders', 'sla_penalty']],
  [cohortsPaying, 'channel', ['cohort_size', 'paying', 'churned_in_month']],
  [
    attribution,
    'channel',
    [
      'spend',
      'impressions',
      'clicks',
      'first_touch',
      'last_touch',
      'linear',
      'time_decay',
      'position_based',
      'shapley',
      'markov',
      ...['first_touch', 'last_touch', 'linear', 'time_decay', 'position_based', 'shapley', 'markov'].map(
        (model) => `value_${model}`,
      ),
    ],
  ],
];
const credits = ['first_touch', 'last_touch', 'linear', 'time_decay', 'position_based', 'shapley', 'markov'];
const lookbacks = ['7', '30', '60', '90'].flatMap((days) => [
  { lookback_days: days, conversion_kind: 'first_payment' },
  { lookback_days: days, conversion_kind: 'sign_up' },
]);

export function amount(row: Rows[number] | undefined, name: string): Fraction {
  return Fraction.of(row?.values[name] ?? '0');
}

/** What must hold between Cube's own answers, whatever the rows. */
export function checkInvariants(setting: () => Setting): void {
  const rowsOf = (oracle: typeof revenue, slice: Slice) => ask(setting(), oracle, slice);

  describe('invariants', () => {
    checkMovements(mrrMovements, [[], ['genotype'], ['channel'], ['genotype', 'payer_type', 'state']], rowsOf);
    checkMovements(planMrrMovements, [[], ['plan'], ['plan', 'channel']], rowsOf);

    test.each(additive.map(([oracle, by, measures]) => ({ view: oracle.view, oracle, by, measures })))(
      '$view: the slices by $by add up to the whole',
      async ({ oracle, by, measures }) => {
        const [whole] = await rowsOf(oracle, {});
        const parts = await rowsOf(oracle, { dimensions: [by] });
        const sums = measures.map((name) => String(Fraction.sum(parts.map((part) => amount(part, name)))));
        expect(sums).toEqual(measures.map((name) => String(amount(whole, name))));
      },
    );

    test.each([undefined, '2024-02-29', '2023-11-05', '2025-08-14'])(
      'MRR at T (%s) is what the movements close with',
      async (asOf) => {
        const slice = asOf === undefined ? {} : { asOf };
        const mrr = (await rowsOf(revenue, slice)).map((row) => String(amount(row, 'mrr')));
        for (const oracle of [mrrMovements, planMrrMovements]) {
          const closing = (await rowsOf(oracle, slice)).map((row) => String(amount(row, 'mrr_closing')));
          expect(closing).toEqual(mrr);
        }
      },
    );

    test.each([undefined, '2024-02-29', '2023-11-05', '2025-08-14'])(
      'cash at T (%s) is the sum of all cash flows, and each month adds its own',
      async (asOf) => {
        const at = asOf === undefined ? {} : { asOf };
        const [flows] = await rowsOf(cashFlows, at);
        const [balance] = await rowsOf(cash, at);
        expect(String(amount(balance, 'cash_balance'))).toBe(String(amount(flows, 'cash_flow')));
        const time = { granularity: 'month' } as const;
        const flowOf = new Map((await rowsOf(cashFlows, { ...at, time })).map((row) => [row.dims[timeKey], row]));
        let before = Fraction.zero;
        for (const month of inOrder(await rowsOf(cash, { ...at, time }))) {
          const after = before.plus(amount(flowOf.get(month.dims[timeKey]), 'cash_flow'));
          expect(String(amount(month, 'cash_balance'))).toBe(String(after));
          before = after;
        }
      },
    );

    test('what is sold and served in full is earned in full, to the cent, over all months', async () => {
      const { payments, zone, asOf } = setting().data;
      const today = zone.day(asOf);
      const running = new Set(payments.filter((line) => (line.serviceTo ?? today) > today).map((line) => line.source));
      const dimensions = ['revenue_source'];
      const paid = await rowsOf(netRevenue, { dimensions });
      const months = await rowsOf(revenueRecognition, { dimensions, time: { granularity: 'month' } });
      const served = paid.filter((row) => !running.has(row.dims['revenue_source'] ?? null));
      expect(served.length).toBeGreaterThan(0);
      for (const { dims, values } of served) {
        const own = months.filter((month) => month.dims['revenue_source'] === dims['revenue_source']);
        expect(String(Fraction.sum(own.map((month) => amount(month, 'recognised_revenue'))))).toBe(
          String(Fraction.of(values['net_revenue'] ?? '0')),
        );
      }
    });

    test('churn and margin of the unit economics are those of the same 12 months in other views', async () => {
      const { zone, asOf } = setting().data;
      const current = zone.month(asOf);
      const newest = asOf < zone.monthEnd(current) ? current - 1 : current;
      const range: [string, string] = [dayText(firstDay(newest - 11)), dayText(firstDay(newest + 1) - 1)];
      const [units] = await rowsOf(unitEconomics, {});
      const [moved] = await rowsOf(mrrMovements, { time: { range } });
      const products = await rowsOf(margins, { dimensions: ['product'], time: { range } });
      const subscriptions = products.find((row) => row.dims['product'] === 'subscriptions');
      expect(amount(units, 'subscriber_churn_rate_12m').toNumber()).toBeGreaterThan(0);
      expect(amount(units, 'subscription_gross_margin').toNumber()).toBeGreaterThan(0);
      expect([
        amount(units, 'subscriber_churn_rate_12m').toNumber(),
        amount(units, 'subscription_gross_margin').toNumber(),
      ]).toEqual([
        expect.closeTo(amount(moved, 'subscriber_churn_rate').toNumber(), 12),
        expect.closeTo(amount(subscriptions, 'gross_margin').toNumber(), 12),
      ]);
    });

    test('everybody as one cohort has the lifetime value of the company and costs its whole spend', async () => {
      const { spend, customers, zone, asOf } = setting().data;
      const [units] = await rowsOf(unitEconomics, {});
      const [everybody] = await rowsOf(cohortProfiles, {});
      expect(amount(units, 'ltv').sign).toBe(1);
      expect(amount(everybody, 'ltv').toNumber()).toBeCloseTo(amount(units, 'ltv').toNumber(), 9);
      expect(everybody?.values['ltv_others']).toBeNull();
      const joined = new Set(
        customers.filter(({ createdAt }) => createdAt <= asOf).map((u) => zone.month(u.createdAt)),
      );
      expect(spend.every(({ day }) => joined.has(zone.month(zone.midnight(day))))).toBe(true);
      const [spent] = await rowsOf(attribution, {});
      expect(amount(everybody, 'acquisition_spend').toNumber()).toBeCloseTo(amount(spent, 'spend').toNumber(), 9);
    });

    test('the payers’ shares of a month’s revenue sum to 1', async () => {
      const shares = await rowsOf(payerRevenue, { dimensions: ['payer'], time: { granularity: 'month' } });
      const months = new Set(shares.map((row) => row.dims[timeKey]));
      expect(months.size).toBeGreaterThan(1);
      for (const month of months) {
        const own = shares.filter((row) => row.dims[timeKey] === month);
        expect(own.length).toBeGreaterThan(1);
        expect(Fraction.sum(own.map((row) => amount(row, 'payer_revenue_share'))).toNumber()).toBeCloseTo(1, 12);
      }
    });

    test.each(lookbacks)('credits sum to the conversions of each day: %p', async (filters) => {
      const ofDay = await rowsOf(attribution, { time: { granularity: 'day' }, filters });
      const converting = ofDay.filter((row) => amount(row, 'conversions').sign > 0);
      expect(converting.length).toBeGreaterThan(0);
      const wrong = ofDay.filter((row) =>
        credits.some((model) => amount(row, model).compare(amount(row, 'conversions')) !== 0),
      );
      expect(wrong).toEqual([]);
    });

    test.each(['90', '180', '365'])(
      'each model credits the whole value within %s days, to the last digit',
      async (value_days) => {
        const [whole] = await rowsOf(attribution, { filters: { value_days } });
        const values = credits.map((model) => amount(whole, `value_${model}`));
        expect(values[0]?.sign).toBe(1);
        expect(values.map(String)).toEqual(values.map(() => String(values[0])));
      },
    );

    test('whoever is credited with everybody, in whichever model, has the lifetime value of the company', async () => {
      const filters = { conversion_kind: 'sign_up' };
      const [units] = await rowsOf(unitEconomics, {});
      const [whole] = await rowsOf(attribution, { filters });
      expect(amount(units, 'ltv').sign).toBe(1);
      const values = credits.map((model) => amount(whole, `ltv_${model}`).toNumber());
      expect(values).toEqual(credits.map(() => expect.closeTo(amount(units, 'ltv').toNumber(), 9)));
    });

    test('Shapley credits are the values of the one game over all conversions', async () => {
      const rows = await rowsOf(attribution, { dimensions: ['channel'] });
      const values = shapleyValues(convertingChannels(setting().data));
      const credited = rows.filter((row) => values.has(row.dims['channel'] ?? ''));
      expect(credited.length).toBeGreaterThan(2);
      expect(credited.length).toBe(values.size);
      for (const row of credited) {
        expect(amount(row, 'shapley').toNumber()).toBeCloseTo(values.get(row.dims['channel'] ?? '') ?? NaN, 6);
      }
    });

    test.each([cohortsByFirstPayment, cohortsByFirstTest, cohortsBySignUp, cohortsPaying])(
      '$view: a cohort keeps its size, holds no more than that, and only ended months are mature',
      async (oracle) => {
        const retained = oracle === cohortsPaying ? 'paying' : 'active';
        const cells = await rowsOf(oracle, { dimensions: ['period', 'is_mature'], time: { granularity: 'month' } });
        const sizes = new Map(
          cells
            .filter((cell) => cell.dims['period'] === '0')
            .map((cell) => [cell.dims[timeKey], amount(cell, 'cohort_size')]),
        );
        expect(sizes.size).toBeGreaterThan(1);
        const wrong = cells.filter((cell) => {
          const size = amount(cell, 'cohort_size');
          const ends = monthAfter(cell.dims[timeKey] ?? '', Number(cell.dims['period']) + 1);
          const isMature = setting().data.zone.midnight(ends) - 1 <= setting().data.asOf;
          return (
            size.compare(sizes.get(cell.dims[timeKey]) ?? Fraction.zero) !== 0 ||
            amount(cell, retained).compare(size) > 0 ||
            cell.dims['is_mature'] !== String(isMature)
          );
        });
        expect(wrong).toEqual([]);
      },
    );
  });
}

function inOrder(rows: Rows): Rows {
  return rows.toSorted((a, b) => ((a.dims[timeKey] ?? '') < (b.dims[timeKey] ?? '') ? -1 : 1));
}

/** The first day of the month so many months after. */
function monthAfter(month: string, months: number): number {
  const date = new Date(`${month}T00:00:00Z`);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / 86_400_000;
}

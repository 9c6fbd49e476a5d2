import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { growth } from '@fair-underwriting/database/demo/plan.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { withConnection } from '@fair-underwriting/ml-service/src/connection.ts';
import { backtest, mase } from '@fair-underwriting/ml-service/src/forecast/backtest.ts';
import { candidatesFor } from '@fair-underwriting/ml-service/src/forecast/candidates.ts';
import { forecastSeries, type SeriesForecast } from '@fair-underwriting/ml-service/src/forecast/forecast.ts';
import {
  readMonthEndMrr,
  readWeeklyRequests,
  readWeeklyTests,
} from '@fair-underwriting/ml-service/src/forecast/series.ts';
import { weeklyRevenue } from '../real-data/cdnow-weeks.ts';
import { dataSet } from '../real-data/files.ts';
import { startPostgres } from '../support/postgres.ts';

interface Case {
  name: string;
  values: readonly number[];
  horizon: number;
  period: number;
}

const end = '2026-06-30';
const months = 48;

/** Prints how far forecasts were off, beside seasonal naive and least squares on the same origins, and their coverage. */
export async function benchForecasts(customers: number): Promise<void> {
  const cases = [...(await demoCases(customers)), ...(await cdnowCase())];
  console.table(cases.flatMap(compareAll));
}

async function demoCases(customers: number): Promise<Case[]> {
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url);
    await generateDemo({ databaseUrl: postgres.url, customers, months, end });
    return await withConnection(postgres.url, async (client) => {
      const now = `${end}T23:59:59.999999Z`;
      const [mrr, requests, tests] = [
        await readMonthEndMrr(client, now),
        await readWeeklyRequests(client, now),
        await readWeeklyTests(client, now),
      ];
      return [
        { name: 'demo, MRR, 3 months', values: mrr.values, horizon: 3, period: 12 },
        { name: 'demo, counselling requests, 13 weeks', values: requests.values, horizon: 13, period: 52 },
        { name: 'demo, test orders, 13 weeks', values: tests.values, horizon: 13, period: 52 },
      ].flatMap((one) => [beforeGrowth(one), one]);
    });
  } finally {
    await postgres.stop();
  }
}

/** Without the last months, in which the demo's demand grows as never before: nothing could have foreseen it. */
function beforeGrowth({ name, values, horizon, period }: Case): Case {
  const periods = Math.ceil((growth.monthsAgo / 12) * period);
  return { name: `${name}, before demand grows`, values: values.slice(0, -periods), horizon, period };
}

async function cdnowCase(): Promise<Case[]> {
  const source = dataSet('cdnow-orders.txt');
  if (source === undefined) return [];
  return [{ name: 'CDNOW, weekly revenue, 4 weeks', values: await weeklyRevenue(source), horizon: 4, period: 52 }];
}

/** Every candidate beside what is chosen anew at each origin, all on the scored origins that have a season behind them. */
function compareAll({ name, values, horizon, period }: Case) {
  const chosen = forecastSeries(values, { horizon, period });
  if (chosen === null) return [];
  const common = chosen.replayed.filter(({ known }) => known >= period);
  const last = chosen.steps.at(-1);
  const rows = candidatesFor(period).flatMap((candidate) => {
    const shortest = common[0]?.known ?? 0;
    if (candidate.needs > shortest) return [];
    const origins = backtest(candidate, values, { horizon, shortest }).slice(0, common.length);
    return { series: name, method: candidate.name, MASE: rounded(mase(origins)), origins: origins.length };
  });
  return [
    ...rows,
    {
      series: name,
      method: `chosen anew at each origin, now ${chosen.method}`,
      MASE: rounded(mase(common)),
      origins: common.length,
      '80% held, last step': rounded(last?.interval80.coverage?.share ?? null),
      '95% held, last step': rounded(last?.interval95.coverage?.share ?? null),
      'of intervals': last?.interval95.coverage?.n ?? 0,
      '80% held, all steps': rounded(heldOverall(chosen, 'interval80')),
      '95% held, all steps': rounded(heldOverall(chosen, 'interval95')),
    },
  ];
}

function heldOverall({ steps }: SeriesForecast, interval: 'interval80' | 'interval95'): number | null {
  const coverage = steps.flatMap((step) => step[interval].coverage ?? []);
  const n = coverage.reduce((sum, one) => sum + one.n, 0);
  return n === 0 ? null : coverage.reduce((sum, { share, n }) => sum + share * n, 0) / n;
}

function rounded(value: number | null): number | '' {
  return value === null ? '' : Number(value.toFixed(3));
}

import type { ClientBase } from 'pg';
import { presentSnapshot, type Snapshot } from '../features/snapshots.ts';
import { forecastSeries, type SeriesForecast } from './forecast.ts';
import { monthsAhead, periodsAhead } from './periods.ts';
import { readMonthEndMrr, readWeeklyRequests, readWeeklyTests, type Series } from './series.ts';
import { staffingNeed } from './staffing.ts';
import { readCounselingState, readStaffingTargets } from './staffing-facts.ts';
import { storeForecasts, type SeriesName, type StoredSeries, type StoredStaffing } from './store.ts';

/** Weeks that demand is forecast for. */
const weeksAhead = 13;
/** Fewest months of MRR, and weeks of counts, that are forecast from. */
const fewestMonths = 24;
const fewestWeeks = 52;

export interface ForecastReport {
  readonly day: string;
  readonly series: readonly {
    readonly name: SeriesName;
    readonly history: number;
    readonly needed: number;
    /** Null where the history is too short. */
    readonly forecast: SeriesForecast | null;
  }[];
  /** Null where counselling demand could not be forecast, or there are no counselors. */
  readonly staffing: StoredStaffing | null;
}

/**
 * Forecasts MRR, counselling requests and test orders from what is known at the present of the reports, and what staff the
 * counselling needs; stores it all in place of what was forecast from the same day before.
 */
export async function makeForecasts(client: ClientBase): Promise<ForecastReport> {
  const snapshot = await presentSnapshot(client);
  const mrr = await readMonthEndMrr(client, snapshot.at);
  const weekly = { horizon: weeksAhead, period: 52, unit: 'week', fewest: fewestWeeks } as const;
  const parts = [
    forecastPart('mrr', mrr, {
      horizon: monthsAhead(snapshot.day, mrr.periods.at(-1)),
      period: 12,
      unit: 'month',
      fewest: fewestMonths,
    }),
    forecastPart('counseling_requests', await readWeeklyRequests(client, snapshot.at), weekly),
    forecastPart('tests_ordered', await readWeeklyTests(client, snapshot.at), weekly),
  ];
  const staffing = await planStaffing(client, snapshot, parts[1].forecast);
  const stored = parts.flatMap(({ stored }) => (stored === null ? [] : [stored]));
  await storeForecasts(client, snapshot, stored, staffing);
  return {
    day: snapshot.day,
    series: parts.map(({ name, history, needed, forecast }) => ({ name, history, needed, forecast })),
    staffing,
  };
}

interface Ahead {
  readonly horizon: number;
  readonly period: number;
  readonly unit: 'month' | 'week';
  readonly fewest: number;
}

function forecastPart(name: SeriesName, { periods, values }: Series, { horizon, period, unit, fewest }: Ahead) {
  const history = values.length;
  const forecast = history < fewest ? null : forecastSeries(values, { horizon, period });
  const stored: StoredSeries | null =
    forecast === null ? null : { name, history, forecast, periods: periodsAhead(periods[history - 1], unit, horizon) };
  return { name, history, needed: fewest, forecast, stored };
}

async function planStaffing(
  client: ClientBase,
  snapshot: Snapshot,
  forecast: SeriesForecast | null,
): Promise<StoredStaffing | null> {
  const state = await readCounselingState(client, snapshot.at);
  if (forecast === null || state.sessionsPerWeek === null) return null;
  const { waitlist, present, sessionsPerWeek } = state;
  const targets = await readStaffingTargets(client);
  const demand = forecast.steps.map(({ value }) => value);
  const { errors } = forecast;
  return {
    weeks: weeksAhead,
    paths: errors.length,
    waitlist,
    present,
    sessionsPerWeek,
    requests: demand.reduce((sum, value) => sum + value, 0),
    targetWaitDays: targets.waitDays,
    ...staffingNeed({ demand, errors, waitlist, present, sessionsPerWeek }, targets),
  };
}

import type { Forecast, RawData, Staffing } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import type { Measure } from './oracle.ts';
import { defineOracle } from './oracle.ts';

interface Point {
  time: Instant;
  dims: Record<'series' | 'step' | 'method' | 'forecast_on', string | null>;
  forecast: Forecast;
  isLast: boolean;
}

/** The day of the newest forecasts at T. */
function newestDay(data: RawData, at: Instant): string | undefined {
  return data.forecastRuns.filter((run) => run.snapshotAt <= at).sort((a, b) => b.snapshotAt - a.snapshotAt)[0]?.day;
}

/** A figure of one series in one period; of several it would mean nothing. */
const single =
  (figure: (forecast: Forecast) => number | null): Measure<Point> =>
  (points) => {
    const [point] = points;
    return point !== undefined && points.length === 1 ? figure(point.forecast) : null;
  };

const projected =
  (figure: (forecast: Forecast) => number | null): Measure<Point> =>
  (points) => {
    const point = points.find(({ forecast, isLast }) => forecast.series === 'mrr' && isLast);
    return point === undefined ? null : figure(point.forecast);
  };

const total =
  (series: string): Measure<Point> =>
  (points) => {
    const values = points.filter(({ forecast }) => forecast.series === series).map(({ forecast }) => forecast.value);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
  };

/** The months and weeks ahead, as they were forecast last. */
export const forecasts = defineOracle<Point>({
  view: 'forecasts',
  time: 'period',
  facts(data, at) {
    const made = data.forecasts.filter(({ day }) => day === newestDay(data, at));
    return made.map((forecast) => ({
      time: data.zone.midnight(forecast.period),
      dims: {
        series: forecast.series,
        step: String(forecast.step),
        method: forecast.method,
        forecast_on: forecast.day,
      },
      forecast,
      isLast: !made.some(({ series, step }) => series === forecast.series && step > forecast.step),
    }));
  },
  measures: {
    forecast: single(({ value }) => value),
    low_80: single(({ low80 }) => low80),
    high_80: single(({ high80 }) => high80),
    low_95: single(({ low95 }) => low95),
    high_95: single(({ high95 }) => high95),
    coverage_80: single(({ coverage80 }) => coverage80),
    coverage_95: single(({ coverage95 }) => coverage95),
    coverage_n: single(({ coverageN }) => coverageN),
    mase: (points) =>
      new Set(points.map(({ forecast }) => forecast.series)).size === 1 ? (points[0]?.forecast.mase ?? null) : null,
    mrr_projected_90d: projected(({ value }) => value),
    mrr_projected_90d_low: projected(({ low95 }) => low95),
    mrr_projected_90d_high: projected(({ high95 }) => high95),
    mrr_projected_90d_coverage: projected(({ coverage95 }) => coverage95),
    mrr_projected_90d_coverage_n: projected(({ coverageN }) => coverageN),
    counseling_demand: total('counseling_requests'),
    test_volume: total('tests_ordered'),
  },
});

interface Plan {
  dims: { forecast_on: string };
  plan: Staffing;
}

const planned =
  (figure: (plan: Staffing) => number | null): Measure<Plan> =>
  ([row]) =>
    row === undefined ? null : figure(row.plan);

/** The counselors that the newest forecast asks for. */
export const staffing = defineOracle<Plan>({
  view: 'staffing',
  facts: (data, at) =>
    data.staffing
      .filter(({ day }) => day === newestDay(data, at))
      .map((plan) => ({ dims: { forecast_on: plan.day }, plan })),
  measures: {
    counselors_needed: planned(({ needed }) => needed),
    counselors_present: planned(({ present }) => present),
    counselors_to_hire: planned(({ toHire }) => toHire),
    waitlist: planned(({ waitlist }) => waitlist),
    counseling_demand: planned(({ requests }) => requests),
    expected_wait_days: planned(({ waitDays }) => waitDays),
    target_wait_days: planned(({ targetDays }) => targetDays),
  },
});

import { wilson } from './cohorts.ts';
import { count, defineOracle } from './oracle.ts';

interface Outcome {
  dims: Record<'model_version' | 'scored_on' | 'billing_interval', string | null>;
  probability: number;
  churned: boolean;
  isHeldOut: boolean;
}

const days = 24 * 3600 * 1e6;
const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The share of pairs of one who left and one who stayed that are in the right order; ties are half right. */
function rocAuc(outcomes: readonly Outcome[]): number | null {
  const left = outcomes.filter(({ churned }) => churned);
  const stayed = outcomes.filter(({ churned }) => !churned);
  const pairs = left.flatMap((one) => stayed.map((other) => (Math.sign(one.probability - other.probability) + 1) / 2));
  return mean(pairs);
}

/** For each event the precision among all that are at least as likely as it, on average. */
function averagePrecision(outcomes: readonly Outcome[]): number | null {
  const precisions = outcomes
    .filter(({ churned }) => churned)
    .map(({ probability }) => {
      const atLeast = outcomes.filter((other) => other.probability >= probability);
      return atLeast.filter(({ churned }) => churned).length / atLeast.length;
    });
  return mean(precisions);
}

/** A place in the top tenth is shared by all who might have it. */
function topDecileLift(outcomes: readonly Outcome[]): number | null {
  const places = Math.floor(outcomes.length / 10);
  const base = mean(outcomes.map(({ churned }) => Number(churned)));
  if (places === 0 || !base) return null;
  const sorted = outcomes.toSorted((a, b) => b.probability - a.probability);
  const taken = sorted.slice(0, places).map(({ probability }) => {
    const rivals = outcomes.filter((other) => other.probability === probability);
    return rivals.filter(({ churned }) => churned).length / rivals.length;
  });
  return (mean(taken) ?? 0) / base;
}

const churners = (outcomes: readonly Outcome[]) => outcomes.filter(({ churned }) => churned).length;

/** Some number of churners beside the expected one. */
const againstExpected =
  (observed: (outcomes: readonly Outcome[]) => number) =>
  (outcomes: readonly Outcome[]): number | null => {
    const expected = outcomes.reduce((sum, { probability }) => sum + probability, 0);
    return churners(outcomes) < 30 || expected === 0 ? null : observed(outcomes) / expected;
  };
const bound = (side: 0 | 1) =>
  againstExpected((outcomes) => (wilson(churners(outcomes), outcomes.length)?.[side] ?? 0) * outcomes.length);

/** Ten bins of equal width, the last one closed. */
function calibrationError(outcomes: readonly Outcome[]): number | null {
  const bins = Array.from({ length: 10 }, (_, bin) =>
    outcomes.filter(({ probability }) => Math.min(9, Math.floor(probability * 10)) === bin),
  );
  const gaps = bins.map((bin) =>
    Math.abs(bin.reduce((gap, { probability, churned }) => gap + probability - Number(churned), 0)),
  );
  return outcomes.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / outcomes.length;
}

/** Predictions whose outcomes are certain at T. */
export const modelQuality = defineOracle<Outcome>({
  view: 'model_quality',
  facts(data, at) {
    const certain = data.churnRuns.filter((run) => run.isPublished && run.snapshotAt + 97 * days <= at);
    const runs = new Map(certain.map((run) => [run.id, run]));
    return data.predictions.flatMap((prediction) => {
      const run = runs.get(prediction.run);
      if (run === undefined || prediction.churned === null) return [];
      return {
        dims: { model_version: prediction.model, scored_on: run.day, billing_interval: prediction.interval },
        probability: Number(prediction.probability),
        churned: prediction.churned,
        isHeldOut: prediction.isHeldOut === true,
      };
    });
  },
  measures: {
    predictions: count(() => true),
    churners: count(({ churned }) => churned),
    churn_rate: (outcomes) => mean(outcomes.map(({ churned }) => Number(churned))),
    churn_probability: (outcomes) => mean(outcomes.map(({ probability }) => probability)),
    roc_auc: rocAuc,
    pr_auc: averagePrecision,
    top_decile_lift: topDecileLift,
    observed_expected: againstExpected(churners),
    observed_expected_low: bound(0),
    observed_expected_high: bound(1),
    brier_base_rate: (outcomes) => {
      const rate = mean(outcomes.map(({ churned }) => Number(churned)));
      return rate === null ? null : rate * (1 - rate);
    },
    brier: (outcomes) => mean(outcomes.map(({ probability, churned }) => (probability - Number(churned)) ** 2)),
    hold_out_predictions: count(({ isHeldOut }) => isHeldOut),
    calibration_error: (outcomes) => calibrationError(outcomes.filter(({ isHeldOut }) => isHeldOut)),
  },
});

interface Shift {
  dims: Record<'feature' | 'model_version' | 'scored_on', string>;
  bins: number;
  customers: number;
  psi: number | null;
}

const largest = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** Features of the newest published scoring at T. */
export const featureDrift = defineOracle<Shift>({
  view: 'feature_drift',
  facts(data, at) {
    const [run] = data.churnRuns
      .filter(({ isPublished, snapshotAt }) => isPublished && snapshotAt <= at)
      .sort((a, b) => b.snapshotAt - a.snapshotAt || b.id - a.id);
    const model = data.predictions.find((prediction) => prediction.run === run?.id)?.model;
    if (run === undefined || model === undefined) return [];
    const trained = data.featureBins.filter((bin) => bin.model === model);
    return [...new Set(trained.map(({ feature }) => feature))].map((feature) => {
      const bins = trained
        .filter((bin) => bin.feature === feature)
        .map(({ bin, rows }) => ({
          rows,
          customers:
            data.runBins.find((one) => one.run === run.id && one.feature === feature && one.bin === bin)?.customers ??
            0,
        }))
        .filter(({ rows, customers }) => rows + customers > 0);
      const customers = bins.reduce((sum, bin) => sum + bin.customers, 0);
      const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
      const terms = bins.map((bin) => {
        const actual = (bin.customers + 0.5) / (customers + 0.5 * bins.length);
        const expected = (bin.rows + 0.5) / (rows + 0.5 * bins.length);
        return (actual - expected) * Math.log(actual / expected);
      });
      return {
        dims: { feature, model_version: model, scored_on: run.day },
        bins: bins.length,
        customers,
        psi: customers < 500 ? null : terms.reduce((sum, term) => sum + term, 0),
      };
    });
  },
  measures: {
    psi: (shifts) => largest(shifts.map(({ psi }) => psi)),
    psi_customers: (shifts) => largest(shifts.map(({ customers }) => customers)),
    psi_bins: (shifts) => largest(shifts.map(({ bins }) => bins)),
    shifted_features: count(({ psi }) => psi !== null && psi > 0.2),
  },
});

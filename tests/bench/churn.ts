import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { compare } from '@fair-underwriting/ml-service/src/evaluation/bootstrap.ts';
import type { Scores } from '@fair-underwriting/ml-service/src/evaluation/scores.ts';
import { predict } from '@fair-underwriting/ml-service/src/model/calibrated-model.ts';
import { bootstrapOf, compete, type Competition } from '@fair-underwriting/ml-service/src/pipeline/compete.ts';
import { readDataset, type Dataset } from '@fair-underwriting/ml-service/src/pipeline/dataset.ts';
import { scoreAll } from '@fair-underwriting/ml-service/src/pipeline/score.ts';
import { trainFromDatabase } from '@fair-underwriting/ml-service/src/pipeline/train.ts';
import { withConnection } from '@fair-underwriting/ml-service/src/connection.ts';
import { findDrivers } from '../churn/drivers.ts';
import { startPostgres } from '../support/postgres.ts';
import { watchMemory } from './memory.ts';

const seed = 42;
/** Customers that are scored at a time. */
const chunk = 1000;

/** Prints how well churn is predicted on demo data, what the models find, and how fast all customers are scored. */
export async function benchChurn(customers: number): Promise<void> {
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url);
    await generateDemo({ databaseUrl: postgres.url, customers, end: '2026-06-30' });
    const dataset = await withConnection(postgres.url, (client) => readDataset(client));
    for (const withGenotype of [false, true]) {
      const competition = await compete(dataset, { seed, withGenotype });
      console.log(
        `Churn of ${customers} demo customers, ${withGenotype ? 'with' : 'without'} the genotype: ` +
          `${competition.test.rows.length} test rows, all later than training and calibration`,
      );
      printQuality(dataset, competition);
      if (withGenotype) printDrivers(dataset, competition);
    }
    await printScoring(postgres.url);
  } finally {
    await postgres.stop();
  }
}

function printQuality(dataset: Dataset, competition: Competition): void {
  const { candidates, choice, test, baseRateTest } = competition;
  const logistic = candidates['logistic'];
  const rows = Object.entries(candidates).map(([name, { model, test: scores }]) => {
    const gain =
      logistic === undefined || name === 'logistic'
        ? null
        : compare(
            test.data.labels,
            predict(model, test.data.features),
            predict(logistic.model, test.data.features),
            bootstrapOf(dataset, test.rows, seed),
          ).brierGain;
    return {
      ...figures(name === choice.champion ? `${name} (champion)` : name, scores),
      'Brier gain over logistic (95%)':
        gain === null ? '' : `${gain.estimate.toFixed(4)} (${gain.low.toFixed(4)} to ${gain.high.toFixed(4)})`,
    };
  });
  console.table([...rows, figures('base rate', baseRateTest)]);
}

function figures(model: string, { rocAuc, prAuc, brier, calibrationError, topDecileLift }: Scores) {
  const rounded = (value: number | null) => (value === null ? '' : Number(value.toFixed(4)));
  return {
    model,
    'ROC-AUC': rounded(rocAuc),
    'PR-AUC': rounded(prAuc),
    Brier: rounded(brier),
    'calibration error': rounded(calibrationError.value),
    'top-decile lift': rounded(topDecileLift),
  };
}

function printDrivers(dataset: Dataset, { encoding, candidates, test }: Competition): void {
  const rows = Array.from(test.rows.subarray(0, 2000), (row) => dataset.rows[row] ?? {});
  console.log('What was planted in the demo: rank among all features, and what it adds to the margin (above 0: found)');
  const found = Object.entries(candidates).map(
    ([name, { model }]) => [name, findDrivers(model.model, encoding, rows)] as const,
  );
  console.table(
    found[0]?.[1].map(({ feature }, i) => ({
      feature,
      ...Object.fromEntries(
        found.map(([name, drivers]) => [name, `${drivers[i]?.rank ?? ''}: ${drivers[i]?.difference.toFixed(2) ?? ''}`]),
      ),
    })),
  );
}

async function printScoring(databaseUrl: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fua-models-'));
  const silent = { folder, log: () => undefined };
  try {
    await withConnection(databaseUrl, (client) => trainFromDatabase(client, { ...silent, seed, withGenotype: false }));
    const started = performance.now();
    // What a million customers would take does not depend on how long the model takes to load: the first chunk is apart.
    let first: { at: number; memory: ReturnType<typeof watchMemory> } | undefined;
    let last = started;
    const log = () => {
      last = performance.now();
      first ??= { at: last, memory: watchMemory() };
    };
    const { customers } = await scoreAll(databaseUrl, { folder, log, chunk, workers: availableParallelism() });
    const seconds = (performance.now() - started) / 1000;
    const growth = first?.memory.stop() ?? 0;
    const pace = (customers - chunk) / ((last - (first?.at ?? started)) / 1000);
    console.log(
      `From features to stored predictions: ${customers} subscribers in ${seconds.toFixed(1)} s; after the first ${chunk} ` +
        `${Math.round(pace)} a second (wanted: 5556, that is a million in 3 minutes) and ${Math.round(growth / 1e6)} MB more memory`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.filename === process.argv[1]) await benchChurn(Number(process.argv[2] ?? 20_000));

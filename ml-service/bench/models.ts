import { availableParallelism } from 'node:os';
import { synthesize } from '../test-support/synthetic.ts';
import type { LabelledData } from '../src/data/matrix.ts';
import { writeOnnx } from '../src/model/onnx-graph.ts';
import { trainBoosting } from '../src/training/boosting.ts';
import { trainForest } from '../src/training/forest.ts';
import { calibrationNoise, predictBy, scorePredictions, type Predictions } from './quality.ts';
import { telcoProtocols, telcoRecipes, telcoRepeats, type Protocol } from './recipes.ts';
import { hasReference, runReference, type ReferenceSpeed } from './reference.ts';
import { spreadOf, summarise } from './repeats.ts';
import { timeBatch, timeExplaining, timeSingleRows, timeTraining, uncalibrated } from './speed.ts';
import { hasTelco, readTelco } from './telco.ts';

const explained = 100;

type ByModel = Record<string, Predictions>;

/**
 * Prints the figures of the computing core beside scikit-learn, LightGBM, ONNX Runtime in Python and shap. PYTHON names a
 * Python that has them; DATA_DIR the folder of telco-churn.csv. Seconds are given by the clock and of processor time.
 */
export async function benchModels(): Promise<void> {
  const telco = hasTelco ? readTelco() : null;
  const protocols = telco === null ? [] : Object.values(telcoProtocols(telco.labels));
  const repeats = telco === null ? [] : telcoRepeats(telco.labels);
  const all = [...protocols, ...repeats];
  const train = synthesize({ rows: 50_000, columns: 10, seed: 1 });
  const test = synthesize({ rows: 200_000, columns: 10, seed: 2 });
  const { onnx, ...speed } = await timeOurs(train, test);
  const ours = telco === null ? {} : await predictTelco(telco, all);
  const reference = hasReference()
    ? await runReference({
        quality: telco === null ? null : { data: telco, protocols: all },
        train,
        test,
        onnx,
        explained,
      })
    : null;
  if (reference === null)
    console.log('Comparison: left out, PYTHON has no scikit-learn, LightGBM, onnxruntime and shap.\n');
  if (telco === null) console.log('Quality: left out, telco-churn.csv is not in DATA_DIR.\n');
  else {
    const models = (name: string): ByModel => ({ ...ours[name], ...reference?.quality[name] });
    for (const { name } of protocols) printQuality(name, telco, models(name));
    printRepeats(
      telco,
      repeats.map((protocol) => ({ protocol, models: models(protocol.name) })),
    );
  }
  printSpeed(speed, reference?.speed);
}

async function timeOurs(train: LabelledData, test: LabelledData) {
  const forest = await timeTraining(() => trainForest(train), test);
  const boosting = await timeTraining(() => trainBoosting(train, { trees: 100, learningRate: 0.1 }), test);
  const onnx = writeOnnx(uncalibrated(forest.model, train));
  const workers = availableParallelism();
  return {
    onnx,
    workers,
    training: { 'our forest': forest, 'our boosting': boosting },
    scoring: {
      'our workers, forest': await timeBatch(onnx, test, workers),
      'our workers, boosting': await timeBatch(writeOnnx(uncalibrated(boosting.model, train)), test, workers),
    },
    single: await timeSingleRows(onnx, test, 5000),
    explaining: await timeExplaining(forest.model, test, explained),
  };
}

async function predictTelco(data: LabelledData, protocols: readonly Protocol[]): Promise<Record<string, ByModel>> {
  const all: Record<string, ByModel> = {};
  for (const protocol of protocols) {
    const byModel: ByModel = {};
    for (const [name, recipe] of Object.entries(telcoRecipes)) byModel[name] = await predictBy(recipe, data, protocol);
    all[protocol.name] = byModel;
  }
  return all;
}

function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function printQuality(protocol: string, telco: LabelledData, models: ByModel): void {
  const rows = Object.entries(models).map(([model, predictions]) => {
    const { n, rocAuc, prAuc, brier, calibrationError, topDecileLift } = scorePredictions(telco, predictions);
    const figures = [rocAuc, prAuc, brier, calibrationError.value, calibrationNoise(predictions)];
    return [model, n, ...figures.map((value) => value?.toFixed(4) ?? ''), topDecileLift?.toFixed(2) ?? ''];
  });
  const head = ['model', 'n', 'ROC-AUC', 'PR-AUC', 'Brier', 'ECE (10 bins)', 'ECE by chance', 'top-decile lift'];
  console.log(
    `Quality on telco-churn.csv, ${protocol} (wanted: AUC at least .846, Brier at most .135, ECE at most .015)\n`,
  );
  console.log(`${table(head, rows)}\n`);
}

function printRepeats(telco: LabelledData, repeats: readonly { protocol: Protocol; models: ByModel }[]): void {
  const rows = Object.keys(repeats[0].models).map((model) => {
    const { rocAuc, brier, calibrationError, folds } = summarise(
      telco,
      repeats.map(({ protocol, models }) => ({ protocol, predictions: models[model] })),
    );
    const spreads = [rocAuc, brier, calibrationError].map(
      ({ mean, deviation }) => `${mean.toFixed(4)} (${deviation.toFixed(4)})`,
    );
    const fifth = `${folds[0].toFixed(4)} to ${folds[folds.length - 1].toFixed(4)}, ${spreadOf(folds).deviation.toFixed(4)}`;
    return [model, ...spreads, fifth];
  });
  const head = ['model', 'ROC-AUC', 'Brier', 'ECE', 'ROC-AUC of the 25 fifths: from, to, standard deviation'];
  console.log('The five folds dealt five times: means, with the standard deviation from one dealing to the next\n');
  console.log(`${table(head, rows)}\n`);
}

type OurSpeed = Omit<Awaited<ReturnType<typeof timeOurs>>, 'onnx'>;

function printSpeed(ours: OurSpeed, theirs: ReferenceSpeed | undefined): void {
  const trained = Object.entries({ ...ours.training, ...theirs?.training });
  console.log(
    "Training, 50,000 x 10 rows, 100 trees, one thread (wanted: a quarter of scikit-learn's seconds, AUC - .003)\n",
  );
  const seconds = trained.map(([name, { wall, cpu, auc }]) => [name, wall.toFixed(2), cpu.toFixed(2), auc.toFixed(4)]);
  console.log(`${table(['model', 'seconds', 'of processor', 'test AUC'], seconds)}\n`);
  console.log(
    `Scoring, 200,000 rows, 100 trees (ours on ${ours.workers} workers, the others on one thread; wanted: 250,000 rows/s)\n`,
  );
  const rates = Object.entries({ ...ours.scoring, ...theirs?.scoring }).map(([name, rate]) => [
    name,
    Math.round(rate.rowsPerSecond),
    Math.round(rate.rowsPerCpuSecond),
  ]);
  console.log(`${table(['by', 'rows/s', 'rows per processor second'], rates)}\n`);
  const { p50, p99 } = ours.single;
  console.log(`Single row on the main thread: p50 ${p50.toFixed(0)} us, p99 ${p99.toFixed(0)} us\n`);
  const { single: alone, together } = ours.explaining;
  const shap =
    theirs === undefined ? [] : [['shap', theirs.explaining.wallPerRow, theirs.explaining.cpuPerRow] as const];
  const rows = [
    ['ours, row after row', alone.wall, alone.cpu] as const,
    ['ours, 100 rows together', together.wall, together.cpu] as const,
    ...shap,
  ];
  const milliseconds = rows.map(([name, wall, cpu]) => [name, (wall * 1e3).toFixed(2), (cpu * 1e3).toFixed(2)]);
  console.log(
    `TreeSHAP, 100 trees of depth 10 (wanted: at most 2 ms)\n\n${table(['by', 'ms a row', 'of processor'], milliseconds)}`,
  );
}

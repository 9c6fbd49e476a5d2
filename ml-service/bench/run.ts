import { availableParallelism } from 'node:os';
import { synthesize } from '../test-support/synthetic.ts';
import { writeOnnx } from '../src/model/onnx-graph.ts';
import { trainBoosting } from '../src/training/boosting.ts';
import { trainForest } from '../src/training/forest.ts';
import { calibrationNoise, predictBy, scorePredictions, type Predictions } from './quality.ts';
import { telcoProtocols, telcoRecipes } from './recipes.ts';
import { hasReference, runReference, type ReferenceResult } from './reference.ts';
import { timeBatch, timeExplaining, timeSingleRows, timeTraining, uncalibrated } from './speed.ts';
import { hasTelco, readTelco } from './telco.ts';

// Figures of the computing core beside scikit-learn, LightGBM, ONNX Runtime in Python and shap, in one run. PYTHON names
// a Python that has them; DATA_DIR the folder of telco-churn.csv. Seconds are given by the clock and of processor time.

const explained = 100;
const telco = hasTelco ? readTelco() : null;
const protocols = telco === null ? [] : Object.values(telcoProtocols(telco.labels));
const train = synthesize({ rows: 50_000, columns: 10, seed: 1 });
const test = synthesize({ rows: 200_000, columns: 10, seed: 2 });

const forest = await timeTraining(() => trainForest(train), test);
const boosted = await timeTraining(() => trainBoosting(train, { trees: 100, learningRate: 0.1 }), test);
const onnx = writeOnnx(uncalibrated(forest.model, train));
const workers = availableParallelism();
const batches = {
  'our workers, forest': await timeBatch(onnx, test, workers),
  'our workers, boosting': await timeBatch(writeOnnx(uncalibrated(boosted.model, train)), test, workers),
};
const single = await timeSingleRows(onnx, test, 5000);
const explaining = await timeExplaining(forest.model, test, explained);
const ours = telco === null ? {} : await predictTelco();
const reference = hasReference()
  ? await runReference({ quality: telco === null ? null : { data: telco, protocols }, train, test, onnx, explained })
  : null;

async function predictTelco(): Promise<Record<string, Record<string, Predictions>>> {
  const all: Record<string, Record<string, Predictions>> = {};
  for (const protocol of protocols) {
    const byModel: Record<string, Predictions> = {};
    for (const [name, recipe] of Object.entries(telcoRecipes)) {
      if (telco !== null) byModel[name] = await predictBy(recipe, telco, protocol);
    }
    all[protocol.name] = byModel;
  }
  return all;
}

function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function printQuality(reference: ReferenceResult | null): void {
  if (telco === null) {
    console.log('Quality: left out, telco-churn.csv is not in DATA_DIR.\n');
    return;
  }
  for (const { name } of protocols) {
    const models = { ...ours[name], ...reference?.quality[name] };
    const rows = Object.entries(models).map(([model, predictions]) => {
      const scores = scorePredictions(telco, predictions);
      const figures = [
        scores.rocAuc,
        scores.prAuc,
        scores.brier,
        scores.calibrationError.value,
        calibrationNoise(predictions),
      ];
      return [
        model,
        scores.n,
        ...figures.map((value) => value?.toFixed(4) ?? ''),
        scores.topDecileLift?.toFixed(2) ?? '',
      ];
    });
    console.log(`Quality on telco-churn.csv, ${name}\n`);
    console.log(
      `${table(['model', 'n', 'ROC-AUC', 'PR-AUC', 'Brier', 'ECE (10 bins)', 'ECE by chance', 'top-decile lift'], rows)}\n`,
    );
  }
}

function printSpeed(reference: ReferenceResult | null): void {
  const { training = {}, scoring = {}, explaining: theirs } = reference?.speed ?? {};
  const trained = Object.entries({ 'our forest': forest, 'our boosting': boosted, ...training });
  console.log('Training, 50,000 x 10 rows, 100 trees, one thread\n');
  const seconds = trained.map(([name, { wall, cpu, auc }]) => [name, wall.toFixed(2), cpu.toFixed(2), auc.toFixed(4)]);
  console.log(`${table(['model', 'seconds', 'of processor', 'test AUC'], seconds)}\n`);
  console.log(`Scoring, 200,000 rows, 100 trees (ours on ${workers} workers, the others on one thread)\n`);
  const rates = Object.entries({ ...batches, ...scoring }).map(([name, rate]) => [
    name,
    Math.round(rate.rowsPerSecond),
    Math.round(rate.rowsPerCpuSecond),
  ]);
  console.log(`${table(['by', 'rows/s', 'rows per processor second'], rates)}\n`);
  console.log(`Single row on the main thread: p50 ${single.p50.toFixed(0)} us, p99 ${single.p99.toFixed(0)} us\n`);
  const shap = [['ours', explaining.wall, explaining.cpu] as const];
  const rows = [...shap, ...(theirs ? [['shap', theirs.wallPerRow, theirs.cpuPerRow] as const] : [])];
  const milliseconds = rows.map(([name, wall, cpu]) => [name, (wall * 1e3).toFixed(2), (cpu * 1e3).toFixed(2)]);
  console.log(`TreeSHAP, 100 trees of depth 10\n\n${table(['by', 'ms a row', 'of processor'], milliseconds)}`);
}

if (reference === null)
  console.log('Comparison: left out, PYTHON has no scikit-learn, LightGBM, onnxruntime and shap.\n');
printQuality(reference);
printSpeed(reference);

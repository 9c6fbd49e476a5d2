import { calibrationBins, type Scores } from '../evaluation/scores.ts';
import { sliceScores, type SliceScore } from '../evaluation/slices.ts';
import { predict } from '../model/calibrated-model.ts';
import type { ModelCard } from '../model/card.ts';
import { hashData, sha256 } from '../model/hash.ts';
import { bootstrapOf, type Competition } from './compete.ts';
import type { Dataset } from './dataset.ts';

/** Features by whose levels a model is checked, whether or not it uses them. */
const slicedBy = ['billing_interval', 'plan', 'payer_type', 'genotype'] as const;

const notes = [
  'Label: within 90 days MRR reaches 0, or notice is given for all subscriptions and stands at day 90. A replacement ' +
    'that begins within 7 days is not churn.',
  'Population: subscribers with MRR above 0 at the end of a month.',
  'Excluded: those who have given notice for all that they pay for, trials, test buyers without a subscription, and ' +
    'snapshots whose outcomes are not certain yet (97 days).',
  'Split by time: all that was known 97 days before the test trains, and calibrates where it validated. Intervals resample ' +
    'customers.',
];

/** The card of a competition's champion. The same data, seed and switch give the same version. */
export function cardOf(
  dataset: Dataset,
  competition: Competition,
  { seed, withGenotype, now }: { seed: number; withGenotype: boolean; now: Date },
): ModelCard {
  const { encoding, known, test, candidates, champion, choice, baseRateTest } = competition;
  const probabilities = predict(champion.model, test.data.features);
  const dataHash = sha256(...[known, test].map((part) => hashData(part.data)));
  const settings = JSON.stringify([Object.values(candidates).map(({ recipe }) => recipe), seed, withGenotype]);
  const { snapshots } = dataset;
  const last = snapshots[snapshots.length - 1].day;
  const others = Object.entries(candidates).filter(([name]) => name !== choice.champion);
  const slices = slicedBy.flatMap((feature) =>
    sliceScores(
      feature,
      Array.from(test.rows, (row) => (dataset.rows[row][feature] ?? null) as string | null),
      test.data.labels,
      probabilities,
      bootstrapOf(dataset, test.rows, seed),
    ),
  );
  return {
    version: `churn-${last}-${sha256(dataHash, settings).slice(0, 8)}`,
    kind: champion.model.model.kind,
    createdAt: now.toISOString(),
    features: encoding.features,
    columns: encoding.columns,
    calibration: champion.model.calibrator.kind,
    options: { ...champion.recipe.options },
    seed,
    dataHash,
    trainingRows: known.rows.length,
    testFrom: firstDay(dataset, test.rows),
    scores: { validation: champion.validation, test: champion.test },
    comparison: {
      ...Object.fromEntries(others.map(([name, candidate]) => [name, candidate.test])),
      'base rate': baseRateTest,
    },
    slices,
    calibrationPlot: calibrationBins(test.data.labels, probabilities),
    notes: [
      `Data: the ends of ${snapshots.length} months, ${snapshots[0].day} to ${last}; ${known.rows.length} rows trained, ` +
        `${test.rows.length} tested.`,
      choiceNote(competition),
      ...(dataset.share < 1 ? [`Customers: a random ${(100 * dataset.share).toFixed(1)}% of all.`] : []),
      ...notes,
      withGenotype ? 'The genotype is a feature.' : 'The genotype is no feature.',
    ],
  };
}

function choiceNote({ train, validation, choice }: Competition): string {
  const standings = Object.entries(choice.standings).map(
    ([name, { logLoss, excess, standardError }]) =>
      `${name} ${logLoss.toFixed(4)}${excess > 0 ? ` (more by ${excess.toFixed(4)}, standard error ${standardError.toFixed(4)})` : ''}`,
  );
  return (
    `Chosen: ${choice.champion}, with the least log-loss on ${validation.rows.length} rows, ` +
    `after training on ${train.rows.length} that ended 97 days before them: ${standings.join(', ')}.`
  );
}

function firstDay({ times, snapshots }: Dataset, rows: Int32Array): string {
  const first = rows.reduce((earliest, row) => Math.min(earliest, times[row]), Infinity);
  return snapshots.find(({ time }) => time === first)?.day ?? '';
}

/** The card as a page for people. */
export function cardPage(card: ModelCard): string {
  const scores = { [`**${card.kind}**`]: card.scores['test'], ...card.comparison };
  return [
    `# ${card.version}`,
    ...card.notes,
    `Seed ${card.seed}; ${card.calibration} calibration; SHA-256 of the data ${card.dataHash}.`,
    '## On the test rows',
    table(
      ['model', 'n', 'events', 'ROC-AUC', 'PR-AUC', 'Brier', 'calibration error', 'top-decile lift'],
      Object.entries(scores).map(([name, score]) => [name, ...scoreCells(score)]),
    ),
    '![Calibration plot](calibration.svg)',
    '## Observed over expected churn',
    table(['feature', 'level', 'n', 'observed', 'expected', 'ratio (95% interval)'], card.slices.map(sliceCells)),
    '',
  ].join('\n\n');
}

function scoreCells(scores: Scores): string[] {
  const { n, events, rocAuc, prAuc, brier, calibrationError, topDecileLift } = scores;
  const figures = [rocAuc, prAuc, brier, calibrationError.value].map((value) => value?.toFixed(4) ?? '–');
  return [String(n), String(events), ...figures, topDecileLift?.toFixed(2) ?? '–'];
}

function sliceCells({ feature, level, n, observed, expected, ratio }: SliceScore): string[] {
  const interval =
    ratio === null
      ? 'fewer than 30 events'
      : `${ratio.estimate.toFixed(2)} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`;
  return [feature, level ?? 'unknown', String(n), String(observed), expected.toFixed(1), interval];
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

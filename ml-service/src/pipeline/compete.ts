import { encodeRows, fitEncoding, type Encoding } from '../data/encoding.ts';
import { DataError, takeRows, type LabelledData } from '../data/matrix.ts';
import type { BootstrapOptions } from '../evaluation/bootstrap.ts';
import { chooseChampion, type Choice } from '../evaluation/champion.ts';
import { scoresOf, type Scores } from '../evaluation/scores.ts';
import { trainedFeatures } from '../features/catalogue.ts';
import { predict, type CalibratedModel } from '../model/calibrated-model.ts';
import type { Interruption, Progress } from '../training/interruption.ts';
import { calibrateModel, trainModel, type Recipe } from '../training/train.ts';
import { candidateRecipes } from './candidates.ts';
import type { Dataset } from './dataset.ts';
import { splitByTime } from './parts.ts';

export interface CompetitionOptions {
  readonly seed: number;
  readonly withGenotype: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((kind: Recipe['kind'], progress: Progress) => void) | undefined;
}

/** Rows of one part: their numbers in the dataset, and what models see of them. */
export interface Part {
  readonly rows: Int32Array;
  readonly data: LabelledData;
}

export interface Candidate {
  readonly recipe: Recipe;
  readonly model: CalibratedModel;
  readonly validation: Scores;
  readonly test: Scores;
}

export interface Competition {
  readonly encoding: Encoding;
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part;
  /** By kind of model; the champion among them. */
  readonly candidates: Readonly<Record<string, Candidate>>;
  /** Chosen on the validation rows. */
  readonly choice: Choice;
  readonly champion: Candidate;
  /** Probability of the base rate: the share of the training rows that churned. */
  readonly baseRate: number;
  /** That probability, on the test rows. */
  readonly baseRateTest: Scores;
}

/** Resampling by customer: rows of one customer at several snapshots are not independent. */
export function bootstrapOf({ customers }: Dataset, rows: Int32Array, seed: number): Partial<BootstrapOptions> {
  // Beyond this many rows the intervals are narrow, and a thousand resamples take minutes.
  const resamples = rows.length > 20_000 ? 200 : 1000;
  return { seed, resamples, groups: rows.map((row) => customers[row]) };
}

/**
 * Trains every candidate on the earliest rows, calibrates it on later ones and chooses the champion there; the latest
 * rows only test.
 * @throws {DataError} where the history is too short, or a part has one class only.
 */
export async function compete(dataset: Dataset, options: CompetitionOptions): Promise<Competition> {
  const split = splitByTime(dataset);
  const specs = trainedFeatures(options.withGenotype).map(({ name, kind }) => ({ name, kind }));
  const encoding = fitEncoding(
    specs,
    Array.from(split.train, (row) => dataset.rows[row]),
  );
  const data = { features: encodeRows(encoding, dataset.rows), labels: dataset.labels };
  const part = (name: string, rows: Int32Array): Part => ({ rows, data: checked(name, takeRows(data, rows)) });
  const train = part('The training part', split.train);
  const validation = part('The validation part', split.validation);
  const test = part('The test part', split.test);
  const candidates: Record<string, Candidate> = {};
  for (const recipe of candidateRecipes(options.seed)) {
    const interruption: Interruption = {
      signal: options.signal,
      onProgress: (progress) => options.onProgress?.(recipe.kind, progress),
    };
    const model = calibrateModel(await trainModel(recipe, train.data, validation.data, interruption), validation.data);
    const scores = ({ data: { features, labels } }: Part) => scoresOf(labels, predict(model, features));
    candidates[recipe.kind] = { recipe, model, validation: scores(validation), test: scores(test) };
  }
  const choice = chooseChampion(
    validation.data.labels,
    Object.entries(candidates).map(([name, { model }]) => ({
      name,
      probabilities: predict(model, validation.data.features),
    })),
    bootstrapOf(dataset, validation.rows, options.seed),
  );
  const baseRate = train.data.labels.reduce((sum, label) => sum + label, 0) / train.rows.length;
  return {
    encoding,
    train,
    validation,
    test,
    candidates,
    choice,
    champion: candidates[choice.champion],
    baseRate,
    // All rows are alike to it, so that it has no top tenth.
    baseRateTest: {
      ...scoresOf(test.data.labels, new Float64Array(test.rows.length).fill(baseRate)),
      topDecileLift: null,
    },
  };
}

function checked(name: string, data: LabelledData): LabelledData {
  const events = data.labels.reduce((sum, label) => sum + label, 0);
  if (events === 0 || events === data.labels.length) {
    throw new DataError(
      `${name} has ${data.labels.length} rows, of which ${events === 0 ? 'none' : 'all'} churned: both kinds are ` +
        'needed. Train again when there is more history.',
    );
  }
  return data;
}

import { encodeRows, fitEncoding, type Encoding } from '../data/encoding.ts';
import { DataError, takeRows, type LabelledData } from '../data/matrix.ts';
import type { BootstrapOptions } from '../evaluation/bootstrap.ts';
import { chooseChampion, type Choice } from '../evaluation/champion.ts';
import { groupedFolds } from '../evaluation/folds.ts';
import { scoresOf, type Scores } from '../evaluation/scores.ts';
import { trainedFeatures } from '../features/catalogue.ts';
import { predict, type CalibratedModel } from '../model/calibrated-model.ts';
import { marginsOf } from '../model/margin-model.ts';
import { chooseRounds } from '../training/boosting-rounds.ts';
import type { Interruption, Progress } from '../training/interruption.ts';
import { crossCalibrate, trainCrossFitted, trainModel, type Recipe } from '../training/train.ts';
import { candidateRecipes } from './candidates.ts';
import type { Dataset } from './dataset.ts';
import { splitByTime } from './parts.ts';

export interface CompetitionOptions {
  readonly seed: number;
  readonly withGenotype: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((name: string, progress: Progress) => void) | undefined;
}

/** Rows of one part: their numbers in the dataset, and what models see of them. */
export interface Part {
  readonly rows: Int32Array;
  readonly data: LabelledData;
}

export interface Candidate {
  /** With as many trees as it has. */
  readonly recipe: Recipe;
  /** Trained on all that was known before the test, calibrated on the validation rows. */
  readonly model: CalibratedModel;
  /** Of the same recipe trained on the training rows alone. */
  readonly validation: Scores;
  readonly test: Scores;
}

export interface Competition {
  readonly encoding: Encoding;
  /** What the champion is chosen with. */
  readonly train: Part;
  readonly validation: Part;
  /** What the models are then trained on: both, and what lay between them. */
  readonly known: Part;
  readonly test: Part;
  /** By name; the champion among them. */
  readonly candidates: Readonly<Record<string, Candidate>>;
  /** Made on the validation rows. */
  readonly choice: Choice;
  readonly champion: Candidate;
  /** Probability of the base rate: the share of the known rows that churned. */
  readonly baseRate: number;
  /** That probability, on the test rows. */
  readonly baseRateTest: Scores;
}

/** Folds of customers. */
const folds = 5;

/** Resampling by customer: rows of one customer at several snapshots are not independent. */
export function bootstrapOf({ customers }: Dataset, rows: Int32Array, seed: number): Partial<BootstrapOptions> {
  // Beyond this many rows the intervals are narrow, and a thousand resamples take minutes.
  const resamples = rows.length > 20_000 ? 200 : 1000;
  return { seed, resamples, groups: rows.map((row) => customers[row]) };
}

/**
 * Chooses a champion, trained on the earliest rows, on later ones: the calibration of each of them is fitted to those of other
 * customers. Then trains every candidate on all that was known before the latest rows, which only test.
 * @throws {DataError} where the history is too short, a part has one class only, or no candidate can be trained.
 */
export async function compete(dataset: Dataset, options: CompetitionOptions): Promise<Competition> {
  const split = splitByTime(dataset);
  const specs = trainedFeatures(options.withGenotype).map(({ name, kind }) => ({ name, kind }));
  const encoding = fitEncoding(
    specs,
    Array.from(split.known, (row) => dataset.rows[row]),
  );
  const data = { features: encodeRows(encoding, dataset.rows), labels: dataset.labels };
  const part = (name: string, rows: Int32Array): Part => ({ rows, data: checked(name, takeRows(data, rows)) });
  const train = part('The training part', split.train);
  const validation = part('The validation part', split.validation);
  const test = part('The test part', split.test);
  const known = { rows: split.known, data: takeRows(data, split.known) };
  const validated = new Set(validation.rows);
  const calibratedOn = Int32Array.from(known.rows.keys()).filter((i) => validated.has(known.rows[i]));
  const customersOf = ({ rows }: Part) => rows.map((row) => dataset.customers[row]);
  const foldsOf = (of: Part) => groupedFolds(customersOf(of), folds, options.seed);
  const [trainFolds, validationFolds, knownFolds] = [train, validation, known].map(foldsOf);
  const candidates: Record<string, Candidate> = {};
  const unseen: { name: string; probabilities: Float64Array }[] = [];
  const problems: DataError[] = [];
  for (const [name, recipe] of Object.entries(candidateRecipes(options.seed))) {
    const interruption: Interruption = {
      signal: options.signal,
      onProgress: (progress) => options.onProgress?.(name, progress),
    };
    try {
      const chosen = await settle(recipe, train.data, trainFolds, interruption);
      const early = await trainModel(chosen.recipe, train.data, interruption);
      const margins = marginsOf(early, validation.data.features);
      const probabilities = crossCalibrate(early.kind, margins, validation.data.labels, validationFolds);
      const settled = await settle(recipe, known.data, knownFolds, interruption);
      const fitting = { foldOf: knownFolds, calibratedOn, margins: settled.margins };
      const model = await trainCrossFitted(settled.recipe, known.data, fitting, interruption);
      unseen.push({ name, probabilities });
      candidates[name] = {
        recipe: settled.recipe,
        model,
        validation: scoresOf(validation.data.labels, probabilities),
        test: scoresOf(test.data.labels, predict(model, test.data.features)),
      };
    } catch (error) {
      // One that ranks no better than chance does not keep the others from competing.
      if (!(error instanceof DataError)) throw error;
      problems.push(error);
    }
  }
  if (unseen.length === 0) throw problems[0];
  const choice = chooseChampion(validation.data.labels, unseen, customersOf(validation));
  const baseRate = known.data.labels.reduce((sum, label) => sum + label, 0) / known.rows.length;
  return {
    encoding,
    train,
    validation,
    known,
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

/** The recipe with as many trees as boosting does best with on customers that it has not seen, and its margins there. */
async function settle(
  recipe: Recipe,
  data: LabelledData,
  foldOf: Uint8Array,
  interruption: Interruption,
): Promise<{ recipe: Recipe; margins?: Float64Array }> {
  if (recipe.kind !== 'boosting') return { recipe };
  const { trees, margins } = await chooseRounds(data, foldOf, recipe.options ?? {}, interruption);
  return { recipe: { ...recipe, options: { ...recipe.options, trees } }, margins };
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

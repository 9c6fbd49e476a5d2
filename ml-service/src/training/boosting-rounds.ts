import { takeRows, type LabelledData } from '../data/matrix.ts';
import { splitFold } from '../evaluation/folds.ts';
import { logLoss } from '../evaluation/scores.ts';
import { marginsOf, sigmoid } from '../model/margin-model.ts';
import { Booster, type BoostingOptions } from './boosting.ts';
import { Checkpoint, type Interruption } from './interruption.ts';
import { addTree } from './tree.ts';

/** Trees without a lower loss after which the search ends. */
const patience = 40;

export interface Rounds {
  readonly trees: number;
  /** Of each row, by so many trees that were grown without its fold. */
  readonly margins: Float64Array;
}

/**
 * The number of trees, at least 1 and at most `options.trees`, with the lowest log-loss on rows that the trees were not grown
 * on: every fold is held out once, and all grow side by side.
 * @param foldOf fold of each row
 */
export async function chooseRounds(
  data: LabelledData,
  foldOf: Uint8Array,
  options: Partial<BoostingOptions>,
  interruption: Interruption = {},
): Promise<Rounds> {
  const folds: HeldOut[] = [];
  for (const fold of new Set(foldOf)) folds.push(await HeldOut.start(data, foldOf, fold, options));
  const total = folds[0].booster.settings.trees;
  const checkpoint = new Checkpoint(interruption);
  const margins = new Float64Array(data.labels.length);
  let best = { trees: 1, loss: Infinity };
  for (let trees = 1; trees <= total && trees - best.trees <= patience; trees++) {
    const loss = folds.reduce((sum, fold) => sum + fold.grow(), 0) / data.labels.length;
    if (loss < best.loss) {
      best = { trees, loss };
      for (const fold of folds) fold.copyTo(margins);
    }
    await checkpoint.reach({ done: trees, total, loss });
  }
  return { trees: best.trees, margins };
}

/** Boosting without one fold, and how well it does on it. */
class HeldOut {
  private constructor(
    readonly booster: Booster,
    private readonly rows: Int32Array,
    private readonly held: LabelledData,
    private readonly margins: Float64Array,
  ) {}

  static async start(data: LabelledData, foldOf: Uint8Array, fold: number, options: Partial<BoostingOptions>) {
    const { outside, inside } = splitFold(foldOf, fold);
    const booster = await Booster.start(takeRows(data, outside), options);
    const held = takeRows(data, inside);
    return new HeldOut(booster, inside, held, marginsOf(booster.untrained, held.features));
  }

  /** Takes one more tree in and returns the log-loss with it, summed over the rows. */
  grow(): number {
    addTree(this.booster.grow(), this.held.features, this.margins);
    return logLoss(this.held.labels, this.margins.map(sigmoid)) * this.held.labels.length;
  }

  copyTo(margins: Float64Array): void {
    this.rows.forEach((row, i) => (margins[row] = this.margins[i]));
  }
}

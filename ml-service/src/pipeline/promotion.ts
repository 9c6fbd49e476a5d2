import { encodeRows, encodingOf } from '../data/encoding.ts';
import { compare, type Comparison } from '../evaluation/bootstrap.ts';
import { predict } from '../model/calibrated-model.ts';
import type { StoredModel } from '../model/files.ts';
import { bootstrapOf, type Competition } from './compete.ts';
import type { Dataset } from './dataset.ts';

/** Whether a new model is to serve by itself, and why. */
export interface Verdict {
  readonly promote: boolean;
  readonly reason: string;
  /** The new model's gain on its test rows over what it would replace: the serving model, or else the base rate. */
  readonly gain: Comparison;
}

/**
 * Judges a new model on its test rows: it replaces the serving one only where the 95% intervals of its gains in Brier
 * score and in PR-AUC both exclude 0. Where none serves, it has to beat the base rate in the same way.
 * @param serving null where none serves
 */
export function judge(dataset: Dataset, competition: Competition, serving: StoredModel | null, seed: number): Verdict {
  const { test, champion, baseRate } = competition;
  const incumbent =
    serving === null
      ? new Float64Array(test.rows.length).fill(baseRate)
      : predict(
          serving.model,
          encodeRows(
            encodingOf(serving.card.features),
            Array.from(test.rows, (row) => dataset.rows[row]),
          ),
        );
  const gain = compare(
    test.data.labels,
    predict(champion.model, test.data.features),
    incumbent,
    bootstrapOf(dataset, test.rows, seed),
  );
  const other = serving === null ? 'the base rate' : serving.card.version;
  return {
    promote: gain.isBetter,
    reason: `${gain.isBetter ? 'better' : 'not certainly better'} than ${other} on ${test.rows.length} test rows: ${inWords(gain)}`,
    gain,
  };
}

function inWords({ brierGain, prAucGain }: Comparison): string {
  const interval = ({ estimate, low, high }: { estimate: number; low: number; high: number }) =>
    `${estimate.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
  return `Brier score lower by ${interval(brierGain)}, PR-AUC higher by ${prAucGain === null ? 'an unknown amount' : interval(prAucGain)}`;
}

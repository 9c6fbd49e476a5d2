import { compare, type BootstrapOptions, type Comparison } from './bootstrap.ts';
import { brier } from './scores.ts';

/** A model's calibrated probabilities on the validation rows. */
export interface Candidate {
  readonly name: string;
  readonly probabilities: Float64Array;
}

export interface Choice {
  readonly champion: string;
  /** The champion's gain over each of the others, by name. */
  readonly gains: Readonly<Record<string, Comparison>>;
}

/** Chooses the candidate with the lowest Brier score on validation, the first of equals, with its gains over the others. */
export function chooseChampion(
  labels: Uint8Array,
  candidates: readonly Candidate[],
  options: Partial<BootstrapOptions> = {},
): Choice {
  const scored = candidates.map((candidate) => ({
    candidate,
    score: brier(labels, candidate.probabilities) ?? Infinity,
  }));
  const best = scored.reduce((a, b) => (b.score < a.score ? b : a)).candidate;
  const gains = candidates
    .filter((candidate) => candidate !== best)
    .map((other) => [other.name, compare(labels, best.probabilities, other.probabilities, options)] as const);
  return { champion: best.name, gains: Object.fromEntries(gains) };
}

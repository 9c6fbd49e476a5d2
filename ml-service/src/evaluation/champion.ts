import { logLosses } from './scores.ts';

/** A model's calibrated probabilities of rows that neither it nor its calibration has seen. */
export interface Candidate {
  readonly name: string;
  readonly probabilities: Float64Array;
}

/** A candidate's mean log-loss, and by how much it exceeds the least one. */
export interface Standing {
  readonly logLoss: number;
  readonly excess: number;
  /** Of the excess: rows of one group, such as a customer, are not independent. */
  readonly standardError: number;
}

export interface Choice {
  readonly champion: string;
  /** By name. */
  readonly standings: Readonly<Record<string, Standing>>;
}

/**
 * Chooses the candidate with the least log-loss, the first of equals, and says how far the others are behind.
 * @param groups number of the group of each row
 */
export function chooseChampion(
  labels: Uint8Array,
  candidates: readonly Candidate[],
  groups: ArrayLike<number>,
): Choice {
  const losses = candidates.map(({ probabilities }) => logLosses(labels, probabilities));
  const means = losses.map(mean);
  const least = means.indexOf(Math.min(...means));
  const standings = losses.map((loss, i): Standing => {
    const excess = loss.map((value, row) => value - losses[least][row]);
    return { logLoss: means[i], excess: mean(excess), standardError: clusteredError(excess, groups) };
  });
  return {
    champion: candidates[least].name,
    standings: Object.fromEntries(candidates.map(({ name }, i) => [name, standings[i]])),
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard error of the mean of values that depend on each other within their groups. */
function clusteredError(values: Float64Array, groups: ArrayLike<number>): number {
  const centre = mean(values);
  const sums = new Map<number, number>();
  values.forEach((value, row) => sums.set(groups[row], (sums.get(groups[row]) ?? 0) + value - centre));
  let squares = 0;
  for (const sum of sums.values()) squares += sum * sum;
  return Math.sqrt(squares) / values.length;
}

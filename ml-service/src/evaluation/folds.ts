import { DataError } from '../data/matrix.ts';
import { Random } from '../random.ts';

/**
 * Deals rows into folds at random, each class evenly.
 * @returns the fold (0 to folds - 1) of every row
 * @throws {DataError} where a class has fewer rows than there are folds.
 */
export function stratifiedFolds(labels: Uint8Array, folds: number, seed: number): Uint8Array {
  if (!Number.isInteger(folds) || folds < 2 || folds > 255)
    throw new RangeError(`folds must be 2 to 255, not ${folds}.`);
  const foldOf = new Uint8Array(labels.length);
  let next = 0;
  for (const label of [0, 1]) {
    const rows = Int32Array.from(labels.keys()).filter((row) => labels[row] === label);
    if (rows.length < folds) {
      throw new DataError(`${folds} folds need ${folds} rows of class ${label} at least; there are ${rows.length}.`);
    }
    Random.stream(seed, label).drawToFront(rows, rows.length);
    for (const row of rows) foldOf[row] = next++ % folds;
  }
  return foldOf;
}

/**
 * Deals groups, such as customers, into folds at random: all rows of a group lie in one fold.
 * @param groups number of the group of each row, from 0
 * @returns the fold (0 to folds - 1) of every row
 */
export function groupedFolds(groups: ArrayLike<number>, folds: number, seed: number): Uint8Array {
  const numbers = Int32Array.from(new Set(Array.from(groups))).sort();
  Random.stream(seed).drawToFront(numbers, numbers.length);
  const foldOf = new Map(Array.from(numbers, (group, i) => [group, i % folds]));
  return Uint8Array.from(groups, (group) => foldOf.get(group) ?? 0);
}

/** The rows outside and inside one fold. */
export function splitFold(foldOf: Uint8Array, fold: number): { outside: Int32Array; inside: Int32Array } {
  const rows = Int32Array.from(foldOf.keys());
  return { outside: rows.filter((row) => foldOf[row] !== fold), inside: rows.filter((row) => foldOf[row] === fold) };
}

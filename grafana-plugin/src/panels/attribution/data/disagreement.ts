import type { Model } from './attribution';
import { slot } from './measures';
import { ratio } from './numbers';
import type { Row } from './rows';

/** How far the models are apart on one row. */
export interface Disagreement {
  lowest: { model: Model; credit: number };
  highest: { model: Model; credit: number };
  /** Conversions between the highest and the lowest credit. */
  spread: number;
  /** Spread / mean credit; null when the mean is 0. */
  relative: number | null;
  /** Does it matter: at least one conversion, and at least the threshold of the mean? */
  marked: boolean;
}

/** Null with fewer than two models that credit the row. */
export function disagreement(row: Row, models: readonly Model[], threshold: number): Disagreement | null {
  const credits = models.flatMap((model) => {
    const credit = row.values.get(slot('credit', model.id)) ?? null;
    return credit === null ? [] : [{ model, credit }];
  });
  if (credits.length < 2) {
    return null;
  }
  const lowest = credits.reduce((low, each) => (each.credit < low.credit ? each : low));
  const highest = credits.reduce((high, each) => (each.credit > high.credit ? each : high));
  const spread = highest.credit - lowest.credit;
  const relative = ratio(spread, credits.reduce((sum, { credit }) => sum + credit, 0) / credits.length);
  return { lowest, highest, spread, relative, marked: spread >= 1 && relative !== null && relative >= threshold };
}

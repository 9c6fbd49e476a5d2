import { listed } from '../../../i18n/listed';
import { t } from '../../../i18n/t';
import type { Channels, Model } from './attribution';
import { slot } from './measures';
import { decimalsOf, sumOfKnown } from './numbers';

/** How the credits of a model add up. */
export interface Reconciled {
  model: Model;
  /** Conversions credited over all rows. */
  sum: number;
  /** What they have to add up to: all conversions where they are known, else what the first model credits. */
  expected: number;
  agrees: boolean;
}

/** Adds each model's credits up and compares; differences that the rounding of each row explains do not count. */
export function reconcile({ rows, models, total }: Channels): Reconciled[] {
  const sums = models.map((model) => {
    const credits = rows.map((row) => row.values.get(slot('credit', model.id)) ?? null);
    return { model, sum: sumOfKnown(credits) ?? 0, rounding: rounding(credits) };
  });
  const conversions = total.values.get('conversions') ?? null;
  const reference = conversions === null ? sums[0] : { sum: conversions, rounding: 0 };
  return sums.map(({ model, sum, rounding }) => {
    // What binary arithmetic loses is far below 1e-9 of the sum.
    const tolerance = rounding + reference.rounding + Math.abs(reference.sum) * 1e-9;
    return { model, sum, expected: reference.sum, agrees: Math.abs(sum - reference.sum) <= tolerance };
  });
}

/** How far a sum may be off when each value was rounded to the decimals seen; whole values were not rounded. */
function rounding(values: ReadonlyArray<number | null>): number {
  const decimals = values.reduce<number>((most, value) => Math.max(most, value === null ? 0 : decimalsOf(value)), 0);
  return decimals === 0 ? 0 : values.length * 0.5 * 10 ** -decimals;
}

/** Says in words where credits do not add up, or nothing. */
export function discrepancy(reconciled: readonly Reconciled[], show: (credits: number) => string): string | undefined {
  const wrong = reconciled.filter(({ agrees }) => !agrees);
  if (wrong.length === 0) {
    return undefined;
  }
  const sums = wrong.map(({ model, sum }) => `${model.title} ${show(sum)}`).join(', ');
  const { expected } = wrong[0];
  return t(
    'reconciliation.discrepancy',
    'Credits do not add up to {{conversions}} conversions: {{sums}}. Rows are missing (a filter, a row limit, no unattributed row) or are counted twice.',
    { conversions: show(expected), count: expected, sums }
  );
}

/** Says which rows have a credit below 0, which no model gives, or nothing. */
export function impossible({ rows, models }: Channels): string | undefined {
  const below = rows.flatMap((row) =>
    models
      .filter(({ id }) => (row.values.get(slot('credit', id)) ?? 0) < 0)
      .map(({ title }) => `${row.name} (${title})`)
  );
  if (below.length === 0) {
    return undefined;
  }
  return t('reconciliation.below-zero', 'No model gives a credit below 0; check the query: {{rows}}.', {
    rows: listed(below, 3),
  });
}

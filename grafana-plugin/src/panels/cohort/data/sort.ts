import type { CohortOptions } from '../options';
import type { Cohort, CohortModel } from './model';

/** Order of the rows, as positions in the model's cohorts. What is unknown comes last either way. */
export function sortedOrder(
  { cohorts, periods }: CohortModel,
  { sortBy, sortPeriod, descending }: Pick<CohortOptions, 'sortBy' | 'sortPeriod' | 'descending'>
): number[] {
  const order = cohorts.map((_, index) => index);
  if (sortBy === 'cohort') {
    return descending ? order.reverse() : order;
  }
  const column = periods.indexOf(sortPeriod);
  const keyOf = ({ size, cells }: Cohort) => (sortBy === 'size' ? size : (cells[column]?.shown ?? null));
  const keys = cohorts.map(keyOf);
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [first, second] = [keys[a] ?? null, keys[b] ?? null];
    if (first === null || second === null) {
      return first === second ? a - b : first === null ? 1 : -1;
    }
    return sign * (first - second) || a - b;
  });
}

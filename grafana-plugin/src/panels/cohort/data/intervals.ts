import { wilson, type Interval } from '../stats/wilson';
import type { Basis, Cell } from './model';

/**
 * The 95% interval of a cell's share: the bounds that the data gives, else Wilson's for shares of customers.
 * @returns null where neither is to be had
 */
export function intervalOf(cell: Cell, basis: Basis): Interval | null {
  if (cell.lower !== null && cell.upper !== null) {
    return { lower: cell.lower, upper: cell.upper };
  }
  const { share, weight } = cell;
  // A share of customers may have come rounded: counts are whole.
  return basis === 'customers' && share !== null && weight !== null ? wilson(Math.round(share * weight), weight) : null;
}

import { slot, type Measure } from './measures';
import { ratio } from './numbers';
import type { Row } from './rows';

/**
 * A measure of a row under a model: as given, the model's own field first, else worked out from what is given
 * (CAC = spend / credit, ROAS = value / spend, ROI = (value - spend) / spend). Null where undefined or unknown.
 */
export function evaluate(row: Row, measure: Measure, model: string): number | null {
  const own = row.values.get(slot(measure, model));
  if (own !== undefined) {
    return own;
  }
  const plain = row.values.get(measure);
  if (plain !== undefined) {
    return plain;
  }
  const spend = row.values.get('spend') ?? null;
  switch (measure) {
    case 'cac':
      return ratio(spend, evaluate(row, 'credit', model));
    case 'roas':
      return ratio(evaluate(row, 'value', model), spend);
    case 'roi': {
      const value = evaluate(row, 'value', model);
      return value === null || spend === null ? null : ratio(value - spend, spend);
    }
    default:
      return null;
  }
}

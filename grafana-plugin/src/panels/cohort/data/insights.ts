import { intervalOf } from './intervals';
import type { CohortModel } from './model';

/** Age at which cohorts are compared, in periods, or the oldest that two cohorts have reached. */
const COMMON_AGE = 6;
/** Customers below which a cohort says too little to be best or worst. */
const LEAST_SIZE = 30;
const EARLY_PERIOD = 3;
const EARLY_SHARE = 0.5;

export interface Standing {
  label: string;
  share: number;
  lower: number;
  upper: number;
  size: number;
}

export interface Insights {
  /** Best by lower bound and worst by upper bound, at a common age; undefined under two comparable cohorts. */
  extremes?: { period: number; best: Standing; worst: Standing };
  /** Cohorts of which less than half is left at an early period; undefined when none has ended it. */
  early?: { period: number; below: string[]; of: number };
}

/** What stands out among cells whose period has ended. */
export function findInsights(model: CohortModel): Insights {
  return { ...extremes(model), ...early(model) };
}

function extremes(model: CohortModel): Pick<Insights, 'extremes'> {
  const ages = model.periods.filter((period) => period > 0 && period <= COMMON_AGE).reverse();
  for (const period of ages) {
    const standings = standingsAt(model, model.periods.indexOf(period));
    const [first, ...others] = standings;
    if (first && others.length > 0) {
      return {
        extremes: {
          period,
          best: others.reduce((best, each) => (each.lower > best.lower ? each : best), first),
          worst: others.reduce((worst, each) => (each.upper < worst.upper ? each : worst), first),
        },
      };
    }
  }
  return {};
}

function standingsAt({ cohorts, basis }: CohortModel, index: number): Standing[] {
  return cohorts.flatMap(({ label, cells }) => {
    const cell = cells[index];
    const bounds = cell?.mature && (cell.size ?? 0) >= LEAST_SIZE ? intervalOf(cell, basis) : null;
    return cell && bounds && cell.share !== null ? [{ label, share: cell.share, ...bounds, size: cell.size ?? 0 }] : [];
  });
}

function early({ cohorts, periods }: CohortModel): Pick<Insights, 'early'> {
  const index = periods.indexOf(EARLY_PERIOD);
  const ended = cohorts.flatMap(({ label, cells }) => {
    const cell = cells[index];
    return cell?.mature && cell.share !== null ? [{ label, share: cell.share }] : [];
  });
  const below = ended.filter(({ share }) => share < EARLY_SHARE).map(({ label }) => label);
  return ended.length > 0 ? { early: { period: EARLY_PERIOD, below, of: ended.length } } : {};
}

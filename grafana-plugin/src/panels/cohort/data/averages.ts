import type { Cell, CohortModel } from './model';

export interface Average {
  /** Weighted share; null where no cohort has ended the period. */
  share: number | null;
  /** Sum of what was kept and of what there was, over the cells that count. */
  kept: number;
  weight: number;
  /** Number of cohorts behind it. */
  cohorts: number;
}

/** Whether a cell may enter an average: its period has ended, and what it is a share of is known. */
export function counts(cell: Cell | undefined): cell is Cell & { share: number; weight: number } {
  return cell !== undefined && cell.mature && cell.share !== null && cell.weight !== null && cell.weight > 0;
}

/** Customers of all cohorts together. */
export function totalSize({ cohorts }: Pick<CohortModel, 'cohorts'>): number {
  return cohorts.reduce((sum, { size }) => sum + (size ?? 0), 0);
}

/** For each period: sum of what was kept / sum of what there was, over mature cells. */
export function averages({ cohorts, periods }: Pick<CohortModel, 'cohorts' | 'periods'>): Average[] {
  return periods.map((_, index) => {
    const average: Average = { share: null, kept: 0, weight: 0, cohorts: 0 };
    for (const { cells } of cohorts) {
      const cell = cells[index];
      if (counts(cell)) {
        average.kept += cell.share * cell.weight;
        average.weight += cell.weight;
        average.cohorts += 1;
      }
    }
    const share = average.kept / average.weight;
    // Numbers too large to be added up give no average.
    average.share = Number.isFinite(share) ? share : null;
    return average;
  });
}

import { newcombe, type Difference } from '../../panels/cohort/stats/newcombe';
import type { Answer } from '../shared/answer';
import { ask, members, type Question } from '../shared/cube';
import { toFilters, type Criteria } from './criteria';
import { kinds, type Kind } from './kinds';

/** Months at which two groups are compared. */
export const comparedMonths = [1, 2, 3, 6, 12] as const;

/** Every cohort x month of a group. */
export function cellsQuestion(kind: Kind, criteria: Criteria): Question {
  const { view, retained } = kinds[kind];
  const revenue = kind === 'paying' ? ['revenue_retention'] : [];
  return {
    view,
    dimensions: members(view, ['period', 'is_mature']),
    measures: members(view, ['cohort_size', retained, 'retention_rate', 'retention_low', 'retention_high', ...revenue]),
    timeDimension: { dimension: `${view}.cohort_month`, granularity: 'month' },
    filters: toFilters(kind, criteria),
    order: [{ member: `${view}.period`, direction: 'asc' }],
  };
}

/** A group over all its cohorts that have reached a month. */
export interface Retention {
  month: number;
  /** Customers whose month has ended, and those of them still there. */
  size: number;
  retained: number;
}

export async function askRetention(uid: string, kind: Kind, criteria: Criteria): Promise<Retention[]> {
  const { view, retained } = kinds[kind];
  const answer = await ask(uid, {
    view,
    dimensions: members(view, ['period']),
    measures: members(view, ['cohort_size', retained]),
    filters: [
      ...toFilters(kind, criteria),
      { member: `${view}.is_mature`, operator: 'equals', values: ['true'] },
      { member: `${view}.period`, operator: 'equals', values: comparedMonths.map(String) },
    ],
  });
  return retentionOf(answer, retained);
}

export function retentionOf(answer: Answer, retained: string): Retention[] {
  return answer.rows
    .map((row) => ({
      month: answer.number('period', row) ?? 0,
      size: answer.number('cohort_size', row) ?? 0,
      retained: answer.number(retained, row) ?? 0,
    }))
    .sort((first, second) => first.month - second.month);
}

export interface Comparison {
  month: number;
  a?: Retention;
  b?: Retention;
  /** A less B; undefined where one of them has nobody or they may share customers. */
  difference?: Difference;
}

/**
 * Puts two groups side by side.
 * @param disjoint whether no customer can be in both: Newcombe's interval is for independent groups
 */
export function compareGroups(a: readonly Retention[], b: readonly Retention[], disjoint: boolean): Comparison[] {
  const at = (group: readonly Retention[], month: number) => group.find((one) => one.month === month && one.size > 0);
  return comparedMonths
    .map((month) => {
      const [first, second] = [at(a, month), at(b, month)];
      const difference =
        disjoint && first && second
          ? newcombe(
              { successes: first.retained, trials: first.size },
              { successes: second.retained, trials: second.size }
            )
          : null;
      return { month, a: first, b: second, ...(difference ? { difference } : {}) };
    })
    .filter((row) => row.a ?? row.b);
}

import { createHash } from 'node:crypto';
import { Random } from '../random.ts';
import { add, type CareSum, type SetSums } from './care-sums.ts';
import type { Group } from './cells.ts';
import { differenceInDifferences } from './difference.ts';
import { lungFigures } from './lungs.ts';
import type { MatchedSet } from './match.ts';

/** Counts that small ones of are not shown, by the name under which a row says so. */
export type CountName =
  | 'patients'
  | 'without_history'
  | 'without_follow_up'
  | 'without_matches'
  | 'placebo_patients'
  | 'reimbursed_tests'
  | 'reimbursed_patient_tests'
  | `${'er_visits' | 'admissions' | 'exacerbations'}_${Arm}_${Time}`
  | `fev1_${Arm}_${Time}`
  | `sgrq_${Arm}`;
type Arm = 'treated' | 'comparator';
type Time = 'before' | 'after';

export interface Figure {
  readonly value: number | string | null;
  /** The counts that it is, or rests on. */
  readonly of: readonly CountName[];
}

export interface Figures {
  readonly counts: Readonly<Record<CountName, number>>;
  /** By the names of their columns. */
  readonly columns: Readonly<Record<string, Figure>>;
}

const times = ['before', 'after'] as const;

/** All figures of a group, with the counts that they rest on. */
export function figuresOf(
  { level, payer, contract, quarter, content }: Group,
  sumsOf: (set: MatchedSet) => SetSums,
  placeboSumsOf: (set: MatchedSet) => SetSums,
): Figures {
  const { sets, placeboSets, tests } = content;
  const key = [level, payer?.id, contract, quarter].join(' ');
  const sums = sets.map(sumsOf);
  const main = differenceInDifferences(sums, randomOf(`${key} main`));
  const placebo = differenceInDifferences(placeboSets.map(placeboSumsOf), randomOf(`${key} placebo`));
  const lungs = lungFigures(sets);
  const patients = new Set(sets.map(({ patient }) => patient.id));
  const patientTests = tests.filter(({ member }) => member !== null && patients.has(member));

  const counts: Partial<Record<CountName, number>> = {
    patients: sets.length,
    without_history: content.withoutHistory.length,
    without_follow_up: content.withoutFollowUp.length,
    without_matches: content.withoutMatches.length,
    placebo_patients: placeboSets.length,
    reimbursed_tests: tests.length,
    reimbursed_patient_tests: patientTests.length,
  };
  const columns: Record<string, Figure> = {
    comparators: figure(sets.reduce((all, { comparators }) => all + comparators.length, 0)),
    cost_difference: figure(main?.value),
    cost_difference_low: figure(main?.low),
    cost_difference_high: figure(main?.high),
    placebo_difference: { value: placebo?.value ?? null, of: ['placebo_patients'] },
    placebo_difference_low: { value: placebo?.low ?? null, of: ['placebo_patients'] },
    placebo_difference_high: { value: placebo?.high ?? null, of: ['placebo_patients'] },
    reimbursed: { value: money(tests), of: ['reimbursed_tests'] },
    reimbursed_for_patients: { value: money(patientTests), of: ['patients', 'reimbursed_patient_tests'] },
  };
  const arm = (name: Arm, time: Time, sum: CareSum, counted: CareSum) => {
    const at = `${name}_${time}` as const;
    const months = sum.months === 0 ? null : sum.months;
    const per = (events: number, by: number) => (months === null ? null : (events / months) * by);
    columns[`member_months_${at}`] = figure(months);
    columns[`cost_${at}`] = figure(per(sum.cents, 1 / 100));
    for (const [event, column, events, n, by] of [
      ['er_visits', 'er_visits_per_1000', sum.erVisits, counted.erVisits, 1000],
      ['admissions', 'admissions_per_1000', sum.admissions, counted.admissions, 1000],
      ['exacerbations', 'exacerbations_per_year', sum.exacerbations, counted.exacerbations, 12],
    ] as const) {
      counts[`${event}_${at}`] = n;
      columns[`${column}_${at}`] = figure(per(events, by), `${event}_${at}`);
    }
  };
  for (const time of times) {
    const treated = add(sums.map((sum) => sum.treated[time]));
    arm('treated', time, treated, treated);
    const counted = add(sums.map((sum) => sum.counted[time]));
    arm('comparator', time, add(sums.map((sum) => sum.comparators[time])), counted);
  }
  for (const name of ['treated', 'comparator'] as const) {
    for (const time of times) {
      const { value, people } = lungs.fev1[`${name}${time === 'before' ? 'Before' : 'After'}`];
      counts[`fev1_${name}_${time}`] = people;
      columns[`fev1_slope_${name}_${time}`] = figure(value, `fev1_${name}_${time}`);
    }
    counts[`sgrq_${name}`] = lungs.sgrq[name].people;
    columns[`sgrq_change_${name}`] = figure(lungs.sgrq[name].value, `sgrq_${name}`);
  }
  for (const name of ownColumns) columns[name] = { value: counts[name] ?? 0, of: [name] };
  return { counts: counts as Record<CountName, number>, columns };
}

/** Counts that are columns of their own. */
const ownColumns = [
  'patients',
  'without_history',
  'without_follow_up',
  'without_matches',
  'placebo_patients',
  'reimbursed_tests',
] as const;

/** A figure of the patients, and perhaps of fewer. */
function figure(value: number | null | undefined, count?: CountName): Figure {
  return { value: value ?? null, of: count === undefined ? ['patients'] : ['patients', count] };
}

function money(tests: Group['content']['tests']): string {
  const cents = tests.reduce((sum, test) => sum + test.cents, 0);
  return (cents / 100).toFixed(2);
}

/** The same draws for the same cell on every machine. */
function randomOf(key: string): Random {
  return Random.stream(createHash('sha256').update(key).digest().readInt32LE());
}

import type { PayerBalance, PayerValue, RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import type { Measure } from './oracle.ts';
import { defineOracle } from './oracle.ts';

interface Row {
  dims: Record<string, string | null>;
  cell: PayerValue;
}

/** The newest comparison at T. */
function newestRun(data: RawData, at: Instant) {
  return data.payerValueRuns.filter((run) => run.snapshotAt <= at).sort((a, b) => b.snapshotAt - a.snapshotAt)[0];
}

/** A figure of one row: several rows do not add up. */
const single =
  (figure: (figures: PayerValue['figures']) => number | null): Measure<Row> =>
  (rows) => {
    const [row] = rows;
    return row !== undefined && rows.length === 1 ? figure(row.cell.figures) : null;
  };
const column = (name: string) => single((figures) => figures[name] ?? null);
const negated = (name: string, by: number) => single((figures) => times(figures[name], -by));

function times(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null || b == null ? null : a * b;
}

function savings(figures: PayerValue['figures']): number | null {
  return times(times(figures['cost_difference'], -1), figures['member_months_treated_after']);
}

function perDollar(spent: string) {
  return single((figures) => {
    const dollars = figures[spent];
    return dollars == null || dollars === 0 ? null : times(savings(figures), 1 / dollars);
  });
}

const arms = ['treated', 'comparator'].flatMap((arm) => ['before', 'after'].map((time) => `${arm}_${time}`));
const ofArms = ['cost', 'er_visits_per_1000', 'admissions_per_1000', 'exacerbations_per_year', 'fev1_slope'];
const columns = [
  'patients',
  'comparators',
  'without_history',
  'without_follow_up',
  'without_matches',
  'member_months_treated_after',
  'cost_difference',
  'reimbursed_tests',
  'reimbursed',
  'reimbursed_for_patients',
  'sgrq_change_treated',
  'sgrq_change_comparator',
  'placebo_patients',
  ...ofArms.flatMap((figure) => arms.map((arm) => `${figure}_${arm}`)),
];

const measures: Record<string, Measure<Row>> = {
  ...Object.fromEntries(columns.map((name) => [name, column(name)])),
  savings_per_patient: negated('cost_difference', 12),
  savings_per_patient_low: negated('cost_difference_high', 12),
  savings_per_patient_high: negated('cost_difference_low', 12),
  savings: single(savings),
  return_per_reimbursed_dollar: perDollar('reimbursed'),
  return_per_patient_dollar: perDollar('reimbursed_for_patients'),
  placebo_savings: negated('placebo_difference', 12),
  placebo_savings_low: negated('placebo_difference_high', 12),
  placebo_savings_high: negated('placebo_difference_low', 12),
};

function rowsOf(data: RawData, at: Instant, isFull: boolean): Row[] {
  const run = newestRun(data, at);
  return data.payerValues
    .filter((cell) => cell.day === run?.day && cell.isFull === isFull)
    .map((cell) => ({
      dims: {
        payer: cell.payer ?? 'all',
        level: cell.level,
        contract: ['all', 'payer'].includes(cell.level) ? 'all' : (cell.contract ?? 'none'),
        quarter: cell.quarter ?? 'all',
        compared_on: cell.day,
        price_year: run?.priceYear == null ? null : String(run.priceYear),
        is_suppressed: String(cell.suppressed.length > 0),
        suppressed: cell.suppressed.join(', '),
      },
      cell,
    }));
}

/** What a diagnosis saves payers, as it may be shown. */
export const payerValue = defineOracle<Row>({
  view: 'payer_value',
  facts: (data, at) => rowsOf(data, at, false),
  measures: { ...measures, revenue_share: column('revenue_share') },
});

/** The same with small counts. */
export const payerValueClinical = defineOracle<Row>({
  view: 'payer_value_clinical',
  role: 'clinical',
  facts: (data, at) => rowsOf(data, at, true),
  measures,
});

interface BalanceRow {
  dims: Record<'payer' | 'covariate' | 'is_suppressed', string>;
  balance: PayerBalance;
}

const balance =
  (figure: (row: PayerBalance) => number | null): Measure<BalanceRow> =>
  (rows) => {
    const [row] = rows;
    return row !== undefined && rows.length === 1 ? figure(row.balance) : null;
  };

/** How alike patients and comparators are. */
export const payerBalance = defineOracle<BalanceRow>({
  view: 'payer_balance',
  facts: (data, at) =>
    data.payerBalance
      .filter((row) => row.day === newestRun(data, at)?.day && !row.isFull)
      .map((row) => ({
        dims: { payer: row.payer ?? 'all', covariate: row.covariate, is_suppressed: String(row.isSuppressed) },
        balance: row,
      })),
  measures: { smd_before: balance(({ smdBefore }) => smdBefore), smd_after: balance(({ smdAfter }) => smdAfter) },
});

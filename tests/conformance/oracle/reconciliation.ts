import { Fraction } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import { dayOf, dayText, monthOf, type Instant } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { conversions, creditsOf, eligible } from './attribution.ts';
import { mrrMovements } from './mrr-movements.ts';
import { count, defineOracle, sumOfKnown, timeKey, type Row } from './oracle.ts';
import { runningAt, subscriptionsByCustomer } from './recurring.ts';
import { revenue } from './revenue.ts';

interface Check {
  dims: { check_name: string };
  compared: number;
  differences: number;
  amount?: Fraction;
}

const money = (row: Row | undefined, name: string) =>
  (row?.values[name] as Fraction | null | undefined) ?? Fraction.zero;
const isZero = (amount: Fraction) => amount.sign === 0;
const distance = (a: Fraction, b: Fraction) => (a.compare(b) > 0 ? a.minus(b) : b.minus(a));

function mrrChecks(data: RawData, at: Instant, asOf: string): Check[] {
  const months = new Map(
    mrrMovements
      .answer(data, { time: { granularity: 'month' }, asOf })
      .map((row) => [monthOf(dayOf(row.dims[timeKey] ?? '')), row]),
  );
  const current = data.zone.month(at);
  const pairs = [...months.keys(), ...[...months.keys()].map((month) => month - 1)]
    .filter((month, index, all) => month < current && all.indexOf(month) === index)
    .map((month) => [money(months.get(month), 'mrr_closing'), money(months.get(month + 1), 'mrr_opening')] as const)
    .filter((pair) => !pair.every(isZero));
  const [standing] = revenue.answer(data, { asOf });
  const gap = distance(money(standing, 'mrr'), money(months.get(current), 'mrr_closing'));
  return [
    {
      dims: { check_name: 'mrr_month_ends' },
      compared: pairs.length,
      differences: pairs.filter(([a, b]) => a.compare(b) !== 0).length,
      amount: Fraction.sum(pairs.map(([a, b]) => distance(a, b))),
    },
    { dims: { check_name: 'mrr_standing' }, compared: 1, differences: isZero(gap) ? 0 : 1, amount: gap },
  ];
}

function creditCheck(data: RawData, at: Instant): Check {
  const touches = groupBy(data.touches, (touch) => touch.customer ?? '');
  const converted = [...conversions(data, at, 'first_payment')];
  const isWhole = ([customer, when]: [string, Instant]) => {
    const counted = eligible(touches.get(customer) ?? [], when, 30);
    if (counted.length === 0) return true;
    const credits = creditsOf(counted, when, null);
    const models = Object.keys(credits[0] ?? {}) as (keyof (typeof credits)[number])[];
    return models
      .filter((model) => credits[0]?.[model] !== null)
      .every((model) => Math.abs(credits.reduce((sum, credit) => sum + (credit[model] ?? 0), 0) - 1) < 1e-9);
  };
  return {
    dims: { check_name: 'attribution_credits' },
    compared: converted.length,
    differences: converted.filter((one) => !isWhole(one)).length,
  };
}

function invoiceChecks(data: RawData, at: Instant): Check[] {
  const paid = data.payments.filter(({ paidAt }) => paidAt !== null && paidAt <= at);
  const lines = paid.filter(({ line }) => line !== null);
  const refunded = groupBy(
    data.refunds.filter(({ refundedAt }) => refundedAt <= at),
    ({ line }) => line,
  );
  const amounts = new Map(data.payments.map(({ line, amount }) => [line, amount]));
  const excessive = [...refunded].filter(
    ([line, refunds]) =>
      Fraction.sum(refunds.map(({ amount }) => amount)).compare(amounts.get(line) ?? Fraction.zero) > 0,
  );
  return [
    {
      dims: { check_name: 'invoice_lines' },
      compared: new Set(paid.map(({ invoice }) => invoice)).size,
      differences: paid.length - lines.length,
    },
    // The net revenue of its oracle is made of the very lines: whatever the model makes of them must be the same.
    { dims: { check_name: 'revenue_entries' }, compared: lines.length, differences: 0, amount: Fraction.zero },
    { dims: { check_name: 'refunds' }, compared: refunded.size, differences: excessive.length },
  ];
}

function scoringChecks(data: RawData, at: Instant): Check[] {
  const run = data.churnRuns
    .filter(({ snapshotAt, isPublished }) => isPublished && snapshotAt <= at)
    .sort((a, b) => b.snapshotAt - a.snapshotAt || b.id - a.id)[0];
  const predicted = new Set(data.predictions.flatMap((row) => (row.run === run?.id ? row.customer : [])));
  const subscribers = new Set(
    [...subscriptionsByCustomer(data)].flatMap(([customer, contracts]) =>
      run !== undefined &&
      runningAt(contracts, run.snapshotAt).some(({ monthly, underNotice }) => monthly.sign > 0 && !underNotice)
        ? customer
        : [],
    ),
  );
  const all = new Set([...predicted, ...subscribers]);
  return [
    {
      dims: { check_name: 'predictions' },
      compared: run?.customers ?? 0,
      differences: Math.abs((run?.customers ?? 0) - predicted.size),
    },
    {
      dims: { check_name: 'prediction_population' },
      compared: all.size,
      differences: [...all].filter((customer) => !predicted.has(customer) || !subscribers.has(customer)).length,
    },
  ];
}

export const reconciliation = defineOracle<Check>({
  view: 'reconciliation',
  facts(data, at) {
    const asOf = dayText(data.zone.day(at));
    return [
      ...mrrChecks(data, at, asOf),
      creditCheck(data, at),
      ...invoiceChecks(data, at),
      ...scoringChecks(data, at),
    ];
  },
  measures: {
    checks: (checks) => checks.length,
    checks_failed: count(({ differences }) => differences > 0),
    compared: (checks) => checks.reduce((sum, { compared }) => sum + compared, 0),
    differences: (checks) => checks.reduce((sum, { differences }) => sum + differences, 0),
    difference_amount: sumOfKnown(({ amount }) => amount),
  },
});

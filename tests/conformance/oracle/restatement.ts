import { Fraction } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import { firstDay, dayText, monthOf, dayOf, type Instant, type Month } from '../support/zone.ts';
import { mrrMovements } from './mrr-movements.ts';
import { netRevenue } from './net-revenue.ts';
import { count, defineOracle, timeKey, type Oracle, type Value } from './oracle.ts';
import { revenue } from './revenue.ts';
import { signups } from './customers.ts';

interface Figure {
  time: Instant;
  dims: Record<'figure' | 'is_due' | 'is_closed', string>;
  month: Month;
  now: Fraction;
  closed: Fraction | undefined;
}

/** Each figure, by the oracle of the view that defines it. */
const sources: [Oracle, string, string?][] = [
  ...[
    'mrr_opening',
    'mrr_new',
    'mrr_reactivation',
    'mrr_expansion',
    'mrr_contraction',
    'mrr_churn',
    'mrr_fx',
    'mrr_closing',
  ]
    .concat('new_subscribers', 'churned_subscribers')
    .map((name): [Oracle, string] => [mrrMovements, name]),
  [netRevenue, 'net_revenue'],
  [netRevenue, 'refunds'],
  [signups, 'new_customers'],
];

const exact = (value: Value | undefined) =>
  value instanceof Fraction ? value : Fraction.of(value === null || value === undefined ? '0' : String(value));

function figuresOf(data: RawData, at: Instant): Figure[] {
  const { zone } = data;
  const asOf = dayText(zone.day(at));
  const values = new Map<string, Fraction>();
  const months = new Set<Month>();
  for (const [oracle, name] of sources) {
    for (const row of oracle.answer(data, { time: { granularity: 'month' }, asOf })) {
      const month = monthOf(dayOf(row.dims[timeKey] ?? ''));
      months.add(month);
      values.set(`${month} ${name}`, exact(row.values[name]));
    }
  }
  const ended: Month[] = [];
  for (let month = Math.min(...months); zone.monthEnd(month) <= at; month++) ended.push(month);
  // Whoever subscribes at a month's end does so at its last instant.
  for (const month of ended) {
    const [standing] = revenue.answer(data, { asOf: dayText(firstDay(month + 1) - 1) });
    values.set(`${month} subscribers`, exact(standing?.values['subscribers']));
  }
  const names = [...sources.map(([, name]) => name), 'subscribers'];
  return ended.flatMap((month) => {
    const first = dayText(firstDay(month));
    const closing = data.monthCloses.find((close) => close.month === first && close.asOf <= at);
    return names.map((figure) => ({
      time: zone.midnight(firstDay(month)),
      dims: {
        figure,
        is_due: String(at >= zone.midnight(firstDay(month + 1) + 10)),
        is_closed: String(closing !== undefined),
      },
      month,
      now: values.get(`${month} ${figure}`) ?? Fraction.zero,
      closed: closing && data.monthFigures.find((one) => one.month === first && one.figure === figure)?.amount,
    }));
  });
}

/** A sum over rows of one figure; null for several, and where nothing is known. */
function ofOne(amount: (row: Figure) => Fraction | undefined) {
  return (rows: readonly Figure[]) => {
    if (new Set(rows.map(({ dims }) => dims.figure)).size !== 1) return null;
    const known = rows.flatMap((row) => amount(row) ?? []);
    return known.length === 0 ? null : Fraction.sum(known);
  };
}

const monthsWhere = (condition: (row: Figure) => boolean) => (rows: readonly Figure[]) =>
  new Set(rows.filter(condition).map(({ month }) => month)).size;

export const restatement = defineOracle<Figure>({
  view: 'restatement',
  time: 'month',
  facts: figuresOf,
  measures: {
    current_value: ofOne(({ now }) => now),
    closed_value: ofOne(({ closed }) => closed),
    restatement: ofOne(({ now, closed }) => closed && now.minus(closed)),
    figures_restated: count(({ now, closed }) => closed !== undefined && now.compare(closed) !== 0),
    months_closed: monthsWhere(({ dims }) => dims.is_closed === 'true'),
    months_to_close: monthsWhere(({ dims }) => dims.is_due === 'true' && dims.is_closed === 'false'),
  },
});

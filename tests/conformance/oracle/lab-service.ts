import { Fraction, ratio } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { firstDay, monthOf } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { standing, timingOf } from './business-days.ts';
import { requiredRate } from './exchange.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle, sum } from './oracle.ts';
import { mean, welch } from './statistics.ts';

interface Standing {
  dims: Record<'lab_name', string | null>;
  isOpen: boolean;
  isOverdue: boolean;
  isDue: boolean;
  isOnTime: boolean;
  target: Fraction | undefined;
  targetDays: number | undefined;
  id: string;
  /** Undefined without a result at T. */
  turnaround: { at: Instant; days: number } | undefined;
}

/** The newest 10 results against the 20 before. */
function change(rows: readonly Standing[]) {
  const days = rows
    .flatMap(({ id, turnaround }) => (turnaround ? [{ id, ...turnaround }] : []))
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .map((result) => result.days);
  return days.length < 30 ? undefined : welch(days.slice(0, 10), days.slice(10, 30));
}

function trend(rows: readonly Standing[]): string | null {
  const found = change(rows);
  if (!found) return null;
  const { difference, low, high } = found;
  if (Math.abs(difference) <= 1 || (low <= 0 && high >= 0)) return 'stable';
  return difference > 0 ? 'degrading' : 'improving';
}

type Tally = (rows: readonly Standing[]) => number;
const due = count<Standing>((row) => row.isDue) as Tally;
const onTime = count<Standing>((row) => row.isDue && row.isOnTime) as Tally;
const compliance: Measure<Standing> = (rows) => ratio(onTime(rows), due(rows));
const target = (rows: readonly Standing[]) =>
  ratio(Fraction.sum(rows.flatMap((row) => (row.isDue ? (row.target ?? []) : []))), due(rows));

/** Where every order stands at T. */
export const labSla = defineOracle<Standing>({
  view: 'lab_sla',
  facts(data, at) {
    const past = (event: Instant | null) => event !== null && event <= at;
    return data.orders
      .filter((order) => order.orderedAt <= at)
      .map((order) => {
        const timing = timingOf(data, order);
        const isOpen = !past(order.resultAt) && !past(order.rejectedAt) && !past(order.cancelledAt);
        const result = standing(order, timing, at);
        return {
          dims: { lab_name: order.labName },
          isOpen,
          isOverdue: isOpen && timing !== undefined && timing.dueEnd <= at,
          isDue: result !== undefined && timing !== undefined && timing.dueDay > data.zone.day(at) - 30,
          isOnTime: result === 'on time',
          target: timing?.contract.share,
          targetDays: timing?.contract.days,
          id: order.id,
          turnaround:
            order.resultAt !== null && order.resultAt <= at && timing?.turnaroundDays !== undefined
              ? { at: order.resultAt, days: timing.turnaroundDays }
              : undefined,
        };
      });
  },
  measures: {
    tests_in_progress: count((row) => row.isOpen),
    tests_overdue: count((row) => row.isOverdue),
    tests_due: due,
    tests_on_time: onTime,
    sla_compliance: compliance,
    sla_target: target,
    turnaround_target_days: (rows) => mean(rows.flatMap((row) => (row.isDue ? (row.targetDays ?? []) : []))),
    turnaround_trend: trend,
    turnaround_change_days: (rows) => change(rows)?.difference ?? null,
    turnaround_change_low: (rows) => change(rows)?.low ?? null,
    turnaround_change_high: (rows) => change(rows)?.high ?? null,
    sla_breach: (rows) => (due(rows) < 20 ? null : onTime(rows) < (target(rows) ?? 0) * due(rows) - 1e-9 ? 1 : 0),
  },
});

interface PenaltyMonth {
  time: Instant;
  dims: Record<'lab_name', string | null>;
  late: number;
  penalty: Fraction;
}

function penalties(data: RawData, at: Instant): PenaltyMonth[] {
  const late = data.orders.flatMap((order) => {
    const timing = timingOf(data, order);
    return timing && standing(order, timing, at) === 'late'
      ? [{ labName: order.labName, contract: timing.contract, month: monthOf(timing.dueDay) }]
      : [];
  });
  return [...groupBy(late, (row) => `${row.contract.id} ${row.month}`).values()].flatMap((orders) => {
    const [first] = orders;
    if (!first) return [];
    const { contract, month, labName } = first;
    const owed = contract.penalty.times(Fraction.of(orders.length));
    const capped = contract.cap && contract.cap.compare(owed) < 0 ? contract.cap : owed;
    const lastKnownDay = Math.min(firstDay(month + 1) - 1, data.zone.day(at));
    return {
      time: data.zone.midnight(firstDay(month)),
      dims: { lab_name: labName },
      late: orders.length,
      penalty: capped.times(requiredRate(data, contract.currency, lastKnownDay)).rounded(),
    };
  });
}

/** What each contract owes for each month of due days. */
export const labPenalties = defineOracle<PenaltyMonth>({
  view: 'lab_penalties',
  time: 'month',
  facts: penalties,
  measures: {
    late_orders: (months) => months.reduce((total, month) => total + month.late, 0),
    sla_penalty: sum((month) => month.penalty),
  },
});

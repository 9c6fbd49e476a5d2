import { ratio } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import type { Slicers } from './attributes.ts';
import { attributesAt } from './attributes.ts';
import type { Measure } from './oracle.ts';
import { defineOracle, distinct, monthStart } from './oracle.ts';

export interface Cell {
  time: Instant;
  dims: Slicers & { period: string; is_mature: string };
  customer: string;
  isMature: boolean;
  isRetained: boolean;
}

/** One cell for each customer of a cohort and calendar month since, up to the month of T. */
export function cells(
  data: RawData,
  at: Instant,
  begins: ReadonlyMap<string, Month>,
  isRetained: (customer: string, month: Month) => boolean,
): (Cell & { month: Month })[] {
  return data.customers.flatMap((customer) => {
    const begin = begins.get(customer.id);
    if (begin === undefined) return [];
    const slicers = attributesAt(data, customer, at);
    const result = [];
    for (let month = begin; month <= data.zone.month(at); month += 1) {
      const isMature = at >= data.zone.monthEnd(month);
      result.push({
        time: monthStart(data, begin),
        month,
        dims: { ...slicers, period: String(month - begin), is_mature: String(isMature) },
        customer: customer.id,
        isMature,
        isRetained: isRetained(customer.id, month),
      });
    }
    return result;
  });
}

/** Lower and upper bound of Wilson's 95% interval of a proportion. */
export function wilson(successes: number, trials: number): [number, number] | null {
  if (trials === 0) return null;
  const z = 1.959963984540054;
  const share = successes / trials;
  const centre = (share + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half =
    (z / (1 + (z * z) / trials)) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

const mature = (facts: readonly Cell[]) => facts.filter((cell) => cell.isMature);
const retained = (facts: readonly Cell[]) => facts.filter((cell) => cell.isRetained);

/** Size, retained customers, and retention over the months that have ended. */
export const retention = (retainedName: string): Record<string, Measure<Cell>> => ({
  cohort_size: distinct((cell) => cell.customer),
  [retainedName]: distinct((cell) => (cell.isRetained ? cell.customer : undefined)),
  retention_rate: (facts) => ratio(retained(mature(facts)).length, mature(facts).length),
  retention_low: (facts) => wilson(retained(mature(facts)).length, mature(facts).length)?.[0] ?? null,
  retention_high: (facts) => wilson(retained(mature(facts)).length, mature(facts).length)?.[1] ?? null,
});

/** The first of each customer's events up to T, by month. */
function firstMonths(data: RawData, at: Instant, events: Iterable<{ customer: string; at: Instant }>) {
  const firsts = new Map<string, Instant>();
  for (const event of events) {
    const known = firsts.get(event.customer);
    if (event.at <= at && (known === undefined || event.at < known)) firsts.set(event.customer, event.at);
  }
  return new Map([...firsts].map(([customer, first]) => [customer, data.zone.month(first)]));
}

function activityCohorts(view: string, beginnings: (data: RawData) => Iterable<{ customer: string; at: Instant }>) {
  return defineOracle<Cell>({
    view,
    time: 'cohort_month',
    facts(data, at) {
      const events = data.activity.filter((event) => event.at <= at);
      const active = new Set(events.map((event) => `${event.customer} ${data.zone.month(event.at)}`));
      const begins = firstMonths(data, at, beginnings(data));
      return cells(data, at, begins, (customer, month) => active.has(`${customer} ${month}`));
    },
    measures: retention('active'),
  });
}

/** A payment is any paid invoice, one over nothing included. */
export const cohortsByFirstPayment = activityCohorts('cohorts_by_first_payment', (data) =>
  data.payments.flatMap(({ customer, paidAt }) => (customer && paidAt !== null ? [{ customer, at: paidAt }] : [])),
);

export const cohortsBySignUp = activityCohorts('cohorts_by_sign_up', (data) =>
  data.customers.map((customer) => ({ customer: customer.id, at: customer.createdAt })),
);

export const cohortsByFirstTest = activityCohorts('cohorts_by_first_test', (data) =>
  data.orders.map((order) => ({ customer: order.customer, at: order.orderedAt })),
);

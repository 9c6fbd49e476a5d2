import { Fraction } from '../support/decimal.ts';
import type { RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { firstMonth, monthEnds } from './mrr-movements.ts';
import { margin } from './unit-economics.ts';

/** MRR at the openings of the 12 full months to T, and how often it was lost in them. */
export interface Held {
  mrr: Fraction;
  openings: number;
  churned: number;
}

function heldBy(ends: ReturnType<typeof monthEnds>, inside: (event: { month: Month }) => boolean): Held {
  const openings = ends.slice(1).flatMap((now, index) => {
    const before = ends[index];
    return before && before.mrr.sign > 0 && inside(now) ? { mrr: before.mrr, isLost: now.mrr.sign === 0 } : [];
  });
  return {
    mrr: Fraction.sum(openings.map(({ mrr }) => mrr)),
    openings: openings.length,
    churned: openings.filter(({ isLost }) => isLost).length,
  };
}

/** Sums. */
export function together(parts: readonly Held[]): Held {
  return {
    mrr: Fraction.sum(parts.map(({ mrr }) => mrr)),
    openings: parts.reduce((sum, part) => sum + part.openings, 0),
    churned: parts.reduce((sum, part) => sum + part.churned, 0),
  };
}

/** Of everyone who signed up by T, and the margin of subscriptions in the same months. */
export function subscriberYears(data: RawData, at: Instant) {
  const running = data.zone.month(at);
  const newest = at < data.zone.monthEnd(running) ? running - 1 : running;
  const inside = (event: { month: Month }) => event.month <= newest && event.month > newest - 12;
  const lives = data.customers
    .filter(({ createdAt }) => createdAt <= at)
    .map((customer) => ({ id: customer.id, ends: monthEnds(data, customer, firstMonth(data), at) }));
  return {
    held: new Map(lives.map(({ id, ends }) => [id, heldBy(ends, inside)])),
    subscribers: new Set(lives.filter(({ ends }) => ends.some(({ mrr }) => mrr.sign > 0)).map(({ id }) => id)),
    margin: margin(data, at, ['subscriptions'], inside),
  };
}

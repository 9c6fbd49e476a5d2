import { BusinessCalendar } from './calendar.ts';
import type { Customer } from './customers.ts';
import { labs, payers, type Lab } from './plan.ts';
import { Random } from './random.ts';
import { labHolidays } from './reference.ts';
import type { Rows } from './rows.ts';
import { addMonths, day, dayOf, hour, minute, until, usOffset } from './time.ts';
import { addTotal, type World } from './world.ts';
import type { Uuid } from './uuid.ts';

export interface Order {
  id: Uuid;
  lab: number;
  recollectionOf: Uuid | null;
  orderedAt: number;
  collectedAt: number | null;
  sentAt: number | null;
  receivedAt: number | null;
  resultAt: number | null;
  rejectedAt: number | null;
  rejection: string | null;
  cancelledAt: number | null;
}

const labShares = labs.map((lab) => lab.share);
const reasons = ['insufficient sample', 'dried blood spot damaged', 'label unreadable', 'sample too old'];
const calendars = new WeakMap<World, BusinessCalendar[]>();

function calendarOf(world: World, lab: number): BusinessCalendar {
  let own = calendars.get(world);
  if (!own) {
    own = labs.map((_, i) => new BusinessCalendar(labHolidays(world, i), world.firstDay - 30, world.lastDay + 200));
    calendars.set(world, own);
  }
  return own[lab] as BusinessCalendar;
}

/** How far a lab has slid for a sample sent at an instant: 0 to 1 over three months, 0 for those that do not. */
function slide(world: World, lab: Lab, sentAt: number): number {
  if (lab.slidesTo === undefined) return 0;
  const from = addMonths(world.end, -4);
  const to = addMonths(world.end, -1);
  return Math.min(1, Math.max(0, (sentAt - from) / (to - from)));
}

/** Business days from sending to the result. A backlog makes them longer, and less even. */
function turnaround(world: World, random: Random, lab: Lab, sentAt: number): number {
  const slid = slide(world, lab, sentAt);
  const mean = lab.days + ((lab.slidesTo ?? 0) + 0.4 - lab.days) * slid;
  return Math.max(3, Math.round(random.normal(mean, lab.spread * (1 + 4 * slid))));
}

/** An instant of a day between two hours of the laboratory's local time. */
function localTime(random: Random, lab: Lab, d: number, low: number, high: number): number {
  return d * day + random.between(low, high) * hour + usOffset(d, lab.offset);
}

function makeOrder(world: World, random: Random, orderedAt: number, recollectionOf: Uuid | null): Order {
  const order: Order = {
    id: random.uuid(orderedAt),
    lab: random.weighted(labShares),
    recollectionOf,
    orderedAt,
    collectedAt: null,
    sentAt: null,
    receivedAt: null,
    resultAt: null,
    rejectedAt: null,
    rejection: null,
    cancelledAt: null,
  };
  const lab = labs[order.lab] as Lab;
  const calendar = calendarOf(world, order.lab);
  const fate = random.unit();
  if (fate < 0.025) {
    order.cancelledAt = until(orderedAt + random.between(0.1, 6) * day, world.end);
    return order;
  }
  // Some kits never come back.
  if (fate < 0.055) return order;
  const collectedAt = orderedAt + (3 + random.exponential(3.5)) * day;
  const sentDay = calendar.add(dayOf(collectedAt) + 1, random.chance(0.2) ? 1 : 0);
  // Some are handed over after the cut-off.
  const sentAt = random.chance(0.06)
    ? localTime(random, lab, sentDay, 19, 20)
    : localTime(random, lab, sentDay, 10, 16);
  const countsFrom = sentAt > localTime(random, lab, sentDay, 18.5, 18.5) ? calendar.add(sentDay, 1) : sentDay;
  const receivedAt = localTime(random, lab, calendar.add(countsFrom, 1), 8, 11);
  order.collectedAt = until(collectedAt, world.end);
  order.sentAt = until(sentAt, world.end);
  // Lost on the way or in the laboratory.
  if (fate < 0.06) return order;
  order.receivedAt = until(receivedAt, world.end);
  if (fate < 0.063) return order;
  if (fate < 0.088) {
    order.rejectedAt = until(receivedAt + random.between(1, 30) * hour, world.end);
    order.rejection = order.rejectedAt === null ? null : random.pick(reasons);
    return order;
  }
  const days = turnaround(world, random, lab, sentAt);
  const late = random.chance(0.008) ? random.int(4, 14) : 0;
  order.resultAt = until(localTime(random, lab, calendar.add(countsFrom, Math.min(40, days + late)), 9, 16), world.end);
  return order;
}

/** A customer's test orders, a rejected sample's recollection included. */
export function makeOrders(world: World, customer: Customer): Order[] {
  const random = Random.fork(world.size.seed, 'orders', customer.index);
  if (random.chance(0.03)) return [];
  const wait = random.chance(0.72) ? random.between(2, 50) * minute : random.exponential(2.5) * day;
  const orders: Order[] = [];
  let orderedAt = customer.createdAt + wait;
  let before: Uuid | null = null;
  while (orderedAt <= world.end) {
    const order = makeOrder(world, random, orderedAt, before);
    orders.push(order);
    if (order.rejectedAt === null || orders.length > 2 || random.chance(0.1)) break;
    before = order.id;
    orderedAt = order.rejectedAt + random.between(0.5, 3) * day;
  }
  return orders;
}

/** When the customer's result came, null if none has. */
export function resultOf(orders: readonly Order[]): number | null {
  return orders.find((order) => order.resultAt !== null)?.resultAt ?? null;
}

/** Writes a customer's orders. */
export function writeOrders(world: World, rows: Rows, customer: Customer, orders: readonly Order[]): void {
  for (const order of orders) {
    if (order.resultAt !== null) addTotal(world, world.totals.results, dayOf(order.resultAt), 1);
    rows.add(
      'test_orders',
      order.id,
      customer.id,
      world.labIds[order.lab] as Uuid,
      order.recollectionOf,
      order.orderedAt,
      order.collectedAt,
      order.sentAt,
      order.receivedAt,
      order.resultAt,
      order.rejectedAt,
      order.rejection,
      order.cancelledAt,
    );
  }
}

/** What the payer's contract in force on a day pays for a test. */
export function contractRate(world: World, payer: number, time: number): number {
  const terms = payers[payer];
  if (!terms) return 0;
  return dayOf(time) < dayOf(addMonths(world.end, -terms.renewed)) ? terms.rates[0] : terms.rates[1];
}

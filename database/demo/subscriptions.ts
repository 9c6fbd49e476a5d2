import { counseledAt, type Session } from './counseling.ts';
import type { Customer } from './customers.ts';
import { type Plan, channels, plans, priceRise, traits } from './plan.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import type { Ticket } from './support.ts';
import { addMonths, day, until } from './time.ts';
import type { World } from './world.ts';
import type { Uuid } from './uuid.ts';

export interface Terms {
  from: number;
  plan: Plan;
  unitAmount: number;
  quantity: number;
  discountPercent: number;
  discountAmount: number;
}

export interface Bill {
  id: Uuid;
  issuedAt: number;
  serviceTo: number;
  amount: number;
  attempts: { at: number; succeeded: boolean }[];
}

export interface Subscription {
  id: Uuid;
  startedAt: number;
  trialEndsAt: number | null;
  cancelledAt: number | null;
  endedAt: number | null;
  interval: 'month' | 'quarter' | 'year';
  currency: string;
  terms: Terms[];
  bills: Bill[];
}

export interface Life {
  subscriptions: Subscription[];
  /** How engaged the customer is, 0 to 1, in each 30 days since sign-up; falls before a notice. */
  engagement: number[];
  appAt: number | null;
  /** Share of the e-mails that the customer opens. */
  openRate: number;
}

const months = { month: 1, quarter: 3, year: 12 };
/** How much less likely notice is within a period that is paid for long ahead. */
const patience = { month: 1, quarter: 0.8, year: 0.24 };

/** An amount after the discounts of its terms. */
export function discounted(terms: Terms): number {
  const full = terms.unitAmount * terms.quantity;
  return Math.round((full * (1 - terms.discountPercent / 100) - terms.discountAmount) * 100) / 100;
}

interface Habits {
  trait: number;
  openRate: number;
  appAt: number | null;
  counseledAt: number | null;
  tickets: readonly Ticket[];
}

function known(time: number | null, at: number): boolean {
  return time !== null && time <= at;
}

/** Monthly hazard of giving notice, from what is known by then: the drivers that a churn model can find. */
function hazard(customer: Customer, habits: Habits, level: number, at: number, age: number, failedAt: number): number {
  const recentTickets = habits.tickets.filter(
    (ticket) => ticket.openedAt <= at && ticket.openedAt > at - 60 * day,
  ).length;
  const score =
    (known(habits.counseledAt, at) ? -0.7 : 0.5) +
    (known(habits.appAt, at) ? -0.65 : 0.45) +
    3.4 * (0.5 - level) +
    1.5 * (0.45 - habits.openRate) +
    0.5 * Math.min(2, recentTickets) +
    (at - failedAt < 60 * day ? 1.1 : 0) +
    (age < 4 ? 0.35 : age > 9 ? -0.45 : 0);
  return traits[customer.genotype].leaves * (channels[customer.origin]?.leaves ?? 1) * Math.exp(score);
}

function price(plan: Plan, interval: Subscription['interval'], raised: boolean): number {
  return Math.round(plan[interval] * (raised ? priceRise.factor : 1));
}

/** A customer's subscriptions with their bills, and the engagement that goes with them. */
export function makeLife(
  world: World,
  customer: Customer,
  resultAt: number | null,
  sessions: readonly Session[],
  tickets: readonly Ticket[],
): Life {
  const random = Random.fork(world.size.seed, 'subscription', customer.index);
  const channel = channels[customer.origin];
  const trait = Math.min(0.97, Math.max(0.05, random.normal(0.5 + 0.12 * ((channel?.quality ?? 1) - 1), 0.17)));
  const openRate = Math.min(0.95, Math.max(0.02, random.normal(0.15 + 0.55 * trait, 0.14)));
  const appAt = random.chance(0.25 + 0.45 * trait) ? customer.createdAt + random.exponential(25) * day : null;
  const habits: Habits = {
    trait,
    openRate,
    appAt: until(appAt, world.end),
    counseledAt: counseledAt(sessions),
    tickets,
  };
  const engagement: number[] = [];
  const age = Math.ceil((world.end - customer.createdAt) / (30 * day));
  for (let m = 0; m < age; m++) engagement.push(trait * Math.exp(-m / 1.1));
  const life: Life = { subscriptions: [], engagement, appAt: habits.appAt, openRate };
  const early = random.chance(0.03);
  const begin = early
    ? customer.createdAt + random.between(0, 3) * day
    : (resultAt ?? NaN) + random.exponential(9) * day;
  const chance = early ? 1 : traits[customer.genotype].subscribes * (channel?.quality ?? 1) * (0.75 + 0.5 * trait);
  if (!(begin <= world.end) || !random.chance(chance)) return life;
  let startedAt = begin;
  while (startedAt <= world.end && life.subscriptions.length < 3) {
    const subscription = makeSubscription(
      world,
      random,
      customer,
      habits,
      engagement,
      startedAt,
      life.subscriptions.length > 0,
    );
    life.subscriptions.push(subscription);
    if (subscription.endedAt === null || subscription.endedAt > world.end || !random.chance(0.12)) break;
    startedAt = subscription.endedAt + random.between(35, 210) * day;
  }
  return life;
}

function makeSubscription(
  world: World,
  random: Random,
  customer: Customer,
  habits: Habits,
  engagement: number[],
  startedAt: number,
  returning: boolean,
): Subscription {
  const intervals = ['month', 'quarter', 'year'] as const;
  const interval = intervals[random.weighted([0.74, 0.11, 0.15])] ?? 'month';
  let plan = plans[random.weighted(plans.map((p) => p.weight))] as Plan;
  const trial = !returning && random.chance(0.26);
  const raisedAt = addMonths(world.end, -priceRise.monthsAgo);
  const anchor = trial ? startedAt + 14 * day : startedAt;
  const quantity = plan.id === 'family' ? random.int(2, 4) : 1;
  const percent = random.chance(returning ? 0.5 : 0.2) ? (interval === 'year' ? 15 : 25) : 0;
  const fixed = percent === 0 && random.chance(0.05) ? 5 : 0;
  const subscription: Subscription = {
    id: random.uuid(startedAt),
    startedAt,
    trialEndsAt: trial ? anchor : null,
    cancelledAt: null,
    endedAt: null,
    interval,
    currency: customer.state === null ? 'EUR' : 'USD',
    terms: [
      {
        from: startedAt,
        plan,
        unitAmount: price(plan, interval, startedAt >= raisedAt),
        quantity,
        discountPercent: percent,
        discountAmount: fixed,
      },
    ],
    bills: [],
  };
  const slot = (at: number) => Math.floor((at - customer.createdAt) / (30 * day));
  let level = habits.trait;
  let failedAt = -Infinity;
  const give = (at: number, end: number) => {
    subscription.cancelledAt = at;
    subscription.endedAt = end;
  };
  if (trial && random.chance(0.1)) give(startedAt + random.between(1, 13) * day, anchor);
  const length = months[interval];
  for (let done = 0; subscription.endedAt === null; done += length) {
    const from = addMonths(anchor, done);
    if (from > world.end) break;
    const to = addMonths(anchor, done + length);
    plan = renewTerms(random, subscription, plan, from, done, raisedAt);
    const bill = makeBill(random, from, to, discounted(subscription.terms.at(-1) as Terms), habits.trait);
    subscription.bills.push(bill);
    if (bill.attempts.some((attempt) => !attempt.succeeded)) failedAt = from;
    if (!bill.attempts.some((attempt) => attempt.succeeded)) {
      // Nobody pays: access stays for three weeks, then it ends without a notice.
      subscription.endedAt = from + 21 * day;
    }
    for (let m = 0; m < length && subscription.cancelledAt === null; m++) {
      const at = addMonths(from, m);
      const until = subscription.endedAt ?? to;
      if (at > world.end || at >= until) break;
      level = Math.min(0.98, Math.max(0.03, 0.75 * level + 0.25 * habits.trait + random.normal(0, 0.09)));
      // A calendar month may span two of the 30 days that engagement is kept by.
      engagement[slot(at)] = level;
      if (slot(at) + 1 < engagement.length) engagement[slot(at) + 1] = level;
      const risk = hazard(customer, habits, level, at, done + m, failedAt) * patience[interval];
      if (subscription.endedAt !== null || !random.chance(Math.min(0.7, risk))) continue;
      give(at + random.between(0.15, 0.97) * (addMonths(from, m + 1) - at), to);
      fade(engagement, slot(at));
    }
  }
  finish(engagement, slot, subscription, world.end);
  return subscription;
}

/** Interest falls in the two months before a notice. */
function fade(engagement: number[], at: number): void {
  for (const [back, factor] of [0.25, 0.4, 0.7].entries()) {
    const i = at - back;
    if (i >= 0) engagement[i] = (engagement[i] ?? 0) * factor;
  }
}

/** Leaves little activity after the end, and nothing that lies after the data. */
function finish(engagement: number[], slot: (at: number) => number, subscription: Subscription, end: number): void {
  const last = subscription.cancelledAt ?? subscription.endedAt;
  if (last !== null) for (let i = slot(last) + 1; i < engagement.length; i++) engagement[i] = 0.02;
  if (subscription.cancelledAt !== null && subscription.cancelledAt > end) {
    subscription.cancelledAt = null;
    subscription.endedAt = null;
  }
  // An end in the future is known when notice was given; a failure to pay is not.
  if (subscription.cancelledAt === null) subscription.endedAt = until(subscription.endedAt, end);
}

/** Posts what changes with a new period: the end of a discount, a price rise, another plan. */
function renewTerms(
  random: Random,
  subscription: Subscription,
  plan: Plan,
  from: number,
  done: number,
  raisedAt: number,
): Plan {
  const now = subscription.terms.at(-1) as Terms;
  const { interval } = subscription;
  const next = { ...now, from };
  if (done >= 3 || interval === 'year') {
    if (done > 0) {
      next.discountPercent = 0;
      next.discountAmount = 0;
    }
  }
  if (done > 0) {
    const move = random.unit();
    if (move < 0.014 * months[interval] && plan.id === 'essential') next.plan = plans[1] as Plan;
    else if (move > 1 - 0.009 * months[interval] && plan.id === 'plus') next.plan = plans[0] as Plan;
    else if (move < 0.01 * months[interval] && plan.id === 'family') next.quantity = Math.min(6, now.quantity + 1);
    next.unitAmount = price(next.plan, interval, from >= raisedAt);
  }
  const changed =
    next.plan !== now.plan ||
    next.unitAmount !== now.unitAmount ||
    next.quantity !== now.quantity ||
    next.discountPercent !== now.discountPercent ||
    next.discountAmount !== now.discountAmount;
  if (changed) subscription.terms.push(next);
  return next.plan;
}

function makeBill(random: Random, from: number, to: number, amount: number, trait: number): Bill {
  const attempts: Bill['attempts'] = [];
  let fails = random.chance(0.075 - 0.04 * trait);
  let at = from + random.between(1, 90) * 1000;
  for (let i = 0; i < 4; i++) {
    attempts.push({ at, succeeded: !fails });
    if (!fails) break;
    at += random.between(2.8, 5.2) * day;
    fails = random.chance(0.55);
  }
  return { id: random.uuid(from), issuedAt: from, serviceTo: to, amount, attempts };
}

/** Writes a customer's subscriptions and their terms. */
export function writeSubscriptions(rows: Rows, customer: Customer, life: Life): void {
  for (const subscription of life.subscriptions) {
    rows.add(
      'subscriptions',
      subscription.id,
      customer.id,
      subscription.startedAt,
      subscription.trialEndsAt,
      subscription.cancelledAt,
      subscription.endedAt,
    );
    for (const terms of subscription.terms) {
      rows.add(
        'subscription_terms',
        subscription.id,
        terms.from,
        terms.plan.id,
        terms.unitAmount,
        terms.quantity,
        terms.discountPercent,
        terms.discountAmount,
        subscription.currency,
        subscription.interval,
        1,
      );
    }
  }
}

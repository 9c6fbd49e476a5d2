import { BusinessCalendar, federalHolidays } from './calendar.ts';
import { growth, labs, monthSeason, payers, weekdaySeason } from './plan.ts';
import { Random } from './random.ts';
import { addMonths, day, dayOf, monthNumber, monthStart, second, weekday } from './time.ts';
import type { Uuid } from './uuid.ts';

export interface DemoSize {
  customers: number;
  months: number;
  seed: number;
  /** Last day of data, YYYY-MM-DD. */
  end: string;
}

/** Daily cash received, in US dollars, and tests finished: what the ledger is made from. */
export interface Totals {
  tests: Float64Array;
  subscriptions: Float64Array;
  partners: Float64Array;
  tax: Float64Array;
  /** Subscription revenue by the day on which it is earned. */
  earned: Float64Array;
  results: Float64Array;
  spend: Float64Array;
}

/** What all parts of the generator share. */
export interface World {
  size: DemoSize;
  /** First instant of the data: the first of a month. */
  start: number;
  /** Last instant of the data, a second before the next day. */
  end: number;
  firstDay: number;
  lastDay: number;
  /** Size and pace against 5,000 customers in 24 months. */
  scale: number;
  payerIds: Uuid[];
  labIds: Uuid[];
  /** Federal holidays around the data. */
  holidays: { day: number; name: string }[];
  /** Business days without federal holidays. */
  business: BusinessCalendar;
  /** Sign-ups up to and including a day, by its distance from the first. */
  signups: Float64Array;
  /** US dollars for a euro, by day from the first. */
  euro: Float64Array;
  totals: Totals;
}

/** The growth of demand at an instant, 1 before the last months. */
export function demand(world: Pick<World, 'start' | 'end'>, time: number, factor: number): number {
  const rampStart = addMonths(world.end, -growth.monthsAgo);
  const rampEnd = addMonths(world.end, -growth.doneMonthsAgo);
  const position = Math.min(1, Math.max(0, (time - rampStart) / (rampEnd - rampStart)));
  return 1 + (factor - 1) * position;
}

function signupCurve(world: World): Float64Array {
  const random = Random.fork(world.size.seed, 'calendar');
  const closed = new Set(world.holidays.map((holiday) => holiday.day));
  const days = world.lastDay - world.firstDay + 1;
  const sums = new Float64Array(days);
  let sum = 0;
  for (let i = 0; i < days; i++) {
    const time = (world.firstDay + i) * day;
    const early = growth.before + ((1 - growth.before) * i) / days;
    const season = (monthSeason[new Date(time).getUTCMonth()] ?? 1) * (weekdaySeason[weekday(world.firstDay + i)] ?? 1);
    const holiday = closed.has(world.firstDay + i) ? 0.55 : 1;
    sum += early * demand(world, time, growth.last) * season * holiday * random.logNormal(1, 0.14);
    sums[i] = sum;
  }
  return sums.map((value) => Math.round((value / sum) * world.size.customers));
}

function euroRates(world: World): Float64Array {
  const random = Random.fork(world.size.seed, 'reference', 1);
  const rates = new Float64Array(world.lastDay - world.firstDay + 1);
  let rate = 1.08;
  for (let i = 0; i < rates.length; i++) {
    if (world.business.isBusinessDay(world.firstDay + i)) rate += 0.02 * (1.09 - rate) + random.normal(0, 0.004);
    rates[i] = Math.round(rate * 10000) / 10000;
  }
  return rates;
}

/** Derives everything that does not depend on a single customer. */
export function createWorld(size: DemoSize): World {
  const lastDay = Date.parse(size.end) / day;
  const end = (lastDay + 1) * day - second;
  const start = monthStart(monthNumber(end + second) - size.months);
  const firstDay = dayOf(start);
  const days = lastDay - firstDay + 1;
  const year = (d: number) => new Date(d * day).getUTCFullYear();
  const holidays = federalHolidays(year(firstDay) - 2, year(lastDay) + 2);
  const ids = Random.fork(size.seed, 'reference', 2);
  const zeros = () => new Float64Array(days);
  const world: World = {
    size,
    start,
    end,
    firstDay,
    lastDay,
    scale: (size.customers / size.months) * (24 / 5000),
    payerIds: payers.map(() => ids.uuid(start)),
    labIds: labs.map(() => ids.uuid(start)),
    holidays,
    business: new BusinessCalendar(holidays, firstDay - 800, lastDay + 500),
    signups: zeros(),
    euro: zeros(),
    totals: {
      tests: zeros(),
      subscriptions: zeros(),
      partners: zeros(),
      tax: zeros(),
      earned: zeros(),
      results: zeros(),
      spend: zeros(),
    },
  };
  world.euro = euroRates(world);
  world.signups = signupCurve(world);
  return world;
}

/** Adds to one day of a total; days outside the data are left out. */
export function addTotal(world: World, total: Float64Array, dayNumber: number, amount: number): void {
  const i = dayNumber - world.firstDay;
  if (i >= 0 && i < total.length) total[i] = (total[i] ?? 0) + amount;
}

/** US dollars for an amount of a currency on a day of the data. */
export function dollars(world: World, amount: number, currency: string, dayNumber: number): number {
  return currency === 'EUR' ? amount * (world.euro[dayNumber - world.firstDay] ?? 1) : amount;
}

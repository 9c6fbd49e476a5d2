import { type Counselor, hireCounselors, regularSlots } from './counselors.ts';
import { type Customer, makeCustomer } from './customers.ts';
import { makeOrders, resultOf } from './labs.ts';
import { counseling, growth, traits } from './plan.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { addMonths, day, dayOf, hour, minute, until } from './time.ts';
import { demand, type World } from './world.ts';

export interface Session {
  requestedAt: number;
  counselor: number;
  scheduledAt: number | null;
  startedAt: number | null;
  endedAt: number | null;
  cancelledAt: number | null;
  noShow: boolean;
  satisfaction: number | null;
}

/** A customer asks at most this often. */
const requestsEach = 2;
const positions = 2 ** 25;
/** Nobody gets an appointment sooner than this. */
const notice = 18 * hour;

/** When a customer asks for counselling: after the result, some again some months later. */
function requestTimes(world: World, customer: Customer, resultAt: number | null): number[] {
  if (resultAt === null) return [];
  const random = Random.fork(world.size.seed, 'requests', customer.index);
  const { asksCounselor } = traits[customer.genotype];
  const first = resultAt + random.between(0.05, 1) * day + random.exponential(1.5 * day);
  if (!random.chance(Math.min(0.98, asksCounselor * demand(world, first, growth.counseling)))) return [];
  const times = random.chance(0.2 * asksCounselor) ? [first, first + random.between(45, 160) * day] : [first];
  return times.filter((time) => time <= world.end);
}

/** Who asks when, in time order: seconds since the start times 2^25, plus the place of the request. */
function collectRequests(world: World): Float64Array {
  let keys = new Float64Array(1024);
  let count = 0;
  for (let index = 0; index < world.size.customers; index++) {
    const customer = makeCustomer(world, index);
    for (const [which, time] of requestTimes(world, customer, resultOf(makeOrders(world, customer))).entries()) {
      if (count === keys.length) {
        const larger = new Float64Array(keys.length * 2);
        larger.set(keys);
        keys = larger;
      }
      keys[count++] = Math.floor((time - world.start) / 1000) * positions + index * requestsEach + which;
    }
  }
  return keys.slice(0, count).sort();
}

/** Mean requests per week in the three months before demand grows, or over all that the data has. */
function weeklyBefore(world: World, keys: Float64Array): number {
  const to = Math.max(addMonths(world.start, 2), addMonths(world.end, -growth.monthsAgo));
  const from = Math.max(world.start, addMonths(to, -3));
  let count = 0;
  for (const key of keys) {
    const time = world.start + Math.floor(key / positions) * 1000;
    if (time >= from && time < to) count++;
  }
  return count / ((to - from) / (7 * day));
}

/** The counselors' calendar: appointments are given in the order of the requests, each the next free slot. */
export class Clinic {
  readonly counselors: Counselor[];
  private readonly starts: Float64Array;
  private readonly who: Uint16Array;

  constructor(private readonly world: World) {
    const keys = collectRequests(world);
    this.counselors = hireCounselors(world, weeklyBefore(world, keys));
    this.starts = new Float64Array(world.size.customers * requestsEach);
    this.who = new Uint16Array(world.size.customers * requestsEach);
    this.book(keys);
  }

  private book(keys: Float64Array): void {
    const slots = regularSlots(this.world, this.counselors);
    let next = slots.next();
    const overtime = new Map<number, number>();
    for (const key of keys) {
      const requestedAt = this.world.start + Math.floor(key / positions) * 1000;
      const place = key % positions;
      while (!next.done && next.value.start < requestedAt + notice) next = slots.next();
      if (next.done) throw new Error('the counselors have no slots left');
      const patience = this.patience(requestedAt);
      if (next.value.start - requestedAt <= patience) {
        this.starts[place] = next.value.start;
        this.who[place] = next.value.counselor;
        next = slots.next();
      } else {
        this.bookOvertime(overtime, place, requestedAt + patience);
      }
    }
  }

  /** Outside the published hours, on the last day that management lets a patient wait for. */
  private bookOvertime(taken: Map<number, number>, place: number, latest: number): void {
    const present = this.counselors.filter((counselor) => counselor.hiredDay <= dayOf(latest)).length;
    let d = dayOf(latest);
    while (!this.world.business.isBusinessDay(d)) d--;
    const count = taken.get(d) ?? 0;
    taken.set(d, count + 1);
    const earliest = d * day + 22 * hour;
    this.starts[place] = earliest + (Math.floor(count / present) % 8) * counseling.minutes * minute;
    this.who[place] = count % present;
  }

  private patience(time: number): number {
    const [first = 5, last = 14] = counseling.patience;
    return (first + (last - first) * (demand(this.world, time, 2) - 1)) * day;
  }

  /** A customer's requests with what became of them. */
  sessionsOf(customer: Customer, resultAt: number | null): Session[] {
    const random = Random.fork(this.world.size.seed, 'sessions', customer.index);
    return requestTimes(this.world, customer, resultAt).map((time, which) => {
      const place = customer.index * requestsEach + which;
      const requestedAt = this.world.start + Math.floor((time - this.world.start) / 1000) * 1000;
      return makeSession(this.world, random, requestedAt, this.starts[place] ?? 0, this.who[place] ?? 0);
    });
  }
}

function makeSession(world: World, random: Random, requestedAt: number, start: number, counselor: number): Session {
  const { end } = world;
  const wait = (start - requestedAt) / day;
  const session: Session = {
    requestedAt,
    counselor,
    scheduledAt: end - requestedAt < random.exponential(12 * hour) ? null : start,
    startedAt: null,
    endedAt: null,
    cancelledAt: null,
    noShow: false,
    satisfaction: null,
  };
  // The longer people wait, the more of them cancel.
  if (random.chance(0.05 + 0.004 * wait)) {
    session.cancelledAt = until(requestedAt + (start - requestedAt) * random.between(0.2, 0.98), end);
    return session;
  }
  if (session.scheduledAt === null || start + hour > end) return session;
  if (random.chance(0.055)) return { ...session, noShow: true };
  const startedAt = start + random.between(0, 6) * minute;
  const endedAt = startedAt + Math.min(80, Math.max(15, random.normal(43, 8))) * minute;
  const answered = random.chance(0.62);
  const mood = Math.round(random.normal(4.75 - 0.11 * wait, 0.6));
  return {
    ...session,
    startedAt,
    endedAt,
    satisfaction: answered && endedAt <= end ? Math.min(5, Math.max(1, mood)) : null,
  };
}

/** When the customer first attended counselling, null if never. */
export function counseledAt(sessions: readonly Session[]): number | null {
  return sessions.find((session) => session.endedAt !== null)?.endedAt ?? null;
}

/** Writes a customer's counselling sessions. */
export function writeSessions(
  rows: Rows,
  random: Random,
  customer: Customer,
  sessions: readonly Session[],
  counselors: readonly Counselor[],
): void {
  for (const session of sessions) {
    const scheduled = session.scheduledAt !== null;
    rows.add(
      'genetic_counseling_sessions',
      random.uuid(session.requestedAt),
      customer.id,
      scheduled ? (counselors[session.counselor]?.id ?? null) : null,
      session.requestedAt,
      session.scheduledAt,
      scheduled ? counseling.minutes : null,
      session.startedAt,
      session.endedAt,
      session.cancelledAt,
      session.noShow,
      session.satisfaction,
    );
  }
}

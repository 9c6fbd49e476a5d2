import { channels, type Genotype, genotypes, genotypeShares, payers } from './plan.ts';
import { firstNames, lastNames, states } from './names.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { day, dayOf, hour } from './time.ts';
import type { World } from './world.ts';
import type { Uuid } from './uuid.ts';

export interface Customer {
  index: number;
  id: Uuid;
  createdAt: number;
  sex: 'female' | 'male' | 'other';
  birthDay: number;
  /** Null abroad. */
  state: string | null;
  region: string;
  genotype: Genotype;
  /** Position in the plan's payers; null who pays themselves. */
  payer: number | null;
  /** Position in the plan's channels: the one that first brought the customer. */
  origin: number;
  /** The attributes as they were until an instant, when they were others than now. */
  was: { until: number; payerType: string | null; state: string | null } | null;
}

const payerShares = [...payers.map((payer) => payer.share), 1 - payers.reduce((sum, payer) => sum + payer.share, 0)];
const people = states.map(([, , millions]) => millions);
const origins = channels.map((channel) => channel.opens);
const hours = [
  1, 0.5, 0.3, 0.2, 0.2, 0.4, 0.8, 1.5, 2.4, 3.2, 3.6, 3.8, 3.9, 3.7, 3.6, 3.8, 4, 4.2, 4.4, 4.8, 5, 4.4, 3, 1.8,
];

/** Day on which a customer signed up: found by bisection of the sign-up curve. */
function signupDay(world: World, index: number): number {
  let low = 0;
  let high = world.signups.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((world.signups[middle] ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  return world.firstDay + low;
}

export function payerType(payer: number | null): string {
  return payer === null ? 'self_pay' : (payers[payer]?.type ?? 'self_pay');
}

/** Draws one customer; customers are numbered by their day of sign-up. */
export function makeCustomer(world: World, index: number): Customer {
  const random = Random.fork(world.size.seed, 'profile', index);
  const createdAt = signupDay(world, index) * day + (random.weighted(hours) + random.unit()) * hour;
  const abroad = random.chance(0.04);
  const place = states[random.weighted(people)] as (typeof states)[number];
  const moved = random.chance(0.05) ? random.pick(states)[0] : null;
  const drawn = random.weighted(payerShares);
  const payer = abroad || drawn === payers.length ? null : drawn;
  const age = random.normal(payer !== null && payerType(payer) === 'medicare' ? 70 : 46, payer === 4 ? 4 : 11);
  const changedAt = createdAt + random.between(30, 400) * day;
  const payerBefore = random.chance(0.05) ? 'self_pay' : null;
  const was =
    (moved !== null || payerBefore !== null) && changedAt <= world.end && !abroad
      ? { until: changedAt, payerType: payerBefore ?? payerType(payer), state: moved ?? place[0] }
      : null;
  return {
    index,
    id: random.uuid(createdAt),
    createdAt,
    sex: random.chance(0.008) ? 'other' : random.chance(0.56) ? 'female' : 'male',
    birthDay: dayOf(createdAt) - Math.round(Math.min(88, Math.max(18, age)) * 365.25),
    state: abroad ? null : place[0],
    region: abroad ? 'abroad' : place[1],
    genotype: genotypes[random.weighted(genotypeShares)] ?? 'MM',
    payer,
    origin: random.weighted(origins),
    was,
  };
}

/**
 * Writes a customer and the values that held before the newest ones.
 * @param knownAt when the first test result came, null if none has
 * @param source the channel that sign-up is credited to, with its campaign
 */
export function writeCustomer(
  world: World,
  rows: Rows,
  customer: Customer,
  knownAt: number | null,
  source: { channel: string; medium: string; campaign: string | null },
): void {
  const random = Random.fork(world.size.seed, 'profile', -1 - customer.index);
  const names = customer.sex === 'male' ? firstNames.male : firstNames.female;
  const first = random.pick(names);
  const last = random.pick(lastNames);
  const { was } = customer;
  const type = payerType(customer.payer);
  const genotype = knownAt === null ? null : customer.genotype;
  rows.add(
    'customers',
    customer.id,
    customer.createdAt,
    random.chance(0.03) ? null : `${first} ${last}`,
    `${first}.${last}.${customer.index + 1}@example.com`.toLowerCase().replaceAll("'", ''),
    random.chance(0.02) ? null : customer.birthDay,
    random.chance(0.03) ? null : customer.sex,
    customer.state,
    genotype,
    type,
    customer.payer === null ? null : (world.payerIds[customer.payer] ?? null),
    source.channel,
    source.channel === 'direct' ? null : source.channel,
    source.channel === 'direct' ? null : source.medium,
    source.campaign,
  );
  const valuesUntil = (instant: number): [string | null, string | null, string | null] => {
    const before = was !== null && instant <= was.until;
    return [
      knownAt !== null && instant <= knownAt ? null : genotype,
      before ? was.payerType : type,
      before ? was.state : customer.state,
    ];
  };
  const changes = [...(knownAt === null ? [] : [knownAt]), ...(was === null ? [] : [was.until])].sort((a, b) => a - b);
  for (const [place, until] of changes.entries()) {
    const former = valuesUntil(until);
    const following = valuesUntil(changes[place + 1] ?? Infinity);
    // Another insurer of the same kind is no change of what is kept here.
    if (former.every((value, i) => value === following[i])) continue;
    rows.add('customer_history', customer.id, until, ...former);
  }
}

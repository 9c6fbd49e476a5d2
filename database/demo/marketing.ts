import type { Customer } from './customers.ts';
import { type Channel, channels } from './plan.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { day, hour } from './time.ts';
import type { World } from './world.ts';
import { campaignOn } from './campaigns.ts';
import type { Uuid } from './uuid.ts';

export interface Touch {
  at: number;
  channel: number;
  campaign: string | null;
  /** Seen while the visitor was not yet known, and never joined to the customer. */
  anonymous: boolean;
}

export interface Journey {
  visitor: string;
  touches: Touch[];
}

const closes = channels.map((channel) => channel.closes);
const visitors = channels.map((channel) => channel.visitors);
const direct = channels.findIndex((channel) => channel.id === 'direct');
/** Further touches after the first. */
const lengths = [0.27, 0.25, 0.19, 0.12, 0.08, 0.05, 0.04];
const pages = ['/', '/test', '/results-explained', '/carriers', '/pricing', '/stories'];
const referrers: Record<string, string> = {
  google_ads: 'https://www.google.com/',
  organic_search: 'https://www.google.com/',
  facebook: 'https://www.facebook.com/',
};

/** What brought a customer, and what was seen after the sign-up. */
export function makeJourney(world: World, customer: Customer): Journey {
  const random = Random.fork(world.size.seed, 'journey', customer.index);
  const visitor = `v-${random.uuid(customer.createdAt).node}`;
  const touches: Touch[] = [];
  const add = (at: number, channel: number, anonymous = false) => {
    if (at >= world.start && at <= world.end)
      touches.push({ at, channel, campaign: campaignOn(world, channel, at, random), anonymous });
  };
  const style = random.unit();
  // Some just come; of others only touches long ago are known.
  if (style > 0.06) {
    const older = style < 0.11 ? random.between(32, 110) * day : 0;
    const count = random.weighted(lengths);
    let at = customer.createdAt - older - random.exponential(0.15) * day;
    const steps: [number, number][] = [];
    let channel = customer.origin;
    const path = [channel];
    for (let i = 0; i < count; i++) {
      if (!random.chance(0.22)) channel = random.weighted(closes);
      path.push(channel);
    }
    for (const step of path.reverse()) {
      steps.push([at, step]);
      at -= random.exponential(5.5) * day + hour;
    }
    const unknown = random.chance(0.12);
    steps.reverse().forEach(([when, step], i) => add(when, step, unknown && i === 0 && steps.length > 1));
  }
  for (let k = random.poisson(1.6); k > 0; k--) {
    add(
      customer.createdAt + random.exponential(70) * day,
      random.weighted([0.05, 0.06, 0.12, 0.45, 0.01, 0.01, 0.06, 0.22, 0.01, 0.01]),
    );
  }
  return { visitor, touches };
}

/** The channel that a sign-up is credited to: the last known one before it that is not direct. */
export function creditedTo(
  customer: Customer,
  journey: Journey,
): { channel: string; medium: string; campaign: string | null } {
  const before = journey.touches.filter((touch) => touch.at <= customer.createdAt && !touch.anonymous);
  const last = before.findLast((touch) => touch.channel !== direct) ?? null;
  const channel = channels[last?.channel ?? direct] as Channel;
  return { channel: channel.id, medium: channel.medium, campaign: last?.campaign ?? null };
}

function writeTouch(
  rows: Rows,
  random: Random,
  touch: Touch,
  customerId: Uuid | null,
  visitor: string | null,
  marks: [boolean, boolean],
): void {
  const channel = channels[touch.channel] as Channel;
  const plain = channel.id === 'direct';
  const at = touch.at;
  rows.add(
    'marketing_touchpoints',
    random.uuid(touch.at),
    customerId,
    visitor,
    channel.id,
    channel.medium,
    touch.campaign,
    touch.campaign === null ? null : `creative_${random.int(1, 4)}`,
    plain ? null : channel.id,
    plain ? null : channel.medium,
    touch.campaign,
    referrers[channel.id] ?? null,
    `https://www.fairunderwriting.example${random.pick(pages)}`,
    `s-${random.uuid(touch.at).node}`,
    at,
    marks[0],
    marks[1],
    at,
  );
}

/** Writes a customer's touches. */
export function writeJourney(world: World, rows: Rows, customer: Customer, journey: Journey): void {
  const random = Random.fork(world.size.seed, 'journey', -1 - customer.index);
  const before = journey.touches.filter((touch) => touch.at <= customer.createdAt && !touch.anonymous);
  for (const touch of journey.touches) {
    const marks: [boolean, boolean] = [touch === before[0], touch === before.at(-1)];
    writeTouch(
      rows,
      random,
      touch,
      touch.anonymous ? null : customer.id,
      touch.at > customer.createdAt ? null : journey.visitor,
      marks,
    );
  }
}

/** Writes visitors of about the same time who never sign up. */
export function writeVisitors(world: World, rows: Rows, customer: Customer): void {
  const random = Random.fork(world.size.seed, 'visitors', customer.index);
  for (let k = random.poisson(2.2); k > 0; k--) {
    let at = customer.createdAt + random.between(-3, 3) * day;
    const visitor = `v-${random.uuid(at).node}`;
    for (let n = 1 + random.weighted([0.68, 0.2, 0.08, 0.04]); n > 0; n--) {
      const channel = random.weighted(visitors);
      if (at >= world.start && at <= world.end) {
        writeTouch(
          rows,
          random,
          { at, channel, campaign: campaignOn(world, channel, at, random), anonymous: true },
          null,
          visitor,
          [false, false],
        );
      }
      at += random.exponential(6) * day;
    }
  }
}

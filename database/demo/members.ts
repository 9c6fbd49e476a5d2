import { type Customer, payerType } from './customers.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { addMonths, day, dayOf, dayText, monthNumber, monthStart } from './time.ts';
import type { World } from './world.ts';
import type { Uuid } from './uuid.ts';
import { cents } from './money.ts';

interface Member {
  id: Uuid;
  payerId: Uuid;
  customerId: Uuid | null;
  birthYear: number;
  sex: string;
  region: string;
  comorbidity: number;
  enrolled: number;
  left: number | null;
  died: number | null;
  diagnosed: number | null;
  early: boolean;
  augmented: boolean;
}

/** Comparison members for each diagnosed one: fewer among so many that others can stand in. */
function comparisonsFor(customers: number): number {
  return Math.min(4, Math.max(1, Math.round(200_000 / customers)));
}

const severe = new Set(['ZZ', 'SZ']);
const regions = ['Northeast', 'Midwest', 'South', 'West'];
/** Dollars of a claim: median and spread on a log scale; and claims a month of an average member. */
const services = [
  { service: 'outpatient', rate: 0.55, amount: 260, sigma: 0.6 },
  { service: 'pharmacy', rate: 0.5, amount: 190, sigma: 0.5 },
  { service: 'emergency', rate: 0.045, amount: 1500, sigma: 0.4 },
  { service: 'inpatient', rate: 0.018, amount: 13500, sigma: 0.35 },
] as const;
const augmentationPerMonth = 7900;

function ageOf(member: Member, year: number): number {
  return year - member.birthYear;
}

/**
 * How many claims against an average member's month: costs peak in the three months before a diagnosis; afterwards they
 * lie below what they were, the more the earlier in the disease it was made.
 */
function intensity(member: Member, month: number): number {
  const base = (0.55 + 0.009 * ageOf(member, Math.floor(month / 12))) * (0.75 + 0.2 * member.comorbidity) * 0.9;
  if (member.diagnosed === null) return base;
  const since = month - monthNumber(member.diagnosed * day);
  const sick = base * 1.15;
  if (since < -3) return sick;
  if (since < 0) return sick * (1.35 + 0.35 * (since + 4));
  if (since === 0) return sick * 1.5;
  return sick * (member.early ? 0.5 : 0.68);
}

function writeClaims(world: World, rows: Rows, random: Random, member: Member): void {
  const last = Math.min(world.lastDay, member.left ?? Infinity, member.died ?? Infinity);
  let start = 0;
  let length = 0;
  const add = (service: string, amount: number) => {
    const on = start + Math.floor(random.unit() * length);
    if (on < member.enrolled || on > last) return;
    rows.add('medical_claims', random.uuid(on * day), member.id, on, service, cents(amount), 'USD');
  };
  const lastMonth = monthNumber(last * day);
  for (let month = monthNumber(member.enrolled * day); month <= lastMonth; month++) {
    start = monthStart(month) / day;
    length = monthStart(month + 1) / day - start;
    const factor = intensity(member, month);
    for (const { service, rate, amount, sigma } of services) {
      for (let k = random.poisson(rate * factor); k > 0; k--) add(service, random.logNormal(amount, sigma));
    }
    const onTherapy = member.augmented && member.diagnosed !== null && month > monthNumber(member.diagnosed * day) + 1;
    if (onTherapy) add('augmentation_therapy', augmentationPerMonth * random.between(0.97, 1.03));
  }
}

function writeOutcomes(world: World, rows: Rows, random: Random, member: Member): void {
  const last = Math.min(world.lastDay, member.left ?? Infinity, member.died ?? Infinity);
  const treated = member.diagnosed ?? Infinity;
  let lungs = random.normal(member.diagnosed === null ? 2450 : 2250, 420) - 60 * member.comorbidity;
  let quality = random.normal(34 + 5 * member.comorbidity, 9);
  for (let at = member.enrolled + random.int(5, 150); at <= last; at += random.int(165, 200)) {
    const slower = at > treated;
    lungs -= random.normal(slower ? 14 : 27, 18);
    quality += random.normal(slower ? -1.2 : 0.8, 2.5);
    const flares = random.poisson((0.35 + 0.12 * member.comorbidity) * (slower ? 0.65 : 1));
    rows.add(
      'clinical_outcomes',
      random.uuid(at * day),
      member.id,
      at,
      random.chance(0.06) ? null : Math.round(Math.min(7000, Math.max(400, lungs))),
      random.chance(0.1) ? null : cents(Math.min(100, Math.max(0, quality))),
      flares,
    );
  }
}

function writeMember(world: World, rows: Rows, random: Random, member: Member): void {
  rows.add(
    'payer_members',
    member.id,
    member.payerId,
    member.customerId,
    member.birthYear,
    member.sex,
    member.region,
    member.comorbidity,
    member.enrolled,
    member.left,
    member.died,
    member.diagnosed,
  );
  writeClaims(world, rows, random, member);
  writeOutcomes(world, rows, random, member);
}

/** When somebody leaves the payer or dies, both null for most. */
function exits(world: World, random: Random, from: number): Pick<Member, 'left' | 'died'> {
  const leaves = from + Math.round(random.exponential(4200));
  const dies = from + Math.round(random.exponential(26000));
  const first = Math.min(leaves, dies);
  if (first > world.lastDay) return { left: null, died: null };
  return leaves < dies ? { left: leaves, died: null } : { left: null, died: dies };
}

/** Writes an insured customer with a severe deficiency as the payer's member, with similar members for comparison. */
export function writeMembers(world: World, rows: Rows, customer: Customer, resultAt: number | null): void {
  if (resultAt === null || customer.payer === null || !severe.has(customer.genotype)) return;
  const random = Random.fork(world.size.seed, 'members', customer.index);
  const payerId = world.payerIds[customer.payer] as Uuid;
  const diagnosed = dayOf(resultAt);
  const birthYear = Number(dayText(customer.birthDay).slice(0, 4));
  const comorbidity = Math.min(6, random.poisson(payerType(customer.payer) === 'medicare' ? 2 : 1.2));
  const early = birthYear > Number(dayText(diagnosed).slice(0, 4)) - 58;
  const beginning = dayOf(addMonths(world.start, -14));
  const enrolled = () => beginning - random.int(0, 60) + (random.chance(0.12) ? random.int(60, 500) : 0);
  const member: Member = {
    id: random.uuid(resultAt),
    payerId,
    customerId: customer.id,
    birthYear,
    sex: customer.sex,
    region: customer.region,
    comorbidity,
    enrolled: Math.min(enrolled(), diagnosed - 30),
    ...exits(world, random, diagnosed + 1),
    diagnosed,
    early,
    augmented: customer.genotype === 'ZZ' && !early && random.chance(0.1),
  };
  writeMember(world, rows, random, member);
  for (let i = comparisonsFor(world.size.customers); i > 0; i--) {
    const joined = enrolled();
    writeMember(world, rows, random, {
      id: random.uuid(resultAt),
      payerId,
      customerId: null,
      birthYear: Math.min(2006, birthYear + random.int(-4, 4)),
      sex: random.chance(0.9) ? customer.sex : random.chance(0.5) ? 'female' : 'male',
      region: random.chance(0.85) ? customer.region : random.pick(regions),
      comorbidity: Math.min(7, Math.max(0, comorbidity + random.int(-1, 1))),
      enrolled: joined,
      ...exits(world, random, joined + 200),
      diagnosed: null,
      early: false,
      augmented: false,
    });
  }
}

import { states } from './names.ts';
import { channels, labs, payers, plans, slaDays } from './plan.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { addMonths, dayOf, dayText } from './time.ts';
import type { World } from './world.ts';
import type { Uuid } from './uuid.ts';

const majorHolidays = /New Year|Memorial|Independence|Labor|Thanksgiving|Christmas/;

/** The id of a lab's business calendar. */
export function calendarId(lab: number): string {
  return (labs[lab]?.name ?? '').toLowerCase().replaceAll(' ', '-');
}

/** Holidays that a lab keeps: the first all federal ones, the others the major ones. */
export function labHolidays(world: World, lab: number): World['holidays'] {
  return lab === 0 ? world.holidays : world.holidays.filter((holiday) => majorHolidays.test(holiday.name));
}

function writeLabs(world: World, rows: Rows, random: Random): void {
  const newest = dayOf(addMonths(world.end, -10));
  labs.forEach((lab, i) => {
    const id = world.labIds[i] as Uuid;
    rows.add('business_calendars', calendarId(i), `${lab.name} working days`, [1, 2, 3, 4, 5]);
    for (const holiday of labHolidays(world, i)) {
      rows.add('business_holidays', calendarId(i), holiday.day, holiday.name);
    }
    rows.add('lab_partners', id, lab.name);
    const contract = (from: number, penalty: number) =>
      rows.add(
        'lab_contracts',
        random.uuid(world.start),
        id,
        from,
        calendarId(i),
        lab.zone,
        lab.cutOff,
        slaDays,
        0.95,
        penalty,
        Math.max(1000, Math.round(lab.cap * world.scale)),
        'USD',
      );
    contract(world.firstDay - 90, Math.round(lab.penalty * 0.8));
    if (world.size.months > 10) contract(newest, lab.penalty);
    for (let time = addMonths(world.start, 1); time <= world.end; time = addMonths(time, 3)) {
      const samples = random.int(60, 120);
      const wrong = Math.min(samples, random.poisson(samples * (1 - lab.accuracy)));
      rows.add('proficiency_tests', random.uuid(time), id, dayOf(time) + random.int(3, 20), samples, samples - wrong);
    }
  });
}

function writePayers(world: World, rows: Rows, random: Random): void {
  payers.forEach((payer, i) => {
    const id = world.payerIds[i] as Uuid;
    rows.add('payers', id, payer.name, payer.type);
    const first = world.firstDay - 365;
    const renewed = dayOf(addMonths(world.end, -payer.renewed));
    rows.add('payer_contracts', random.uuid(world.start), id, first, payer.rates[0], 'USD');
    if (renewed > first) rows.add('payer_contracts', random.uuid(world.start), id, renewed, payer.rates[1], 'USD');
  });
}

function writeRates(world: World, rows: Rows): void {
  for (let d = world.firstDay - 10; d <= world.lastDay; d++) {
    if (!world.business.isBusinessDay(d)) continue;
    const rate = world.euro[Math.max(0, d - world.firstDay)] ?? 1;
    rows.add('exchange_rates', 'EUR', d, rate);
  }
}

function writePopulation(world: World, rows: Rows): void {
  const regions: Record<string, number> = { Northeast: 17_400, Midwest: 22_600, South: 36_100, West: 23_900 };
  const year = (d: number) => Number(dayText(d).slice(0, 4));
  for (let y = year(world.firstDay); y <= year(world.lastDay); y++) {
    for (const [region, people] of Object.entries(regions)) {
      const grown = Math.round(people * 1.005 ** (y - 2025));
      const inside = states.filter(([, name]) => name === region).map(([code]) => code);
      rows.add(
        'population_estimates',
        region,
        y,
        grown,
        'Demo estimate: one severe deficiency in about 3,300 people',
        inside,
      );
    }
  }
}

/** As the store of saved cohorts keeps them. */
interface CohortCriteria {
  kind: string;
  filters: { member: string; operator: string; values: string[] }[];
}

function criteria(kind: 'paying' | 'sign_up', member: string, operator: string, values: string[]): CohortCriteria {
  const view = kind === 'paying' ? 'cohorts_paying' : 'cohorts_by_sign_up';
  return { kind, filters: [{ member: `${view}.${member}`, operator, values }] };
}

function writeCohorts(world: World, rows: Rows, random: Random): void {
  const firstQuarter = [dayText(world.firstDay), dayText(dayOf(addMonths(world.start, 3)) - 1)];
  const cohorts: [string, string, CohortCriteria][] = [
    ['MZ carriers', 'Everyone with one Z allele', criteria('paying', 'genotype', 'equals', ['MZ'])],
    ['Severe deficiency', 'ZZ and SZ', criteria('paying', 'genotype', 'equals', ['ZZ', 'SZ'])],
    ['Facebook sign-ups', 'Customers credited to Facebook', criteria('sign_up', 'channel', 'equals', ['facebook'])],
    [
      'First quarter of the data',
      'Customers of the first three months',
      criteria('sign_up', 'cohort_month', 'inDateRange', firstQuarter),
    ],
  ];
  for (const [name, description, chosen] of cohorts) {
    rows.add('cohorts', random.uuid(world.end), name, description, JSON.stringify(chosen), world.end);
  }
}

/** Writes what customers, orders and invoices refer to. */
export function writeReference(world: World, rows: Rows): void {
  const random = Random.fork(world.size.seed, 'reference');
  writeRates(world, rows);
  writePayers(world, rows, random);
  writeLabs(world, rows, random);
  for (const channel of channels) rows.add('marketing_channels', channel.id, channel.name, channel.isPaid);
  for (const plan of plans) rows.add('plans', plan.id, plan.name);
  writePopulation(world, rows);
  writeCohorts(world, rows, random);
}

import { counseling } from './plan.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { addMonths, day, dayOf, hour, minute, weekday } from './time.ts';
import type { World } from './world.ts';
import type { Uuid } from './uuid.ts';

export interface Counselor {
  id: Uuid;
  share: number;
  sessionsPerWeek: number;
  hiredDay: number;
  /** First and last day of each absence. */
  absences: [number, number][];
}

export interface Slot {
  counselor: number;
  start: number;
}

const names = [
  'Elena Brandt',
  'Marcus Webb',
  'Priya Raman',
  'Hannah Cole',
  'Jonas Reuter',
  'Adaeze Obi',
  'Claire Dubois',
  'Tom Nakamura',
];
const opensAt = 14 * hour;
/** Availability is published this many days ahead. */
const publishedDays = 56;

/**
 * Hires enough counselors for the demand of the months before the growth, and a fifth more late in it.
 * @param weekly requests per week before the growth
 */
export function hireCounselors(world: World, weekly: number): Counselor[] {
  const random = Random.fork(world.size.seed, 'sessions', -1);
  const needed = Math.max(0.1, weekly / counseling.sessionsPerWeek / counseling.utilization);
  const counselors: Counselor[] = [];
  const hire = (equivalents: number, hiredDay: number) => {
    for (let rest = equivalents; rest > 0.05;) {
      const share = Math.round(Math.min(rest, random.pick([1, 0.8, 0.6])) * 100) / 100;
      rest -= share;
      counselors.push({
        id: random.uuid(world.start),
        share,
        sessionsPerWeek: Math.max(1, Math.round(share * counseling.sessionsPerWeek)),
        hiredDay,
        absences: absences(random, hiredDay, world.lastDay),
      });
    }
  };
  hire(needed, world.firstDay - 30);
  hire(needed / 5, Math.max(world.firstDay, dayOf(addMonths(world.end, -counseling.lateHireMonthsAgo))));
  return counselors;
}

function absences(random: Random, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  for (let d = from + random.int(40, 160); d < to + publishedDays; d += random.int(100, 200)) {
    found.push([d, d + random.int(1, 7)]);
  }
  return found;
}

/** Sessions that a counselor can hold on a day: a week's are spread over its five days. */
function sessionsOn(world: World, counselor: Counselor, d: number): number {
  if (d < counselor.hiredDay || !world.business.isBusinessDay(d)) return 0;
  const position = weekday(d) - 1;
  const daily = counselor.sessionsPerWeek / 5;
  return Math.floor((position + 1) * daily) - Math.floor(position * daily);
}

/** Every regular slot from the start of the data on, in time order. */
export function* regularSlots(world: World, counselors: readonly Counselor[]): Generator<Slot> {
  for (let d = world.firstDay; d < world.lastDay + 365; d++) {
    const counts = counselors.map((counselor) =>
      counselor.absences.some(([from, to]) => d >= from && d <= to) ? 0 : sessionsOn(world, counselor, d),
    );
    for (let k = 0; k < Math.max(...counts); k++) {
      for (const [counselor, count] of counts.entries()) {
        if (k < count) yield { counselor, start: d * day + opensAt + k * counseling.minutes * minute };
      }
    }
  }
}

/** Writes the counselors with their published availability and absences. */
export function writeCounselors(world: World, rows: Rows, counselors: readonly Counselor[]): void {
  counselors.forEach((counselor, i) => {
    const name = names[i % names.length] ?? '';
    const number = i < names.length ? '' : ` ${Math.floor(i / names.length) + 1}`;
    rows.add(
      'counselors',
      counselor.id,
      name + number,
      counselor.share,
      counselor.sessionsPerWeek,
      counseling.minutes,
      counselor.hiredDay,
      null,
    );
    for (let d = Math.max(world.firstDay, counselor.hiredDay); d <= world.lastDay + publishedDays; d++) {
      const count = sessionsOn(world, counselor, d);
      const start = d * day + opensAt;
      if (count === 0) continue;
      rows.add('counselor_availability', counselor.id, start, start + count * counseling.minutes * minute);
    }
    for (const [from, to] of counselor.absences) {
      rows.add('counselor_time_off', counselor.id, from * day, (to + 1) * day);
    }
  });
}

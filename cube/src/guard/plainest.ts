import type { Present } from '../present.ts';
import { memberOf, type Catalogue, type Member } from './catalogue.ts';
import { endOf, isCalendarPeriod, startFrom } from './periods.ts';
import type { PlainFilter, PlainQuery, PlainTimeDimension } from './query.ts';

/** A range that ends so recently is meant to reach the present: clocks differ, and queries wait for their turn. */
const recently = 300_000;
const wallClock = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?)?$/;

/**
 * The same question in its plainest form, which rollups know: a chosen as-of that is the present, and any other choice
 * that is made without asking, are left out; ranges end and begin with the periods of what they select from.
 * @param present what the database reports on; without it times stay as they are
 */
export function plainest(query: PlainQuery, catalogue: Catalogue, present?: Present, now = Date.now()): PlainQuery {
  const { filters, timeDimensions } = query;
  const find = (name: string) => memberOf(catalogue, name);
  const reach = present && reachOf(present, query.timezone ?? 'UTC', now);
  return {
    ...query,
    ...(filters && { filters: filters.filter((filter) => !isPreset(filter, find)) }),
    ...(timeDimensions &&
      reach && { timeDimensions: timeDimensions.flatMap((time) => plainTime(time, find(time.dimension), reach)) }),
  };
}

function isPreset(filter: PlainFilter, find: (name: string) => Member | undefined): boolean {
  if (!('member' in filter) || !['equals', 'in'].includes(filter.operator)) return false;
  const { preset } = find(filter.member) ?? {};
  const [value, ...others] = filter.values ?? [];
  if (preset === undefined || others.length > 0) return false;
  return typeof preset === 'number' ? Number(value) === preset : value === preset;
}

/** Wall-clock times of the query's zone. */
interface Reach {
  /** The as-of instant. */
  present: string;
  /** A range that ends here or later reaches it. */
  from: string;
  /** The zone is that of the reporting. */
  isReportingZone: boolean;
}

function reachOf({ timeZone, pinned }: Present, zone: string, now: number): Reach {
  const at = pinned?.getTime() ?? now;
  return {
    present: inZone(at, zone),
    from: inZone(pinned === undefined ? at - recently : at, zone),
    isReportingZone: zone === timeZone,
  };
}

function plainTime(time: PlainTimeDimension, member: Member | undefined, reach: Reach): PlainTimeDimension[] {
  const { dateRange, granularity } = time;
  if (!member || !Array.isArray(dateRange) || dateRange.length !== 2) return [time];
  const [begin = '', end = ''] = dateRange;
  if (!wallClock.test(begin) || !wallClock.test(end)) return [time];
  const range: Range = [fully(begin, '00:00:00.000'), fully(end, '23:59:59.999')];
  const isPresent = range[1] >= reach.from;
  if (member.isSelector) {
    return isPresent && range[0] <= reach.present && granularity === undefined ? [] : [time];
  }
  if (member.period && reach.isReportingZone) {
    const whole: Range = [startFrom(member.period, range[0]), endOf(member.period, range[1])];
    return whole[0] < whole[1] ? [{ ...time, dateRange: whole }] : [time];
  }
  if (!member.isPast || !isPresent) return [time];
  const period = granularity !== undefined && isCalendarPeriod(granularity) ? granularity : 'day';
  return [{ ...time, dateRange: [range[0], endOf(period, range[1])] }];
}

type Range = [begin: string, end: string];

function fully(time: string, clock: string): string {
  if (!time.includes('T')) return `${time}T${clock}`;
  const [seconds = '', milliseconds = ''] = time.split('.');
  return `${seconds}.${milliseconds.padEnd(3, '0')}`;
}

/** What the clock on the wall of a zone shows, as in 2024-02-29T13:00:00.000. */
function inZone(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    formats.set(zone, format);
  }
  const milliseconds = String(((at % 1_000) + 1_000) % 1_000).padStart(3, '0');
  return `${format.format(at).replace(' ', 'T')}.${milliseconds}`;
}
const formats = new Map<string, Intl.DateTimeFormat>();

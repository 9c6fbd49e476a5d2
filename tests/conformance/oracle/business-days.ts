import type { Contract, Order, RawData } from '../support/raw-data.ts';
import type { Day, Instant } from '../support/zone.ts';
import { weekday } from '../support/zone.ts';

/** Business days, counted one by one. */
export class BusinessDays {
  private readonly holidays: Set<Day>;
  private readonly weekdays: Set<number>;

  constructor(data: RawData, calendar: string) {
    const found = data.calendars.find((row) => row.id === calendar);
    if (!found) throw new Error(`no calendar ${calendar}`);
    this.holidays = new Set(found.holidays);
    this.weekdays = new Set(found.weekdays);
  }

  isOpen(day: Day): boolean {
    return this.weekdays.has(weekday(day)) && !this.holidays.has(day);
  }

  /** The day itself when it is open, else the next that is. */
  roll(day: Day): Day {
    let rolled = day;
    while (!this.isOpen(rolled)) rolled += 1;
    return rolled;
  }

  /** Open days after the first day, up to and including the second. */
  between(after: Day, upTo: Day): number {
    let open = 0;
    for (let day = after + 1; day <= upTo; day += 1) if (this.isOpen(day)) open += 1;
    return open;
  }

  /** The open day that comes so many open days after a day. */
  add(day: Day, days: number): Day {
    let result = day;
    for (let left = days; left > 0; left -= 1) result = this.roll(result + 1);
    return result;
  }
}

/** The contract in force when an instant came to pass where the laboratory is. */
export function contractAt(data: RawData, lab: string, at: Instant): Contract | undefined {
  return data.contracts
    .filter((contract) => contract.lab === lab && contract.validFrom <= contract.zone.day(at))
    .sort((a, b) => b.validFrom - a.validFrom)[0];
}

/** The business day that an instant counts for: the next one after the cut-off or on a day off. */
export function countedDay(contract: Contract, days: BusinessDays, at: Instant): Day {
  const isLate = contract.zone.timeOfDay(at) > contract.cutOff;
  return days.roll(contract.zone.day(at) + (isLate ? 1 : 0));
}

export interface Timing {
  contract: Contract;
  sentDay: Day;
  dueDay: Day;
  /** Last instant of the due day at the laboratory. */
  dueEnd: Instant;
  /** Undefined without a result. */
  resultDay: Day | undefined;
  turnaroundDays: number | undefined;
}

/** When an order is due and how long it took; undefined until it is sent. */
export function timingOf(data: RawData, order: Order): Timing | undefined {
  if (order.sentAt === null) return undefined;
  const contract = contractAt(data, order.lab, order.sentAt);
  if (!contract) return undefined;
  const days = new BusinessDays(data, contract.calendar);
  const sentDay = countedDay(contract, days, order.sentAt);
  const dueDay = days.add(sentDay, contract.days);
  const resultDay = order.resultAt === null ? undefined : countedDay(contract, days, order.resultAt);
  return {
    contract,
    sentDay,
    dueDay,
    dueEnd: contract.zone.dayEnd(dueDay),
    resultDay,
    turnaroundDays: resultDay === undefined ? undefined : days.between(sentDay, resultDay),
  };
}

/** How an order stands against its contract at T; undefined while it cannot be judged. */
export function standing(order: Order, timing: Timing | undefined, at: Instant): 'on time' | 'late' | undefined {
  if (!timing || timing.dueEnd > at) return undefined;
  const known = (event: Instant | null): event is Instant => event !== null && event <= at;
  if (known(order.rejectedAt)) return undefined;
  if (known(order.cancelledAt) && order.cancelledAt <= timing.dueEnd) return undefined;
  const inTime = known(order.resultAt) && timing.resultDay !== undefined && timing.resultDay <= timing.dueDay;
  return inTime ? 'on time' : 'late';
}

import type { RawData } from '../support/raw-data.ts';
import type { Instant, Month } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import { runningAt, subscriptionsByCustomer } from './recurring.ts';

export interface LastAction {
  action: string;
  /** Null where there was none. */
  daysBefore: number | null;
}

/** When a customer last went from paying to not paying within a month, up to T. */
function endOfAccess(data: RawData, customer: string, month: Month, at: Instant): Instant | undefined {
  const contracts = subscriptionsByCustomer(data).get(customer) ?? [];
  const pays = (when: Instant) => runningAt(contracts, when).some(({ monthly }) => monthly.sign > 0);
  return contracts
    .flatMap(({ subscription, terms }) =>
      [subscription.endedAt ?? [], ...terms.map(({ validFrom }) => validFrom)].flat(),
    )
    .filter((when) => when <= at && data.zone.month(when) === month && pays(when - 1) && !pays(when))
    .sort((a, b) => b - a)[0];
}

/** Finds what a customer who left in a month did last. */
export function lastActions(data: RawData, at: Instant): (customer: string, month: Month) => LastAction {
  const done = groupBy(
    [
      ...data.activity.map(({ customer, at, activity }) => ({ customer, at, action: activity })),
      ...data.counseling.flatMap(({ customer, startedAt, scheduledAt, isMissed }) => [
        ...(startedAt === null ? [] : [{ customer, at: startedAt, action: 'attended_counseling' }]),
        ...(isMissed && scheduledAt !== null ? [{ customer, at: scheduledAt, action: 'missed_counseling' }] : []),
      ]),
      ...data.tickets.flatMap(({ customer, openedAt }) =>
        customer === null ? [] : { customer, at: openedAt, action: 'opened_ticket' },
      ),
    ],
    ({ customer }) => customer,
  );
  return (customer, month) => {
    const end = endOfAccess(data, customer, month, at);
    const before = (done.get(customer) ?? []).filter((one) => end !== undefined && one.at < end);
    const [last] = before.sort((a, b) => b.at - a.at || (a.action < b.action ? -1 : 1));
    return last && end !== undefined
      ? { action: last.action, daysBefore: (end - last.at) / 86_400_000_000 }
      : { action: 'none', daysBefore: null };
  };
}

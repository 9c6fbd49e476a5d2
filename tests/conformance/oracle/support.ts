import { ratio } from '../support/decimal.ts';
import type { RawData, Ticket } from '../support/raw-data.ts';
import type { Instant } from '../support/zone.ts';
import { dayMicros } from '../support/zone.ts';
import { groupBy } from './attributes.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle } from './oracle.ts';
import { mean, percentile } from './statistics.ts';

const hourMicros = dayMicros / 24;

interface Targets {
  responseHours: number;
  resolutionDays: number;
}

/** A ticket as known at T. */
interface Known extends Ticket {
  targets: Targets | undefined;
  /** When the first answer should have come. */
  responseDue: Instant | undefined;
}

function knownAt(data: RawData, at: Instant): Known[] {
  const past = (instant: Instant | null) => (instant !== null && instant <= at ? instant : null);
  return data.tickets
    .filter(({ openedAt }) => openedAt <= at)
    .map((ticket) => {
      const targets = data.supportTargets.find(({ priority }) => priority === ticket.priority);
      return {
        ...ticket,
        answeredAt: past(ticket.answeredAt),
        resolvedAt: past(ticket.resolvedAt),
        targets,
        responseDue: targets && ticket.openedAt + targets.responseHours * hourMicros,
      };
    });
}

/** The place of each issue among the tickets of the last 30 days: one more than there are issues with more of them. */
function ranksOf(data: RawData, tickets: readonly Known[], at: Instant): Map<string, string> {
  const recent = tickets.filter(({ openedAt }) => data.zone.day(openedAt) > data.zone.day(at) - 30);
  const sizes = [...groupBy(recent, ({ category }) => category)].map(
    ([category, own]) => [category, own.length] as const,
  );
  return new Map(
    sizes.map(([category, size]) => [category, String(sizes.filter(([, other]) => other > size).length + 1)]),
  );
}

interface SupportEvent {
  time: Instant;
  dims: Record<'priority' | 'category' | 'issue_rank', string | null>;
  kind: 'opened' | 'answered' | 'due' | 'resolved';
  ticket: Known;
  isInTime: boolean;
}

/** A statistic of an amount that only events of one kind have. */
const statistic =
  (
    kind: SupportEvent['kind'],
    amount: (event: SupportEvent) => number | null | undefined,
    of: (values: number[]) => number | null,
  ): Measure<SupportEvent> =>
  (events) =>
    of(events.filter((event) => event.kind === kind).flatMap((event) => amount(event) ?? []));

const responseHours = ({ time, ticket }: SupportEvent) => (time - ticket.openedAt) / hourMicros;
const resolutionDays = ({ time, ticket }: SupportEvent) => (time - ticket.openedAt) / dayMicros;
const tally = (condition: (event: SupportEvent) => boolean) =>
  count(condition) as (events: readonly SupportEvent[]) => number;
const due = tally(({ kind }) => kind === 'due');
const inTime = tally(({ kind, isInTime }) => kind === 'due' && isInTime);
const resolved = tally(({ kind }) => kind === 'resolved');
const atOnce = tally(({ kind, ticket }) => kind === 'resolved' && ticket.contacts === 1);

/** Tickets and what became of them, each on its own date. */
export const support = defineOracle<SupportEvent>({
  view: 'support',
  time: 'date',
  facts(data, at) {
    const tickets = knownAt(data, at);
    const ranks = ranksOf(data, tickets, at);
    return tickets.flatMap((ticket): SupportEvent[] => {
      const { priority, category, openedAt, answeredAt, resolvedAt, responseDue } = ticket;
      const dims = { priority, category, issue_rank: ranks.get(category) ?? null };
      const event = (kind: SupportEvent['kind'], time: Instant, isInTime = false) => ({
        kind,
        time,
        dims,
        ticket,
        isInTime,
      });
      const events = [event('opened', openedAt)];
      if (answeredAt !== null) events.push(event('answered', answeredAt));
      if (resolvedAt !== null) events.push(event('resolved', resolvedAt));
      if (responseDue !== undefined && responseDue <= at) {
        const isInTime = answeredAt !== null && answeredAt <= responseDue;
        const isPointless = !isInTime && resolvedAt !== null && resolvedAt <= responseDue;
        if (!isPointless) events.push(event('due', responseDue, isInTime));
      }
      return events;
    });
  },
  measures: {
    tickets_opened: tally(({ kind }) => kind === 'opened'),
    first_response_hours_p50: statistic('answered', responseHours, (values) => percentile(values, 0.5)),
    first_response_hours_p90: statistic('answered', responseHours, (values) => percentile(values, 0.9)),
    first_response_hours_avg: statistic('answered', responseHours, mean),
    first_response_target_hours: statistic('answered', ({ ticket }) => ticket.targets?.responseHours, mean),
    responses_due: due,
    responses_in_time: inTime,
    responses_in_time_rate: (events) => ratio(inTime(events), due(events)),
    tickets_resolved: resolved,
    resolution_days_p50: statistic('resolved', resolutionDays, (values) => percentile(values, 0.5)),
    resolution_days_p90: statistic('resolved', resolutionDays, (values) => percentile(values, 0.9)),
    resolution_days_avg: statistic('resolved', resolutionDays, mean),
    resolution_target_days: statistic('resolved', ({ ticket }) => ticket.targets?.resolutionDays, mean),
    first_contact_resolutions: atOnce,
    first_contact_resolution_rate: (events) => ratio(atOnce(events), resolved(events)),
    csat_ratings: tally(({ kind, ticket }) => kind === 'resolved' && ticket.csat !== null),
    csat: statistic('resolved', ({ ticket }) => ticket.csat, mean),
  },
});

interface OpenTicket {
  dims: Record<'priority' | 'category', string | null>;
  isUnanswered: boolean;
  isResponseOverdue: boolean;
  isOverdue: boolean;
  days: number;
}

/** The tickets open at T. */
export const supportQueue = defineOracle<OpenTicket>({
  view: 'support_queue',
  facts: (data, at) =>
    knownAt(data, at)
      .filter(({ resolvedAt }) => resolvedAt === null)
      .map(({ priority, category, openedAt, answeredAt, responseDue, targets }) => ({
        dims: { priority, category },
        isUnanswered: answeredAt === null,
        isResponseOverdue: answeredAt === null && responseDue !== undefined && responseDue <= at,
        isOverdue: targets !== undefined && openedAt + targets.resolutionDays * dayMicros <= at,
        days: (at - openedAt) / dayMicros,
      })),
  measures: {
    tickets_open: (tickets) => tickets.length,
    tickets_unanswered: count(({ isUnanswered }) => isUnanswered),
    responses_overdue: count(({ isResponseOverdue }) => isResponseOverdue),
    tickets_overdue: count(({ isOverdue }) => isOverdue),
    open_days_p50: (tickets) =>
      percentile(
        tickets.map(({ days }) => days),
        0.5,
      ),
    open_days_max: (tickets) =>
      tickets.length === 0 ? null : tickets.reduce((most, { days }) => Math.max(most, days), 0),
  },
});

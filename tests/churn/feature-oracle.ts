import { DateTime } from 'luxon';
import type { ChurnDatabase } from './database.ts';

const day = 86_400_000;

interface Owned {
  customer: string;
}
interface Event extends Owned {
  at: Date;
  name: string;
}
interface Session extends Owned {
  startedAt: Date | null;
  endedAt: Date | null;
  satisfaction: number | null;
}
interface Email extends Owned {
  sentAt: Date;
  openedAt: Date | null;
}
interface Ticket extends Owned {
  openedAt: Date;
  resolvedAt: Date | null;
  csat: number | null;
}
interface Attempt extends Owned {
  issuedAt: Date;
  paidAt: Date | null;
  at: Date;
  succeeded: boolean;
}
interface Contract extends Owned {
  id: string;
  startedAt: Date;
  trialEndsAt: Date | null;
  cancelledAt: Date | null;
  endedAt: Date | null;
  plan: string;
  interval: 'month' | 'quarter' | 'year';
}

/** The rows of all tables, by customer. */
export async function readOracleRows(db: ChurnDatabase) {
  const grouped = async <T extends Owned>(sql: string) => {
    const groups = new Map<string, T[]>();
    for (const row of await db.rows<T>(sql)) groups.set(row.customer, [...(groups.get(row.customer) ?? []), row]);
    return (customer: string) => groups.get(customer) ?? [];
  };
  return {
    events: await grouped<Event>(
      'select customer_id as customer, "timestamp" as at, activity as name from user_activity_logs',
    ),
    sessions: await grouped<Session>(
      'select customer_id as customer, started_at as "startedAt", ended_at as "endedAt", satisfaction from genetic_counseling_sessions',
    ),
    emails: await grouped<Email>(
      'select customer_id as customer, sent_at as "sentAt", opened_at as "openedAt" from email_messages',
    ),
    tickets: await grouped<Ticket>(
      'select customer_id as customer, opened_at as "openedAt", resolved_at as "resolvedAt", csat from support_tickets where customer_id is not null',
    ),
    surveys: await grouped<Event & { score: number }>(
      'select customer_id as customer, answered_at as at, survey as name, score from survey_responses where customer_id is not null',
    ),
    attempts: await grouped<Attempt>(
      `select i.customer_id as customer, i.issued_at as "issuedAt", i.paid_at as "paidAt", a.attempted_at as at, a.succeeded
       from payment_attempts a join invoices i on i.id = a.invoice_id where i.customer_id is not null`,
    ),
    contracts: await grouped<Contract>(
      `select s.customer_id as customer, s.id, s.started_at as "startedAt", s.trial_ends_at as "trialEndsAt",
         s.cancelled_at as "cancelledAt", s.ended_at as "endedAt", t.plan_id as plan, t.billing_interval as interval
       from subscriptions s join subscription_terms t on t.subscription_id = s.id order by t.valid_from`,
    ),
  };
}

export type OracleRows = Awaited<ReturnType<typeof readOracleRows>>;

const latest = <T>(rows: readonly T[], time: (row: T) => Date): T | undefined =>
  [...rows].sort((a, b) => time(b).getTime() - time(a).getTime())[0];

/**
 * Features of a customer with one running subscription, worked out from the rows in a way of its own.
 * @param at the snapshot, after the last instant of its day in UTC
 */
export function expectedFeatures(rows: OracleRows, customer: string, at: Date): Record<string, unknown> {
  const past = (date: Date | null): date is Date => date !== null && date < at;
  const within = (date: Date, days: number) => past(date) && date.getTime() >= at.getTime() - days * day;
  const events = rows.events(customer).filter((event) => past(event.at));
  const daysAgo = new Set(events.map((event) => Math.ceil((at.getTime() - event.at.getTime()) / day) - 1));
  const recent = [...daysAgo].filter((ago) => ago < 30).length;
  const before = [...daysAgo].filter((ago) => ago >= 30 && ago < 90).length;
  const lastEvent = latest(events, (event) => event.at);
  const sessions = rows.sessions(customer);
  const rated = sessions.filter((session) => past(session.endedAt) && session.satisfaction !== null);
  const emails = rows.emails(customer).filter((email) => within(email.sentAt, 180));
  const tickets = rows.tickets(customer).filter((ticket) => past(ticket.openedAt));
  const answered = tickets.filter((ticket) => past(ticket.resolvedAt) && ticket.csat !== null);
  const surveys = rows.surveys(customer).filter((survey) => survey.name === 'nps' && past(survey.at));
  const failures = rows.attempts(customer).filter((attempt) => !attempt.succeeded && within(attempt.at, 60));
  const contract = rows.contracts(customer).find(({ startedAt, endedAt }) => past(startedAt) && !past(endedAt));
  if (contract === undefined) throw new Error(`${customer} has no subscription`);
  const length = { month: 1, quarter: 3, year: 12 }[contract.interval];
  const anchor = DateTime.fromJSDate(contract.trialEndsAt ?? contract.startedAt, { zone: 'utc' });
  let renewal = anchor;
  for (let n = 1; renewal.toMillis() < at.getTime(); n++) renewal = anchor.plus({ months: n * length });
  const since = (date: Date | undefined) => (date === undefined ? null : (at.getTime() - date.getTime()) / day);
  return {
    tenure_days: since(contract.startedAt),
    days_since_last_activity: since(lastEvent?.at),
    active_days_30d: recent,
    activity_change: recent - before / 2,
    counseling_attended: sessions.some((session) => past(session.startedAt)),
    counseling_satisfaction: latest(rated, (session) => session.endedAt as Date)?.satisfaction ?? null,
    app_downloaded: events.some((event) => event.name === 'download_app'),
    result_viewed: events.some((event) => event.name === 'view_results'),
    email_open_rate_180d:
      emails.length === 0 ? null : emails.filter((email) => past(email.openedAt)).length / emails.length,
    tickets_60d: tickets.filter((ticket) => within(ticket.openedAt, 60)).length,
    open_tickets: tickets.filter((ticket) => !past(ticket.resolvedAt)).length,
    support_satisfaction: latest(answered, (ticket) => ticket.resolvedAt as Date)?.csat ?? null,
    nps_score: latest(surveys, (survey) => survey.at)?.score ?? null,
    billing_interval: contract.interval,
    days_to_renewal: -(since(renewal.toJSDate()) ?? NaN),
    failed_payments_60d: failures.length,
    payment_overdue: failures.some((attempt) => !past(attempt.paidAt) && within(attempt.issuedAt, 60)),
  };
}

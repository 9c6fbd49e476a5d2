import { ActivityWriter, writeEmails, writeSurveys } from './activity.ts';
import { writeAlerts } from './alerts.ts';
import { writeSpend } from './campaigns.ts';
import { Clinic, counseledAt, writeSessions } from './counseling.ts';
import { writeCounselors } from './counselors.ts';
import { makeCustomer, writeCustomer } from './customers.ts';
import { writeHealth } from './health.ts';
import { writeSubscriptionInvoices, writeTestInvoices } from './invoices.ts';
import { makeOrders, resultOf, writeOrders } from './labs.ts';
import { Ledger } from './ledger.ts';
import { creditedTo, makeJourney, writeJourney, writeVisitors } from './marketing.ts';
import { writeMembers } from './members.ts';
import { writePartners } from './partners.ts';
import { Random } from './random.ts';
import { writeReference } from './reference.ts';
import { type Batch, Rows } from './rows.ts';
import { makeLife, writeSubscriptions } from './subscriptions.ts';
import { makeTickets, writePublic, writeTickets } from './support.ts';
import { writeUsage } from './usage.ts';
import { createWorld, type DemoSize } from './world.ts';

/** Customers between two looks at what has been collected. */
const chunk = 200;
/** Bytes of one table that are worth a batch: fewer are kept until the end. */
const worthwhile = 1 << 20;

/**
 * Generates all rows, batch by batch; nothing is kept beyond a batch of each table, the totals per day and the
 * counselors' appointments. The same size gives the same bytes.
 */
export function* produce(size: DemoSize): Generator<Batch> {
  const world = createWorld(size);
  const rows = new Rows();
  const clinic = new Clinic(world);
  writeReference(world, rows);
  writeSpend(world, rows);
  writeCounselors(world, rows, clinic.counselors);
  writePartners(world, rows);
  const activity = new ActivityWriter(world, rows);
  for (let index = 0; index < size.customers; index++) {
    const customer = makeCustomer(world, index);
    const orders = makeOrders(world, customer);
    const resultAt = resultOf(orders);
    const journey = makeJourney(world, customer);
    const sessions = clinic.sessionsOf(customer, resultAt);
    const tickets = makeTickets(world, customer, orders);
    const life = makeLife(world, customer, resultAt, sessions, tickets);
    const late = tickets.some((ticket) => ticket.category === 'results delayed');
    writeCustomer(world, rows, customer, resultAt, creditedTo(customer, journey));
    writeJourney(world, rows, customer, journey);
    writeVisitors(world, rows, customer);
    writeOrders(world, rows, customer, orders);
    writeTestInvoices(world, rows, customer, orders);
    writeSubscriptions(rows, customer, life);
    writeSubscriptionInvoices(world, rows, customer, life);
    writeSessions(rows, Random.fork(size.seed, 'sessions', -2 - index), customer, sessions, clinic.counselors);
    activity.write(customer, life, resultAt);
    writeEmails(world, rows, customer, life);
    writeTickets(world, rows, customer, tickets);
    writeSurveys(world, rows, customer, life, (late ? -2 : 0) + (counseledAt(sessions) === null ? 0 : 0.5));
    writeMembers(world, rows, customer, resultAt);
    if ((index + 1) % chunk === 0) yield* rows.take(index + 1, worthwhile);
  }
  writePublic(world, rows);
  new Ledger(world, rows).write();
  writeAlerts(world, rows);
  writeHealth(world, rows);
  writeUsage(world, rows);
  yield* rows.take(size.customers);
}

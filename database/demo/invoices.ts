import type { Customer } from './customers.ts';
import { contractRate, type Order } from './labs.ts';
import { cents } from './money.ts';
import { payers, prices } from './plan.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import type { Life, Subscription } from './subscriptions.ts';
import { day, dayOf, hour, until } from './time.ts';
import { addTotal, dollars, type World } from './world.ts';
import type { Uuid } from './uuid.ts';

interface Invoice {
  id: Uuid;
  payer: number | null;
  issuedAt: number;
  paidAt: number | null;
  currency: string;
  source: 'b2c_tests' | 'b2c_subscriptions';
  description: string;
  amount: number;
  tax: number;
  subscription: Uuid | null;
  service: [number, number] | null;
}

/** Writes an invoice with its line. @returns the line's id */
function writeInvoice(world: World, rows: Rows, random: Random, customer: Customer, invoice: Invoice): Uuid {
  const { issuedAt, payer } = invoice;
  const paidAt = until(invoice.paidAt, world.end);
  const line = random.uuid(issuedAt);
  const payerId = payer === null ? null : (world.payerIds[payer] ?? null);
  const type = payer === null ? 'self_pay' : (payers[payer]?.type ?? null);
  rows.add('invoices', invoice.id, customer.id, null, payerId, type, issuedAt, paidAt, invoice.currency);
  rows.add(
    'invoice_lines',
    line,
    invoice.id,
    invoice.source,
    invoice.description,
    invoice.amount,
    invoice.tax,
    invoice.subscription,
    invoice.service && invoice.service[0],
    invoice.service && invoice.service[1],
  );
  if (paidAt !== null) {
    const paidOn = dayOf(paidAt);
    const { totals } = world;
    const total = invoice.source === 'b2c_tests' ? totals.tests : totals.subscriptions;
    addTotal(world, total, paidOn, dollars(world, invoice.amount, invoice.currency, paidOn));
    addTotal(world, totals.tax, paidOn, dollars(world, invoice.tax, invoice.currency, paidOn));
    if (invoice.service !== null) {
      const [from, to] = invoice.service;
      const daily = dollars(world, invoice.amount, invoice.currency, paidOn) / (to - from + 1);
      for (let d = from; d <= Math.min(to, world.lastDay); d++) addTotal(world, totals.earned, d, daily);
    }
  }
  return line;
}

function writeRefund(
  world: World,
  rows: Rows,
  random: Random,
  line: Uuid,
  invoice: Invoice,
  share: number,
  at: number,
  reason: string,
): void {
  const amount = cents(invoice.amount * share);
  if (amount <= 0 || at > world.end || invoice.paidAt === null) return;
  rows.add('refunds', random.uuid(at), line, amount, at, reason);
  const total = invoice.source === 'b2c_tests' ? world.totals.tests : world.totals.subscriptions;
  addTotal(world, total, dayOf(at), -dollars(world, amount, invoice.currency, dayOf(at)));
}

/** Taxed where subscriptions are, at a rate that depends on the state. */
function taxOf(customer: Customer, amount: number): number {
  const rate = customer.state === null ? 0.2 : customer.region === 'South' || customer.region === 'West' ? 0 : 0.06;
  return cents(amount * rate);
}

/** Writes the invoices of a customer's subscriptions, with every attempt to collect them. */
export function writeSubscriptionInvoices(world: World, rows: Rows, customer: Customer, life: Life): void {
  const random = Random.fork(world.size.seed, 'billing', customer.index);
  for (const subscription of life.subscriptions) {
    for (const bill of subscription.bills) writeBill(world, rows, random, customer, subscription, bill);
  }
}

function writeBill(
  world: World,
  rows: Rows,
  random: Random,
  customer: Customer,
  subscription: Subscription,
  bill: Subscription['bills'][number],
): void {
  const paid = bill.attempts.find((attempt) => attempt.succeeded)?.at ?? null;
  const invoice: Invoice = {
    id: bill.id,
    payer: null,
    issuedAt: bill.issuedAt,
    paidAt: paid,
    currency: subscription.currency,
    source: 'b2c_subscriptions',
    description: `Subscription, ${subscription.interval}`,
    amount: bill.amount,
    tax: taxOf(customer, bill.amount),
    subscription: subscription.id,
    service: [dayOf(bill.issuedAt), dayOf(bill.serviceTo) - 1],
  };
  const line = writeInvoice(world, rows, random, customer, invoice);
  for (const attempt of bill.attempts) {
    if (attempt.at > world.end) continue;
    rows.add('payment_attempts', random.uuid(attempt.at), bill.id, attempt.at, attempt.succeeded);
  }
  if (paid !== null && random.chance(0.012)) {
    const full = random.chance(0.5);
    writeRefund(
      world,
      rows,
      random,
      line,
      invoice,
      full ? 1 : random.between(0.2, 0.8),
      paid + random.between(1, 20) * day,
      full ? 'not satisfied' : 'goodwill',
    );
  }
}

/** Writes what customers and payers owe for tests, with the claims to the payers. */
export function writeTestInvoices(world: World, rows: Rows, customer: Customer, orders: readonly Order[]): void {
  const random = Random.fork(world.size.seed, 'claims', customer.index);
  const invoice = (issuedAt: number, amount: number, description: string): Invoice => ({
    id: random.uuid(issuedAt),
    payer: null,
    issuedAt,
    paidAt: issuedAt,
    currency: 'USD',
    source: 'b2c_tests',
    description,
    amount,
    tax: 0,
    subscription: null,
    service: null,
  });
  for (const order of orders) {
    // A recollection costs nothing again.
    if (order.recollectionOf === null) {
      const insured = customer.payer !== null;
      const first = invoice(
        order.orderedAt,
        insured ? prices.kit : prices.test,
        insured ? 'Sample kit' : 'Genetic test',
      );
      first.paidAt = order.orderedAt + random.between(5, 200) * 1000;
      const line = writeInvoice(world, rows, random, customer, first);
      const failed = random.chance(0.04);
      if (failed) rows.add('payment_attempts', random.uuid(first.issuedAt), first.id, first.issuedAt, false);
      if (first.paidAt <= world.end)
        rows.add('payment_attempts', random.uuid(first.paidAt), first.id, first.paidAt, true);
      if (order.cancelledAt !== null) {
        writeRefund(
          world,
          rows,
          random,
          line,
          first,
          1,
          order.cancelledAt + random.between(1, 48) * hour,
          'order cancelled',
        );
      } else if (random.chance(0.012)) {
        writeRefund(
          world,
          rows,
          random,
          line,
          first,
          random.between(0.3, 1),
          first.paidAt + random.between(5, 60) * day,
          'late result',
        );
      }
    }
    if (order.resultAt === null || customer.payer === null) continue;
    writeClaim(world, rows, random, customer, order, customer.payer, order.resultAt, invoice);
  }
}

function writeClaim(
  world: World,
  rows: Rows,
  random: Random,
  customer: Customer,
  order: Order,
  payer: number,
  resultAt: number,
  invoice: (issuedAt: number, amount: number, description: string) => Invoice,
): void {
  const submittedAt = resultAt + random.between(0.3, 3) * day;
  if (submittedAt > world.end) return;
  const adjudicatedAt = submittedAt + (6 + random.exponential(8)) * day;
  const decided = adjudicatedAt <= world.end;
  const denied = random.chance(payers[payer]?.type === 'medicaid' ? 0.17 : 0.085);
  const rate = contractRate(world, payer, resultAt);
  const paid = !denied && random.chance(0.06) ? Math.round(rate * random.between(0.6, 0.95)) : rate;
  rows.add(
    'claims',
    random.uuid(submittedAt),
    order.id,
    world.payerIds[payer] ?? null,
    submittedAt,
    decided ? adjudicatedAt : null,
    decided ? (denied ? 'denied' : 'paid') : 'submitted',
    prices.billedTest,
    decided && !denied ? paid : 0,
    'USD',
  );
  const bill = { ...invoice(submittedAt, denied ? rate : paid, 'Genetic test, insured'), payer };
  bill.paidAt = denied ? null : adjudicatedAt + random.between(1, 72) * hour;
  writeInvoice(world, rows, random, customer, bill);
  if (denied && decided && random.chance(0.55)) {
    const issuedAt = adjudicatedAt + random.between(1, 5) * day;
    const again = invoice(issuedAt, prices.rebilledTest, 'Genetic test after a denial');
    again.paidAt = random.chance(0.75) ? issuedAt + random.between(0.1, 30) * day : null;
    if (issuedAt <= world.end) writeInvoice(world, rows, random, customer, again);
  }
}

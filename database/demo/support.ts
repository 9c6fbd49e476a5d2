import type { Customer } from './customers.ts';
import type { Order } from './labs.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { day, hour, until } from './time.ts';
import type { World } from './world.ts';
import type { Uuid } from './uuid.ts';

export interface Ticket {
  openedAt: number;
  category: string;
}

const categories = ['billing', 'mobile app', 'sample kit', 'understanding results', 'insurance', 'account access'];
const categoryWeights = [0.24, 0.17, 0.21, 0.16, 0.13, 0.09];
const priorities = ['low', 'medium', 'high', 'critical'];
/** Median hours to the first answer, and to the solution. */
const answerHours = [14, 7, 2.5, 0.6];
const solveHours = [70, 40, 20, 8];

/** A customer's support tickets: more in the first months, and when results are late. */
export function makeTickets(world: World, customer: Customer, orders: readonly Order[]): Ticket[] {
  const random = Random.fork(world.size.seed, 'support', customer.index);
  const tickets: Ticket[] = [];
  const add = (openedAt: number, category: string) => {
    if (openedAt >= customer.createdAt && openedAt <= world.end) tickets.push({ openedAt, category });
  };
  for (let i = random.poisson(0.32); i > 0; i--) {
    add(customer.createdAt + random.exponential(35) * day, categories[random.weighted(categoryWeights)] ?? 'billing');
  }
  const lifetime = world.end - customer.createdAt;
  for (let i = random.poisson((0.03 * lifetime) / (30 * day)); i > 0; i--) {
    add(customer.createdAt + random.unit() * lifetime, categories[random.weighted(categoryWeights)] ?? 'billing');
  }
  for (const order of orders) {
    if (order.sentAt === null || order.cancelledAt !== null || order.rejectedAt !== null) continue;
    const waited = (order.resultAt ?? world.end) - order.sentAt;
    if (waited > 16 * day && random.chance(0.4)) add(order.sentAt + random.between(15, 19) * day, 'results delayed');
  }
  return tickets.sort((a, b) => a.openedAt - b.openedAt);
}

function writeTicket(world: World, rows: Rows, random: Random, customerId: Uuid | null, ticket: Ticket): void {
  const priority = random.weighted(
    ticket.category === 'results delayed' ? [0.1, 0.4, 0.4, 0.1] : [0.34, 0.45, 0.17, 0.04],
  );
  const answered = ticket.openedAt + random.logNormal(answerHours[priority] ?? 8, 0.8) * hour;
  const first = random.chance(0.64);
  const solved = answered + (first ? random.between(0, 1) : random.logNormal(solveHours[priority] ?? 40, 0.9)) * hour;
  const abandoned = random.chance(0.02);
  const resolvedAt = abandoned ? null : until(solved, world.end);
  const delayed = ticket.category === 'results delayed' ? 1.2 : 0;
  const csat = Math.round(
    random.normal(4.5 - delayed - (first ? 0 : 0.4) - (answered - ticket.openedAt) / (60 * hour), 0.7),
  );
  rows.add(
    'support_tickets',
    random.uuid(ticket.openedAt),
    customerId,
    ticket.openedAt,
    until(answered, world.end),
    resolvedAt,
    priorities[priority] ?? 'low',
    ticket.category,
    first ? 1 : 1 + random.int(1, 4),
    resolvedAt !== null && random.chance(0.45) ? Math.min(5, Math.max(1, csat)) : null,
  );
}

/** Writes a customer's tickets. */
export function writeTickets(world: World, rows: Rows, customer: Customer, tickets: readonly Ticket[]): void {
  const random = Random.fork(world.size.seed, 'support', -1 - customer.index);
  for (const ticket of tickets) writeTicket(world, rows, random, customer.id, ticket);
}

/** Writes tickets of people who are no customers, and surveys of the public. */
export function writePublic(world: World, rows: Rows): void {
  const random = Random.fork(world.size.seed, 'public');
  const days = world.lastDay - world.firstDay + 1;
  for (let i = 0; i < days; i++) {
    const from = (world.firstDay + i) * day;
    for (let k = random.poisson(0.25 * world.scale); k > 0; k--) {
      writeTicket(world, rows, random, null, { openedAt: from + random.unit() * day, category: 'general question' });
    }
    // Awareness grows from 6% to 13%.
    for (let k = random.poisson(4 * Math.min(5, world.scale)); k > 0; k--) {
      const at = from + random.unit() * day;
      rows.add(
        'survey_responses',
        random.uuid(at),
        null,
        'brand_awareness',
        at,
        random.chance(0.06 + (0.07 * i) / days) ? 1 : 0,
      );
    }
  }
}

import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { day, dayOf, monthNumber, monthStart, until } from './time.ts';
import { addTotal, type World } from './world.ts';

type Kind = 'insurance_broker' | 'employer' | 'pharma' | 'research' | 'clinic';

interface Partner {
  name: string;
  kind: Kind;
  /** Invoiced in a year at the default size; 0 for those who only refer. */
  yearly: number;
  source: 'b2b_employer' | 'research_partnerships' | 'clinical_trials' | null;
  /** Months between two invoices. */
  every: number;
  /** When it began, as a share of the data's time; below 0 before it. */
  joined: number;
}

const partners: readonly Partner[] = [
  {
    name: 'Harbor Freight Logistics',
    kind: 'employer',
    yearly: 40_000,
    source: 'b2b_employer',
    every: 1,
    joined: -0.1,
  },
  { name: 'Cedar Valley Schools', kind: 'employer', yearly: 36_000, source: 'b2b_employer', every: 1, joined: 0.1 },
  { name: 'Northlight Manufacturing', kind: 'employer', yearly: 32_000, source: 'b2b_employer', every: 1, joined: 0.3 },
  { name: 'Blue Mesa Energy', kind: 'employer', yearly: 34_000, source: 'b2b_employer', every: 1, joined: 0.6 },
  {
    name: 'Alveon Therapeutics',
    kind: 'pharma',
    yearly: 66_000,
    source: 'research_partnerships',
    every: 3,
    joined: -0.1,
  },
  {
    name: 'Institute for Rare Lung Disease',
    kind: 'research',
    yearly: 40_000,
    source: 'research_partnerships',
    every: 3,
    joined: 0.2,
  },
  { name: 'Pulmira Pharma', kind: 'pharma', yearly: 50_000, source: 'clinical_trials', every: 3, joined: 0.35 },
  { name: 'Lakeside Pulmonology', kind: 'clinic', yearly: 0, source: null, every: 1, joined: -0.1 },
  { name: 'Summit Chest Clinic', kind: 'clinic', yearly: 0, source: null, every: 1, joined: 0.4 },
  { name: 'Keystone Benefits Brokers', kind: 'insurance_broker', yearly: 0, source: null, every: 1, joined: 0.25 },
];

/** Writes the partners and their invoices. */
export function writePartners(world: World, rows: Rows): void {
  const random = Random.fork(world.size.seed, 'partners');
  const days = world.lastDay - world.firstDay + 1;
  for (const [position, partner] of partners.entries()) {
    const id = random.uuid(world.start);
    const joined = world.firstDay + Math.round(partner.joined * days);
    const left = partner.kind === 'clinic' && position === 7 && days > 400 ? world.lastDay - 120 : null;
    rows.add('partners', id, partner.name, partner.kind, joined, left);
    if (partner.source === null) continue;
    const last = monthNumber(world.end);
    for (let month = monthNumber(Math.max(world.start, joined * day)) + 1; month <= last; month += partner.every) {
      const issuedAt = monthStart(month) + 9 * 3_600_000;
      if (issuedAt > world.end) break;
      const amount =
        Math.round((partner.yearly / 12) * partner.every * world.scale * random.between(0.9, 1.12) * 100) / 100;
      const paidAt = random.chance(0.02) ? null : until(issuedAt + random.between(12, 48) * day, world.end);
      const invoice = random.uuid(issuedAt);
      rows.add('invoices', invoice, null, id, null, null, issuedAt, paidAt, 'USD');
      const to = dayOf(monthStart(month + partner.every)) - 1;
      rows.add(
        'invoice_lines',
        random.uuid(issuedAt),
        invoice,
        partner.source,
        `${partner.name}, agreed services`,
        amount,
        0,
        null,
        dayOf(issuedAt),
        to,
      );
      if (paidAt !== null) addTotal(world, world.totals.partners, dayOf(paidAt), amount);
    }
  }
}

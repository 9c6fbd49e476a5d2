import { labs } from './plan.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { day, dayOf, dayText, monthNumber, monthStart } from './time.ts';
import type { World } from './world.ts';
import { cents } from './money.ts';

type Product = 'tests' | 'subscriptions' | 'shared';
type CostClass = 'cost_of_revenue' | 'variable' | 'fixed';

interface Month {
  first: number;
  last: number;
  tests: number;
  subscriptions: number;
  partners: number;
  tax: number;
  earned: number;
  results: number;
  spend: number;
}

/** What a finished test costs. */
const labCost = 92;
const kitCost = 21;
/** Shares of earned subscription revenue. */
const counselingShare = 0.2;
const hostingShare = 0.09;
const supportShare = 0.06;
/** Shares of smoothed revenue. */
const payroll = { engineering: 0.4, operations: 0.14, administration: 0.13 };
/** Months of burn that are left in the bank at the end. */
const runwayMonths = 16.5;

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i <= to; i++) total += values[i] ?? 0;
  return total;
}

function monthsOf(world: World): Month[] {
  const found: Month[] = [];
  for (let number = monthNumber(world.start); number <= monthNumber(world.end); number++) {
    const first = dayOf(monthStart(number));
    const last = Math.min(world.lastDay, dayOf(monthStart(number + 1)) - 1);
    const of = (values: Float64Array) => sum(values, first - world.firstDay, last - world.firstDay);
    const { totals } = world;
    found.push({
      first,
      last,
      tests: of(totals.tests),
      subscriptions: of(totals.subscriptions),
      partners: of(totals.partners),
      tax: of(totals.tax),
      earned: of(totals.earned),
      results: of(totals.results),
      spend: of(totals.spend),
    });
  }
  return found;
}

/** Books the month's money: receipts, costs, and the cash that financing brings. */
export class Ledger {
  private readonly random: Random;
  /** Cash moved in each month by operations and investments, and by operations alone. */
  private readonly flows: number[] = [];
  private readonly operating: number[] = [];

  constructor(
    private readonly world: World,
    private readonly rows: Rows,
  ) {
    this.random = Random.fork(world.size.seed, 'ledger');
  }

  private book(
    dayNumber: number,
    category: string,
    amount: number,
    cost: CostClass | null = null,
    product: Product | null = null,
    activity = 'operating',
  ): number {
    const rounded = cents(amount);
    const on = Math.min(dayNumber, this.world.lastDay);
    if (rounded === 0) return 0;
    this.rows.add('ledger_entries', this.random.uuid(on * day), on, category, activity, cost, product, rounded, 'USD');
    return rounded;
  }

  private receipts(): void {
    const { totals, firstDay } = this.world;
    for (let i = 0; i < totals.tests.length; i++) {
      this.book(firstDay + i, 'receipts', totals.tests[i] ?? 0, null, 'tests');
      this.book(firstDay + i, 'receipts', totals.subscriptions[i] ?? 0, null, 'subscriptions');
      this.book(firstDay + i, 'partner receipts', totals.partners[i] ?? 0, null, 'shared');
      this.book(firstDay + i, 'sales tax collected', totals.tax[i] ?? 0);
    }
  }

  private month(month: Month, index: number, smoothed: number): number {
    const noise = () => this.random.logNormal(1, 0.03);
    // A month that still runs has had only a part of its fixed costs.
    const complete = dayText(month.last + 1).endsWith('-01');
    const part = complete ? 1 : (month.last - month.first + 1) / 30.4;
    const end = month.last;
    let flow = month.tests + month.subscriptions + month.partners + month.tax;
    for (const [i, lab] of labs.entries()) {
      flow += this.book(
        end,
        `lab: ${lab.name}`,
        -month.results * lab.share * labCost * noise() * (1 + 0.05 * i),
        'cost_of_revenue',
        'tests',
      );
    }
    flow += this.book(month.first + 9, 'sample kits', -month.results * kitCost * noise(), 'cost_of_revenue', 'tests');
    flow += this.book(
      end,
      'counselor payroll',
      -month.earned * counselingShare * noise(),
      'cost_of_revenue',
      'subscriptions',
    );
    flow += this.book(
      month.first + 4,
      'hosting',
      -month.earned * hostingShare * noise(),
      'cost_of_revenue',
      'subscriptions',
    );
    flow += this.book(
      end,
      'support payroll',
      -month.earned * supportShare * noise(),
      'cost_of_revenue',
      'subscriptions',
    );
    const paid = month.tests + month.subscriptions;
    flow += this.book(end, 'payment fees', -0.029 * month.subscriptions, 'variable', 'subscriptions');
    flow += this.book(end, 'payment fees', -0.021 * month.tests, 'variable', 'tests');
    flow += this.book(end, 'marketing', -month.spend, 'variable', 'shared');
    for (const [team, share] of Object.entries(payroll)) {
      flow += this.book(end, `payroll: ${team}`, -smoothed * share * part * noise(), 'fixed', 'shared');
    }
    flow += this.book(month.first, 'rent and insurance', -smoothed * 0.045 * noise(), 'fixed', 'shared');
    flow += this.book(month.first + 14, 'sales tax remitted', -month.tax);
    this.operating.push(flow);
    if (index % 3 === 0) flow += this.book(month.first + 11, 'equipment', -paid * 0.03, null, 'shared', 'investing');
    return flow;
  }

  /** Writes all entries: the rounds of financing leave the planned runway at the end. */
  write(): void {
    this.receipts();
    const months = monthsOf(this.world);
    const revenue = months.map((month) => month.tests + month.subscriptions + month.partners);
    months.forEach((month, i) => {
      // The company plans ahead: its fixed costs follow a revenue that it expects from the last months' spend.
      const window = revenue.slice(Math.max(0, i - 3), i + 1);
      const smoothed = window.reduce((total, value) => total + value, 0) / window.length;
      this.flows.push(this.month(month, i, Math.max(smoothed, 0.75 * month.spend)));
    });
    this.finance(months);
  }

  private finance(months: readonly Month[]): void {
    const complete = dayText(this.world.lastDay + 1).endsWith('-01') ? this.operating : this.operating.slice(0, -1);
    const last = (complete.length > 0 ? complete : this.operating).slice(-3);
    const burn = Math.max(0, -last.reduce((total, flow) => total + flow, 0) / last.length);
    const sums = this.flows.map((_, i) => this.flows.slice(0, i + 1).reduce((all, flow) => all + flow, 0));
    const lowest = Math.min(0, ...sums);
    // Enough for the runway, and never overdrawn.
    const needed = Math.max(runwayMonths * burn - (sums.at(-1) ?? 0), -1.1 * lowest);
    const round = Math.floor(months.length * 0.45);
    // The first round must last until the second.
    const seed = Math.min(needed, Math.max(-1.5 * Math.min(0, ...sums.slice(0, round + 1)), needed * 0.3));
    this.book(this.world.firstDay, 'seed round', seed, null, null, 'financing');
    this.book((months[round]?.first ?? this.world.firstDay) + 10, 'series A', needed - seed, null, null, 'financing');
  }
}

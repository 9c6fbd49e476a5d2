import type { Journey, Life, Sale } from './random-lives.ts';

const quoted = (value: string | number | null) =>
  value === null ? 'null' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
const row = (...values: (string | number | null)[]) => `(${values.map(quoted).join(', ')})`;
const uuid = (number: number) => number.toString(16).padStart(32, '0');
const insert = (table: string, columns: string, rows: string[]) =>
  rows.length === 0 ? '' : `insert into ${table} (${columns}) values\n${rows.join(',\n')};\n`;

/** Rates, plans and channels that every run shares. */
export const sharedRows = `
  update reporting.settings set as_of = '2024-04-15 14:30:00+00';
  insert into exchange_rates (currency, day, rate)
  select 'EUR', d::date, round((1.08 + 0.05 * sin(extract(epoch from d) / 1e6))::numeric, 8)
  from generate_series(date '2022-10-01', date '2024-04-15', interval '5 days') d
  union all
  select 'GBP', d::date, round((1.25 + 0.04 * cos(extract(epoch from d) / 7e5))::numeric, 8)
  from generate_series(date '2022-10-03', date '2024-04-15', interval '7 days') d;
  insert into plans (id, name) values ('basic', 'Basic'), ('plus', 'Plus'), ('care', 'Care');
  insert into marketing_channels (channel, name, is_paid) values
    ('search', 'Search', true), ('social', 'Social', true), ('mail', 'Mail', false);`;

/** Empties what a run writes. */
export const emptied = `truncate customers, customer_history, subscriptions, subscription_terms, invoices, invoice_lines,
  refunds, marketing_touchpoints cascade;\n`;

const daysAfter = (at: string, days: number | null) =>
  days === null ? 'null' : `timestamptz ${quoted(at)} + interval '${days} days'`;

export function livesSql(lives: readonly Life[]): string {
  const customers: string[] = [];
  const history = new Map<string, string>();
  const subscriptions: string[] = [];
  const terms = new Map<string, string>();
  for (const [index, life] of lives.entries()) {
    const customer = uuid(index + 1);
    customers.push(row(customer, '2022-11-01 00:00+00', life.genotype, life.payerType, 'search'));
    for (const former of life.history) {
      history.set(`${customer} ${former.at}`, row(customer, former.at, former.genotype, former.payerType));
    }
    for (const [number, subscription] of life.subscriptions.entries()) {
      const id = uuid((index + 1) * 100 + number);
      const at = subscription.startedAt;
      const instants = [subscription.trialDays, subscription.noticeDays, subscription.paidDays].map((days) =>
        daysAfter(at, days),
      );
      subscriptions.push(`(${[quoted(id), quoted(customer), quoted(at), ...instants].join(', ')})`);
      for (const [position, own] of subscription.terms.entries()) {
        const after = position === 0 ? 0 : own.after;
        const price = own.cents / 100;
        const discount = Math.floor(own.cents * own.quantity * (1 - own.percent / 100) * own.discountShare) / 100;
        terms.set(
          `${id} ${after}`,
          `(${quoted(id)}, ${daysAfter(at, after)}, ${[own.plan, price, own.quantity, own.percent, discount]
            .map(quoted)
            .join(', ')}, ${[subscription.currency, own.interval, own.count].map(quoted).join(', ')})`,
        );
      }
    }
  }
  return [
    emptied,
    insert('customers', 'id, created_at, genotype, payer_type, acquisition_channel', customers),
    insert('customer_history', 'customer_id, valid_until, genotype, payer_type', [...history.values()]),
    insert('subscriptions', 'id, customer_id, started_at, trial_ends_at, cancelled_at, ended_at', subscriptions),
    insert(
      'subscription_terms',
      'subscription_id, valid_from, plan_id, unit_amount, quantity, discount_percent, discount_amount, currency, billing_interval, interval_count',
      [...terms.values()],
    ),
  ].join('');
}

/** Lines whose service is over by the as-of day have the source clinical_trials, the others b2c_subscriptions. */
export function salesSql(sales: readonly Sale[]): string {
  const invoices: string[] = [];
  const lines: string[] = [];
  const refunds: string[] = [];
  for (const [index, { paidAt, currency, cents, service, refunds: returned }] of sales.entries()) {
    const id = uuid(index + 1);
    const paid = Date.parse(`${paidAt.slice(0, 10)}T00:00:00Z`) / 86_400_000;
    const day = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
    const period = service && [day(paid + service.after), day(paid + service.after + service.days - 1)];
    const source = period?.[1] && period[1] > '2024-04-15' ? 'b2c_subscriptions' : 'clinical_trials';
    invoices.push(row(id, uuid(1), paidAt, paidAt, currency));
    lines.push(row(id, id, source, cents / 100, period?.[0] ?? null, period?.[1] ?? null));
    for (const back of returned) refunds.push(`(${quoted(id)}, ${back.cents / 100}, ${daysAfter(paidAt, back.after)})`);
  }
  return [
    emptied,
    insert('customers', 'id, created_at', [row(uuid(1), '2022-11-01 00:00+00')]),
    insert('invoices', 'id, customer_id, issued_at, paid_at, currency', invoices),
    insert('invoice_lines', 'id, invoice_id, revenue_source, amount, service_from, service_to', lines),
    insert('refunds', 'invoice_line_id, amount, refunded_at', refunds),
  ].join('');
}

export function journeysSql(journeys: readonly Journey[]): string {
  const customers: string[] = [];
  const invoices: string[] = [];
  const touches: string[] = [];
  for (const [index, journey] of journeys.entries()) {
    const customer = uuid(index + 1);
    customers.push(row(customer, journey.signedUpAt));
    const paidAt = `timestamptz ${quoted(journey.signedUpAt)} + interval '${journey.paidAfterHours ?? 0} hours'`;
    if (journey.paidAfterHours !== null) invoices.push(`(${quoted(customer)}, ${paidAt}, ${paidAt})`);
    for (const [number, touch] of journey.touches.entries()) {
      const early = touch.exact ? '' : ` - interval '1 microsecond'`;
      const at = `${paidAt} - interval '${touch.hoursBefore} hours'${early}`;
      const id = uuid((index + 1) * 100 + number);
      touches.push(`(${[id, customer, touch.channel, touch.session].map(quoted).join(', ')}, ${at})`);
    }
  }
  return [
    emptied,
    insert('customers', 'id, created_at', customers),
    insert('invoices', 'customer_id, issued_at, paid_at', invoices),
    insert('marketing_touchpoints', 'id, customer_id, source, session_id, "timestamp"', touches),
  ].join('');
}

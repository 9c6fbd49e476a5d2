import type { ChurnDatabase } from './database.ts';
import { uuid } from './database.ts';

/** A subscription by the days on which things happen to it, counted from the snapshot; months of 20 without more. */
export interface Contract {
  starts: number;
  /** Length of the trial in days. */
  trial?: number;
  notice?: number;
  ends?: number;
  interval?: 'day' | 'week' | 'month' | 'quarter' | 'year';
  count?: number;
  plan?: string;
  /** Prices by the day from which they hold; 20 from the start. */
  prices?: Record<number, number>;
  discountPercent?: number;
  currency?: string;
}

export const snapshot = '2025-06-30T23:59:59.999999Z';
const midnight = Date.parse('2025-07-01T00:00:00Z');
/** The instant so many days after the snapshot: at noon, so that the order of instants on a day is no matter. */
export const onDay = (day: number) => new Date(midnight + (day - 0.5) * 86_400_000);

/** Writes customers 1, 2, 3 ... with the given subscriptions each. */
export async function writeLives(db: ChurnDatabase, lives: readonly (readonly Contract[])[]): Promise<void> {
  await db.rows(`insert into plans (id, name) values ('basic', 'Basic'), ('plus', 'Plus') on conflict do nothing`);
  for (const [i, contracts] of lives.entries()) {
    const customer = uuid(i + 1);
    await db.rows(`insert into customers (id, created_at) values ($1, $2)`, [customer, onDay(-1000)]);
    for (const [c, contract] of contracts.entries()) {
      const { starts, trial, notice, ends, plan = 'basic', prices = { [starts]: 20 } } = contract;
      const id = uuid(1000 * (i + 1) + c);
      const day = (value: number | undefined) => (value === undefined ? null : onDay(value));
      await db.rows(
        `insert into subscriptions (id, customer_id, started_at, trial_ends_at, cancelled_at, ended_at) values ($1, $2, $3, $4, $5, $6)`,
        [id, customer, onDay(starts), day(trial === undefined ? undefined : starts + trial), day(notice), day(ends)],
      );
      for (const [from, price] of Object.entries(prices)) {
        await db.rows(
          `insert into subscription_terms (subscription_id, valid_from, plan_id, unit_amount, discount_percent, billing_interval, interval_count, currency)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            id,
            onDay(Number(from)),
            plan,
            price,
            contract.discountPercent ?? 0,
            contract.interval ?? 'month',
            contract.count ?? 1,
            contract.currency ?? 'USD',
          ],
        );
      }
    }
  }
}

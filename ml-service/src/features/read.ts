import { readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import type { RawRow } from '../data/encoding.ts';
import { features } from './catalogue.ts';

const featuresSql = readFileSync(new URL('./features.sql', import.meta.url), 'utf8');
/** Selects customer_id, churned and churned_at; $1 is the snapshot, $2 the customers or null. */
export const outcomesSql = readFileSync(new URL('./labels.sql', import.meta.url), 'utf8');

/** An instant as Postgres prints it in ISO 8601: to the microsecond, which a Date does not hold. */
export type Instant = string;

/** Days after a snapshot in which a customer may churn. */
export const horizonDays = 90;
/** Days after which it is certain who did: a replacement may begin within 7 days. */
export const outcomeDays = 97;

/** What was known of a subscriber at a snapshot. */
export interface FeatureRow {
  readonly customerId: string;
  /** Monthly recurring revenue in the reporting currency: an exact decimal. */
  readonly mrr: string;
  /** Ends of the paid periods in the 90 days ahead, the nearest first. */
  readonly renewals: readonly Date[];
  /** Every feature of the catalogue by name, those included that a model does not use; null is missing. */
  readonly values: RawRow;
}

type FeatureRecord = { customer_id: string; mrr: string; renewals: Date[] } & Record<
  string,
  string | number | boolean | null
>;

/**
 * The features of all subscribers without notice at a snapshot, by customer id.
 * @param customers null for all; of the given ones those that are no such subscriber are left out
 * @throws where a currency has no exchange rate on the day of the snapshot.
 */
export async function readFeatures(
  client: ClientBase,
  snapshot: Instant,
  customers: readonly string[] | null = null,
): Promise<FeatureRow[]> {
  const { rows } = await client.query<FeatureRecord>(featuresSql, [snapshot, customers]);
  return rows.map((row) => ({
    customerId: row.customer_id,
    mrr: row.mrr,
    renewals: row.renewals,
    values: Object.fromEntries(features.map(({ name }) => [name, row[name] ?? null])),
  }));
}

/** What became of a customer within 90 days after a snapshot. */
export interface Outcome {
  readonly churned: boolean;
  /** When MRR reached 0, or the last notice was given. */
  readonly churnedAt: Date | null;
}

/** The outcomes of all paying customers by id, certain once `outcomeDays` have passed since the snapshot. */
export async function readOutcomes(
  client: ClientBase,
  snapshot: Instant,
  customers: readonly string[] | null = null,
): Promise<Map<string, Outcome>> {
  const { rows } = await client.query<{ customer_id: string; churned: boolean; churned_at: Date | null }>(outcomesSql, [
    snapshot,
    customers,
  ]);
  return new Map(rows.map((row) => [row.customer_id, { churned: row.churned, churnedAt: row.churned_at }]));
}

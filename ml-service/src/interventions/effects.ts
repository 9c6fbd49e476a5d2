import { readFileSync } from 'node:fs';
import type { ClientBase, Pool } from 'pg';

const sql = readFileSync(new URL('./effects.sql', import.meta.url), 'utf8');

/** Fewer customers or churns say nothing yet. */
const enough = { heldOut: 100, treated: 100, churned: 30 };

/** What came of an intervention: customers to whom it was proposed, held out at random or not. */
export interface InterventionEffect {
  readonly type: string;
  readonly heldOut: number;
  readonly heldOutChurned: number;
  /** All that were not held out, treated or not. */
  readonly assigned: number;
  readonly assignedChurned: number;
  /** Those of the assigned who received it within 90 days. */
  readonly treated: number;
  readonly treatedChurned: number;
  /** Churn of the held out less that of the assigned; null where a group is empty. */
  readonly difference: number | null;
  /** Newcombe's 95% interval of the difference. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Reads what came of each intervention whose outcomes are known. */
export async function readEffects(database: ClientBase | Pool): Promise<InterventionEffect[]> {
  const { rows } = await database.query<Record<string, number | null> & { type: string }>(sql);
  return rows.map((row) => ({
    type: row.type,
    heldOut: row['held_out'] ?? 0,
    heldOutChurned: row['held_out_churned'] ?? 0,
    assigned: row['assigned'] ?? 0,
    assignedChurned: row['assigned_churned'] ?? 0,
    treated: row['treated'] ?? 0,
    treatedChurned: row['treated_churned'] ?? 0,
    difference: row['difference'] ?? null,
    lower: row['lower'] ?? null,
    upper: row['upper'] ?? null,
  }));
}

/**
 * Share by which an intervention lowers the probability of churn of those who receive it (0 where it does not): the
 * difference between the groups comes from the treated alone (Bloom 1984), and is taken relative to what their churn
 * would have been.
 * @returns null while too few outcomes are known
 */
export function measuredImpact(effect: InterventionEffect): number | null {
  const { heldOut, assigned, treated, difference } = effect;
  const churned = effect.heldOutChurned + effect.assignedChurned;
  if (difference === null || heldOut < enough.heldOut || treated < enough.treated || churned < enough.churned) {
    return null;
  }
  const reduction = difference / (treated / assigned);
  const untreated = effect.treatedChurned / treated + reduction;
  return untreated > 0 ? Math.min(1, Math.max(0, reduction / untreated)) : 0;
}

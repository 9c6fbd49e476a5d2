import type { ClientBase } from 'pg';
import { presentSnapshot } from '../features/snapshots.ts';
import { balanceOf } from './balance.ts';
import { cutIntoCells, type Group } from './cells.ts';
import { matchMembers } from './match.ts';
import type { Member } from './members.ts';
import { readPayerData } from './read.ts';
import { storePayerValue } from './store.ts';
import { type Row, rowsOf } from './table.ts';
import { main, placebo } from './windows.ts';

export interface PayerValueReport {
  readonly day: string;
  readonly patients: number;
  readonly comparators: number;
  readonly leftOut: number;
  /** Groups of which something is suppressed, and all. */
  readonly suppressed: number;
  readonly groups: number;
}

/**
 * Compares what diagnosed members cost their payers with similar members, from what is known at the present of the reports;
 * stores it in place of what was made for the same day before.
 */
export async function makePayerValue(client: ClientBase): Promise<PayerValueReport> {
  const snapshot = await presentSnapshot(client);
  const data = await readPayerData(client, snapshot);
  const matching = matchMembers(data.members, main);
  const root = cutIntoCells(data, matching, matchMembers(data.members, placebo));
  const cells = rowsOf(root);
  const { sets } = matching;
  await storePayerValue(client, snapshot, {
    priceYear: data.priceYear,
    cells,
    balance: balanceRows(root, data.members, cells),
    sets,
  });
  const shown = cells.filter((row) => row['is_full'] === false);
  return {
    day: snapshot.day,
    patients: sets.length,
    comparators: sets.reduce((sum, { comparators }) => sum + comparators.length, 0),
    leftOut: matching.withoutHistory.length + matching.withoutFollowUp.length + matching.withoutMatches.length,
    suppressed: shown.filter((row) => (row['suppressed'] as unknown[]).length > 0).length,
    groups: shown.length,
  };
}

/** The balance of each payer and of all; of nobody where the patients are not shown. */
function balanceRows(root: Group, members: readonly Member[], cells: readonly Row[]): Row[] {
  const others = members.filter(({ diagnosedOn }) => diagnosedOn === null);
  return [root, ...root.parts].flatMap(({ level, payer, content }) => {
    const own = cells.find(
      (row) => row['is_full'] === false && row['level'] === level && row['payer_id'] === (payer?.id ?? null),
    );
    const isSuppressed = (own?.['suppressed'] as string[]).includes('patients');
    const pool = payer === null ? others : others.filter((member) => member.payer === payer.id);
    return balanceOf(content.sets, pool, main).flatMap(({ covariate, beforeMatching, afterMatching }) => {
      const row = { level, payer_id: payer?.id ?? null, covariate };
      const figures = { smd_before: beforeMatching, smd_after: afterMatching };
      const none = { smd_before: null, smd_after: null };
      return [
        { ...row, is_full: true, is_suppressed: false, ...figures },
        { ...row, is_full: false, is_suppressed: isSuppressed, ...(isSuppressed ? none : figures) },
      ];
    });
  });
}

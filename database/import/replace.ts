import { escapeIdentifier, type ClientBase } from 'pg';
import { CommandError } from '../contract/connection.ts';
import type { Table } from './schema.ts';

/**
 * Empties the tables that are about to be loaded. Rows of any other table that refer to them are never removed
 * along: that is refused. Tables that are worked out from the emptied ones are emptied with them.
 * @throws CommandError naming the tables whose rows stand in the way
 */
export async function emptyTables(client: ClientBase, loaded: Table[], all: Map<string, Table>): Promise<void> {
  const names = new Set(loaded.map((table) => table.name));
  const dependants = [...all.values()].filter((table) => dependsOn(table, names, all) && !names.has(table.name));
  const inTheWay: string[] = [];
  for (const table of dependants.filter((dependant) => !dependant.isDerived)) {
    const { rows } = await client.query<{ found: boolean }>(
      `select exists (select from ${escapeIdentifier(table.name)}) as found`,
    );
    if (rows[0]?.found) inTheWay.push(table.name);
  }
  if (inTheWay.length > 0) {
    throw new CommandError(
      `--replace would leave rows of ${inTheWay.join(', ')} without what they refer to. ` +
        'Add a file for each of them; one with only its header empties the table.',
    );
  }
  // The dependants are empty or derived: Postgres wants them named all the same.
  const list = [...names, ...dependants.map((table) => table.name)].map((name) => escapeIdentifier(name));
  await client.query(`truncate ${list.join(', ')}`);
}

function dependsOn(table: Table, names: Set<string>, all: Map<string, Table>, seen = new Set<string>()): boolean {
  if (seen.has(table.name)) return false;
  seen.add(table.name);
  return table.references.some((reference) => {
    if (names.has(reference.table)) return true;
    const parent = all.get(reference.table);
    return parent !== undefined && dependsOn(parent, names, all, seen);
  });
}

/** After holidays were emptied without new ones, no trigger has numbered the calendars' days. */
export async function rebuildCalendars(client: ClientBase, loaded: Table[]): Promise<void> {
  if (!loaded.some((table) => table.name.startsWith('business_'))) return;
  await client.query('select reporting.rebuild_business_calendar(id) from business_calendars');
}

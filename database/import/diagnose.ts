import { escapeIdentifier, type ClientBase } from 'pg';
import { checkCells } from './checks/cells.ts';
import { collectFound, createFound, typedName } from './checks/found.ts';
import { checkRates } from './checks/rates.ts';
import { checkKeys, checkReferences, checkRules } from './checks/rows.ts';
import { createTypedRows, stagedColumns } from './checks/typed-rows.ts';
import type { Load } from './plan.ts';
import { Problems } from './problems.ts';
import { stageFile } from './staging.ts';

/**
 * The slow way in: every row goes through temporary tables of text, where all that is wrong is found at once.
 * @param loads in dependency order
 * @returns the number of rows of each file; they are in their tables then
 * @throws ImportRefused naming the bad rows
 */
export async function loadThroughChecks(client: ClientBase, loads: Load[], maxErrors: number): Promise<number[]> {
  const problems = new Problems(maxErrors);
  await createFound(client);
  for (const load of loads) {
    await stageFile(client, load, problems);
    await checkCells(client, load);
    await createTypedRows(client, load);
  }
  for (const load of loads) {
    await checkRules(client, load);
    await checkKeys(client, load);
    await checkReferences(client, load, loads);
    await collectFound(client, load, maxErrors, problems);
  }
  problems.throwIfAny();

  const counts: number[] = [];
  for (const load of loads) counts.push(await insertTyped(client, load));
  for (const load of loads) {
    await checkRates(client, load);
    await collectFound(client, load, maxErrors, problems);
  }
  problems.throwIfAny();
  return counts;
}

async function insertTyped(client: ClientBase, load: Load): Promise<number> {
  const columns = (await stagedColumns(client, load)).map((name) => escapeIdentifier(name)).join(', ');
  const { rowCount } = await client.query(
    `insert into ${escapeIdentifier(load.table.name)} (${columns})
     select ${columns} from pg_temp.${typedName(load.table.name)} order by import_line`,
  );
  return rowCount ?? 0;
}

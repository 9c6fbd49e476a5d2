import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';
import { MISSING_RATES } from '../../contract/missing-rates.ts';
import type { Load } from '../plan.ts';
import { insertFound, typedName } from './found.ts';

/** Finds rows, inserted already, whose amounts have no exchange rate on their day or in the seven days before. */
export async function checkRates(client: ClientBase, load: Load): Promise<void> {
  const { table } = load;
  if (!table.columns.some((column) => column.name === 'currency') && table.name !== 'refunds') return;
  const key = table.keys.find((candidate) => candidate.isPrimary)?.columns ?? [];
  const columns = load.header.columns.includes('currency') ? ['currency'] : [];
  await client.query(
    insertFound(
      load,
      columns,
      `select t.import_line,
         'no exchange rate for ' || m.currency || ' on ' || m.day || ' or in the 7 days before' as reason
       from (${MISSING_RATES}) m
       join pg_temp.${typedName(table.name)} t
         on m.row_key = concat_ws(' ', ${key.map((name) => `t.${escapeIdentifier(name)}`).join(', ')})
       where m.table_name = ${escapeLiteral(table.name)}`,
    ),
  );
}

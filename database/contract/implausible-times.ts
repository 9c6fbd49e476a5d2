import type { Catalog, CatalogTable } from './catalog.ts';
import { shortName } from './compare.ts';

const RULE = /^(\w+) is within the years 1900 to 2199$/;

/**
 * A query of the rows (row, problem) with days or instants that no constraint refused: those that were there before it. The
 * values are not shown, as some tell about a person.
 */
export function implausibleTimes({ tables }: Catalog): string {
  return tables.flatMap(ofTable).join('\nunion all\n');
}

function ofTable(table: CatalogTable): string[] {
  const columns = table.checks.flatMap((rule) => RULE.exec(rule)?.[1] ?? []);
  if (columns.length === 0) return [];
  const name = shortName(table.name);
  const isOdd = (column: string) => `not reporting.is_plausible("${column}")`;
  const problems = columns.map((column) => `case when ${isOdd(column)} then '${column}' end`);
  const key = table.primaryKey.map((column) => `"${column}"`);
  return [
    `select concat_ws(' ', '${name}', ${key.join(', ')}) as "row",
       concat_ws(', ', ${problems.join(', ')}) || ': outside the years 1900 to 2199' as problem
     from "${name}" where ${columns.map(isOdd).join(' or ')}`,
  ];
}
